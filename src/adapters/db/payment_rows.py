"""Payments as rows: one of `payment`, and one of `refund` for each refund."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from adapters.db.session import Row
from adapters.db.statements import Values
from domain.money import Money
from domain.payments.payment import Payment, PaymentState
from domain.payments.refund import Refund, RefundState


def payment_row(payment: Payment) -> Values:
    """Every column of `payment` but the version."""
    return {
        "id": payment.id,
        "order_id": payment.order_id,
        "provider": payment.provider,
        "provider_order_id": payment.provider_order_id,
        "provider_payment_id": payment.provider_payment_id,
        "currency": payment.amount.currency,
        "amount": payment.amount.minor,
        "captured": payment.captured.minor,
        "refunded": payment.refunded.minor,
        "state": payment.state,
        "failure": payment.failure,
        "created_at": payment.created_at,
        "updated_at": payment.updated_at,
        "ask_at": payment.ask_at,
    }


def refund_rows(payment: Payment) -> dict[UUID, Values]:
    """The rows of `refund` by id, in the order in which they were asked for."""
    return {refund.id: _refund_row(payment, position, refund) for position, refund in enumerate(payment.refunds)}


def payment_of(row: Row, refunds: Sequence[Row]) -> Payment:
    """A payment from its row and those of its refunds, in their order."""
    currency = row["currency"]
    return Payment(
        id=row["id"],
        order_id=row["order_id"],
        provider=row["provider"],
        provider_order_id=row["provider_order_id"],
        provider_payment_id=row["provider_payment_id"],
        amount=Money(row["amount"], currency),
        captured=Money(row["captured"], currency),
        state=PaymentState(row["state"]),
        failure=row["failure"],
        refunds=tuple(_refund_of(refund, currency) for refund in refunds),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        ask_at=row["ask_at"],
        version=row["version"],
    )


def _refund_row(payment: Payment, position: int, refund: Refund) -> Values:
    return {
        "id": refund.id,
        "payment_id": payment.id,
        "position": position,
        "amount": refund.amount.minor,
        "reason": refund.reason,
        "state": refund.state,
        "provider_refund_id": refund.provider_refund_id,
        "created_at": refund.created_at,
        "provider_payment_id": refund.provider_payment_id,
        "is_surplus": payment.is_surplus(refund.provider_payment_id),
        "attempt": refund.attempt,
        "failure": refund.failure,
        "ask_at": refund.ask_at,
    }


def _refund_of(row: Row, currency: str) -> Refund:
    return Refund(
        id=row["id"],
        provider_payment_id=row["provider_payment_id"],
        amount=Money(row["amount"], currency),
        reason=row["reason"],
        attempt=row["attempt"],
        state=RefundState(row["state"]),
        provider_refund_id=row["provider_refund_id"],
        failure=row["failure"],
        created_at=row["created_at"],
        ask_at=row["ask_at"],
    )
