"""Payments and refunds."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, SmallInteger, Table, UniqueConstraint

from adapters.db.tables.metadata import METADATA, identity, in_rupees, moment, one_of, paise, text, version
from domain.payments.payment import PaymentState
from domain.payments.refund import REFUND_ATTEMPTS, RefundState

payment: Final = Table(
    "payment",
    METADATA,
    identity(),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
    text("provider"),
    text("provider_order_id"),
    text("provider_payment_id", nullable=True),
    text("currency"),
    paise("amount"),
    paise("captured"),
    # Its refunds that have not failed, added up: so that this row alone can refuse one too many. Not those of surplus.
    paise("refunded"),
    text("state"),
    text("failure", nullable=True),
    moment("created_at"),
    moment("updated_at"),
    version(),
    moment("ask_at", nullable=True),
    UniqueConstraint("provider", "provider_order_id"),
    in_rupees(),
    one_of("state", PaymentState),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint("captured BETWEEN 0 AND amount", name="captured_within_amount"),
    CheckConstraint("refunded BETWEEN 0 AND captured", name="refunded_within_captured"),
    CheckConstraint("captured = 0 OR provider_payment_id IS NOT NULL", name="captured_is_named"),
)
# One payment at the gateway is counted for one of ours.
Index(
    "uq_payment_provider_provider_payment_id",
    payment.c.provider,
    payment.c.provider_payment_id,
    unique=True,
    postgresql_where=payment.c.provider_payment_id.is_not(None),
)
Index("ix_payment_ask_at", payment.c.ask_at, postgresql_where=payment.c.ask_at.is_not(None))

refund: Final = Table(
    "refund",
    METADATA,
    identity(),
    Column("payment_id", ForeignKey("payment.id"), nullable=False, index=True),
    Column("position", SmallInteger, nullable=False),
    paise("amount"),
    text("reason"),
    text("state"),
    text("provider_refund_id", nullable=True),
    moment("created_at"),
    text("provider_payment_id"),
    # Of money that came beside what counts: not in the payment's `captured`, nor in its `refunded`.
    Column("is_surplus", Boolean, nullable=False),
    Column("attempt", SmallInteger, nullable=False),
    text("failure", nullable=True),
    moment("ask_at", nullable=True),
    one_of("state", RefundState),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint(f"attempt BETWEEN 1 AND {REFUND_ATTEMPTS}", name="attempt_in_range"),
    CheckConstraint("(state = 'FAILED') = (failure IS NOT NULL)", name="failed_for_a_reason"),
    CheckConstraint("(state IN ('REQUESTED', 'PENDING')) = (ask_at IS NOT NULL)", name="asked_about_while_open"),
    CheckConstraint("state NOT IN ('PENDING', 'PROCESSED') OR provider_refund_id IS NOT NULL", name="sent_is_named"),
)
# What came beside goes back once.
Index(
    "uq_refund_provider_payment_id",
    refund.c.provider_payment_id,
    unique=True,
    postgresql_where=refund.c.is_surplus & (refund.c.state != RefundState.FAILED),
)
Index("ix_refund_ask_at", refund.c.ask_at, postgresql_where=refund.c.ask_at.is_not(None))
