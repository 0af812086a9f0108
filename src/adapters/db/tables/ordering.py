"""Orders and saved designs.

`orders`, `order_item` and `domain_event` will be partitioned by month on the range of their
UUIDv7 ids. That is why their only unique constraint is the primary key: an order number
is unique because a sequence gives it out once, and one order per cart is kept by the
small table `ordered_cart`.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Sequence, SmallInteger, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from adapters.db.tables.metadata import (
    METADATA,
    identity,
    in_rupees,
    is_monday,
    matches,
    moment,
    not_negative,
    one_of,
    paise,
    text,
    version,
    whole,
)
from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentMethod, PaymentStatus
from domain.tax.gst import TaxKind

NUMBERS_AT_ONCE: Final = 20
"""Order numbers that a process takes at a time."""

order_number: Final = Sequence("order_number", increment=NUMBERS_AT_ONCE, metadata=METADATA)

orders: Final = Table(
    "orders",
    METADATA,
    identity(),
    text("ext_id"),
    Column("cart_id", Uuid, nullable=False),
    Column("customer_id", Uuid),
    text("guest_token_hash", nullable=True),
    text("email"),
    text("phone"),
    Column("shipping_address", JSONB, nullable=False),
    Column("billing_address", JSONB),
    text("gstin", nullable=True),
    text("currency"),
    paise("subtotal"),
    paise("discount"),
    paise("shipping_fee"),
    Column("shipping_tax", JSONB, nullable=False),
    paise("cod_fee"),
    Column("cod_tax", JSONB, nullable=False),
    paise("tax_total"),
    paise("total"),
    paise("refunded"),
    text("place_of_supply"),
    text("payment_method"),
    text("status"),
    text("payment_status"),
    text("fulfillment_status"),
    text("notes", nullable=True),
    Column("promised_week", Date, nullable=False),
    moment("hold_expires_at", nullable=True),
    text("cancellation_reason", nullable=True),
    moment("created_at"),
    moment("updated_at"),
    version(),
    matches("ext_id", "IS-[0-9]{4}-[0-9]{6,}"),
    CheckConstraint("num_nonnulls(customer_id, guest_token_hash) = 1", name="one_owner"),
    matches("guest_token_hash", "[0-9a-f]{64}"),
    in_rupees(),
    *not_negative(["subtotal", "discount", "shipping_fee", "cod_fee", "tax_total", "total", "refunded"]),
    CheckConstraint("total = subtotal - discount + shipping_fee + cod_fee", name="total_adds_up"),
    CheckConstraint("discount <= subtotal", name="discount_within_subtotal"),
    CheckConstraint("tax_total <= total", name="tax_within_total"),
    CheckConstraint("refunded <= total", name="refunded_within_total"),
    matches("place_of_supply", "[0-9]{2}"),
    one_of("payment_method", PaymentMethod),
    one_of("status", OrderStatus),
    one_of("payment_status", PaymentStatus),
    one_of("fulfillment_status", FulfillmentStatus),
    is_monday("promised_week"),
    CheckConstraint("hold_expires_at IS NULL OR status = 'PENDING'", name="held_while_pending"),
    CheckConstraint("(status = 'CANCELLED') = (cancellation_reason IS NOT NULL)", name="cancelled_for_a_reason"),
)
Index("ix_orders_ext_id", orders.c.ext_id)
Index("ix_orders_customer_id_id", orders.c.customer_id, orders.c.id, postgresql_where=orders.c.customer_id.is_not(None))
Index(
    "ix_orders_promised_week_id", orders.c.promised_week, orders.c.id, postgresql_where=orders.c.status == "CONFIRMED"
)
Index("ix_orders_hold_expires_at", orders.c.hold_expires_at, postgresql_where=orders.c.hold_expires_at.is_not(None))
# Lists of one status, newest first: what the workshop asks for is rare among all that was ever delivered.
Index("ix_orders_status_id", orders.c.status, orders.c.id)
Index("ix_orders_payment_status_id", orders.c.payment_status, orders.c.id)
Index("ix_orders_fulfillment_status_id", orders.c.fulfillment_status, orders.c.id)

order_item: Final = Table(
    "order_item",
    METADATA,
    identity(),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
    Column("position", SmallInteger, nullable=False),
    text("design_code"),
    text("product_id"),
    text("product_title"),
    Column("choice", JSONB, nullable=False),
    text("hsn"),
    whole("quantity"),
    paise("unit_price"),
    Column("breakdown", JSONB, nullable=False),
    paise("line_total"),
    paise("discount"),
    text("tax_kind"),
    whole("tax_rate_bp"),
    paise("taxable"),
    paise("cgst"),
    paise("sgst"),
    paise("igst"),
    # {sku: quantity} of the whole line
    Column("needs", JSONB, nullable=False),
    one_of("tax_kind", TaxKind),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    *not_negative(["unit_price", "discount", "taxable", "cgst", "sgst", "igst"]),
    CheckConstraint("tax_rate_bp BETWEEN 0 AND 10000", name="tax_rate_bp_in_range"),
    CheckConstraint("line_total = unit_price * quantity", name="line_total_multiplies"),
    CheckConstraint("taxable + cgst + sgst + igst = line_total - discount", name="tax_is_contained"),
)

# One order per cart: whoever writes the row first has ordered the cart.
ordered_cart: Final = Table(
    "ordered_cart",
    METADATA,
    identity("cart_id"),
    Column("order_id", ForeignKey("orders.id"), nullable=False),
)

# No foreign keys: a design is made of words that mean the same for ever, and outlives its product.
design: Final = Table(
    "design",
    METADATA,
    Column("code", Text, primary_key=True),
    text("product_id"),
    text("style"),
    text("sole"),
    text("material"),
    text("color"),
    text("size_eu"),
    text("width"),
    text("monogram", nullable=True),
    moment("created_at"),
    matches("code", "[0-9A-HJKMNP-TV-Z]{12}"),
)
