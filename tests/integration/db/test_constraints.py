"""What one row can state is stated by the database, and told in the shop's words."""

from __future__ import annotations

from typing import Final

import asyncpg
import pytest

from adapters.db.engine import Database
from adapters.db.errors import CONSTRAINTS, RuleBroken
from domain.errors import NotFound
from domain.money import Money
from domain.operations.webhooks import InboxMessage
from domain.ordering.errors import PaymentNotAllowed
from domain.payments.errors import RefundTooLarge
from tests.builders import NOW, a_hold, a_payment, a_product, an_order, catalogue_of, fresh_id
from tests.integration.db.direct import Direct

pytestmark = pytest.mark.anyio

# A change that a mistake of ours, or somebody at a console, could make; and the rule against it.
BROKEN: Final = {
    "ck_product_base_price_in_range": "UPDATE product SET base_price = 10000001",
    "ck_product_product_id_pattern": "UPDATE product SET product_id = 'Oxford Roma'",
    "ck_product_category_pattern": "UPDATE product SET category = 'oxford'",
    "ck_product_hsn_pattern": "UPDATE product SET hsn = '64035'",
    "ck_product_lead_time_days_in_range": "UPDATE product SET lead_time_days = 0",
    "ck_product_sizes_some": "UPDATE product SET sizes = '{}'",
    "ck_product_monogram_whole": "UPDATE product SET monogram_surcharge = NULL",
    "ck_style_ext_id_pattern": "UPDATE style SET ext_id = 'cap toe' WHERE ext_id = 'CAPTOE'",
    "ck_style_surcharge_not_negative": "UPDATE style SET surcharge = -1",
    "ck_material_category_known": "UPDATE material SET category = 'PAPER'",
    "ck_material_color_hex_code_pattern": "UPDATE material_color SET hex_code = 'brown'",
    "ck_material_color_family_known": "UPDATE material_color SET family = 'BEIGE'",
    "ck_stock_item_reserved_within_on_hand": "UPDATE stock_item SET on_hand = 0",
    "ck_stock_item_sku_pattern": "UPDATE stock_item SET sku = 'laces:BLACK' WHERE sku = 'box:standard'",
    "ck_stock_item_unit_known": "UPDATE stock_item SET unit = 'KG'",
    "ck_week_capacity_booked_within_capacity": "UPDATE week_capacity SET booked = capacity + 1",
    "ck_week_capacity_monday_is_monday": "UPDATE week_capacity SET monday = '2026-12-01' WHERE booked = 0",
    "ck_reservation_status_known": "UPDATE reservation SET status = 'LOST', expires_at = NULL",
    "ck_reservation_expires_while_held": "UPDATE reservation SET expires_at = NULL",
    "ck_reservation_pairs_positive": "UPDATE reservation SET pairs = 0",
    "ck_reservation_item_quantity_positive": "UPDATE reservation_item SET quantity = 0",
    "ck_orders_ext_id_pattern": "UPDATE orders SET ext_id = 'IS-26-1'",
    "ck_orders_one_owner": "UPDATE orders SET customer_id = id",
    "ck_orders_guest_token_hash_pattern": "UPDATE orders SET guest_token_hash = 'the token itself'",
    "ck_orders_currency_is_inr": "UPDATE orders SET currency = 'EUR'",
    "ck_orders_total_adds_up": "UPDATE orders SET total = total + 1",
    "ck_orders_tax_total_not_negative": "UPDATE orders SET tax_total = -1",
    "ck_orders_tax_within_total": "UPDATE orders SET tax_total = total + 1",
    "ck_orders_refunded_within_total": "UPDATE orders SET refunded = total + 1",
    "ck_orders_status_known": "UPDATE orders SET status = 'LOST', hold_expires_at = NULL",
    "ck_orders_payment_status_known": "UPDATE orders SET payment_status = 'LOST'",
    "ck_orders_fulfillment_status_known": "UPDATE orders SET fulfillment_status = 'LOST'",
    "ck_orders_payment_method_known": "UPDATE orders SET payment_method = 'BARTER'",
    "ck_orders_promised_week_is_monday": "UPDATE orders SET promised_week = '2026-12-01'",
    "ck_orders_held_while_pending": "UPDATE orders SET status = 'CONFIRMED'",
    "ck_orders_cancelled_for_a_reason": "UPDATE orders SET cancellation_reason = 'none'",
    "ck_order_item_line_total_multiplies": "UPDATE order_item SET quantity = 2",
    "ck_order_item_tax_is_contained": "UPDATE order_item SET taxable = taxable - 1",
    "ck_order_item_tax_kind_known": "UPDATE order_item SET tax_kind = 'VAT'",
    "ck_payment_amount_positive": "UPDATE payment SET amount = 0, captured = 0, refunded = 0",
    "ck_payment_captured_within_amount": "UPDATE payment SET captured = amount + 1",
    "ck_payment_captured_is_named": "UPDATE payment SET provider_payment_id = NULL",
    "ck_payment_refunded_within_captured": "UPDATE payment SET refunded = captured + 1",
    "ck_payment_state_known": "UPDATE payment SET state = 'LOST'",
    "ck_refund_state_known": "UPDATE refund SET state = 'LOST', ask_at = NULL",
    "ck_refund_amount_positive": "UPDATE refund SET amount = 0",
    "ck_refund_attempt_in_range": "UPDATE refund SET attempt = 4",
    "ck_refund_failed_for_a_reason": "UPDATE refund SET failure = 'none'",
    "ck_refund_asked_about_while_open": "UPDATE refund SET ask_at = NULL",
    "ck_refund_sent_is_named": "UPDATE refund SET state = 'PENDING'",
    "uq_refund_provider_payment_id": "UPDATE refund SET is_surplus = true, provider_payment_id = 'pay_1'",
    "ck_inbox_body_limited": "UPDATE inbox SET body = convert_to(repeat('x', 262145), 'UTF8')",
    "uq_inbox_provider_provider_event_id": "UPDATE inbox SET provider_event_id = 'evt_1' WHERE rejection IS NULL",
    "uq_inbox_rejected": "UPDATE inbox SET provider_event_id = 'evt_1', rejection = 'forged'",
    "ck_undeliverable_address_address_is_lower_case": "UPDATE undeliverable_address SET address = upper(address)",
    "ck_catalogue_revision_single_row": "UPDATE catalogue_revision SET id = 2",
    "fk_order_item_order_id": "UPDATE order_item SET order_id = id",
    "fk_ordered_cart_order_id": "UPDATE ordered_cart SET order_id = cart_id",
    "fk_payment_order_id": "UPDATE payment SET order_id = id",
    "fk_refund_payment_id": "UPDATE refund SET payment_id = id",
    "fk_product_last_code": "UPDATE product SET last_code = 'NONE'",
    "fk_product_style_style_id": "DELETE FROM style",
    "fk_reservation_week": "DELETE FROM week_capacity",
    "fk_reservation_item_sku": "DELETE FROM stock_item",
    "uq_product_product_id": "UPDATE product SET product_id = 'all-the-same'",
    "uq_style_ext_id": "UPDATE style SET ext_id = 'SAME'",
}


@pytest.fixture
async def shop(database: Database) -> None:
    """Two products, an order that is held and paid, and what third parties told of it."""
    order = an_order().build()
    everything = a_product().with_monogram().build()
    async with database.begin() as tx:
        await tx.catalogue.apply(catalogue_of(everything, a_product().called("derby-roma").with_monogram().build()))
        await tx.reservations.hold(a_hold().of(order).build())
        await tx.orders.add(order)
        await tx.payments.add(a_payment().of(order).captured().refunding(100).refunding(50).build())
        for event_id in ("evt_1", "evt_2"):
            kept = InboxMessage.authentic(
                id=fresh_id(), provider="razorpay", provider_event_id=event_id, body=b"{}", at=NOW
            )
            await tx.inbox.add(kept)
        await tx.mail_addresses.mark_undeliverable(order.buyer.email, "bounced", NOW)


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(("rule", "change"), BROKEN.items(), ids=BROKEN)
async def test_no_row_breaks_a_rule(direct: Direct, rule: str, change: str) -> None:
    """Whoever writes it, by whatever way."""
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refusal:
        await direct.do(change)

    assert refusal.value.constraint_name == rule


async def test_the_rules_that_are_translated_exist(direct: Direct) -> None:
    """A constraint that is renamed takes its translation with it."""
    names = {
        name for (name,) in await direct.rows("SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class")
    }

    assert CONSTRAINTS.keys() <= names


async def test_a_payment_of_no_order_is_told(database: Database) -> None:
    """The foreign key speaks as the shop does."""
    payment = a_payment().build()

    with pytest.raises(NotFound) as refusal:
        async with database.begin() as tx:
            await tx.payments.add(payment)

    assert refusal.value.key == str(payment.order_id)


async def test_one_payment_at_the_gateway_is_counted_once(database: Database) -> None:
    """Rule 3, where code forgot it: the same gateway's payment can't be captured for two of ours."""
    order = an_order().build()
    first, second = a_payment().of(order).captured().build(), a_payment().of(order).captured().build()
    second.provider_payment_id = first.provider_payment_id
    async with database.begin() as tx:
        await tx.orders.add(order)
        await tx.payments.add(first)

    with pytest.raises(PaymentNotAllowed):
        async with database.begin() as tx:
            await tx.payments.add(second)


async def test_refunds_beyond_what_was_captured_are_refused_by_the_row(database: Database) -> None:
    """Rule 4, where code forgot it."""
    order = an_order().build()
    payment = a_payment().of(order).captured().refunding(100).build()
    payment.captured = Money(99)

    async with database.begin() as tx:
        await tx.orders.add(order)

    with pytest.raises(RefundTooLarge) as refusal:
        async with database.begin() as tx:
            await tx.payments.add(payment)

    assert (refusal.value.asked, refusal.value.left) == (Money(100), Money(99))


async def test_any_other_rule_is_named_in_the_log_alone(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    """Callers learn no names of ours; and nobody the row, which PostgreSQL quotes with the customer's address in it."""
    order = an_order().build()
    order.refunded = order.amounts.total + Money(1)

    with pytest.raises(RuleBroken) as refusal:
        async with database.begin() as tx:
            await tx.orders.add(order)

    assert refusal.value.constraint == "ck_orders_refunded_within_total"
    assert str(refusal.value) == "the change breaks a rule of the shop"
    assert "ck_orders_refunded_within_total" in caplog.text
    assert order.buyer.email.value not in caplog.text
    assert refusal.value.__suppress_context__
