"""Payments and refunds in memory, to be found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import other_tasks
from domain.payments.payment import Payment
from ports.payment_views import OpenPayment, OpenRefund, PaymentViews


class MemoryPaymentViews(PaymentViews):
    """Reads what was committed."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._tables = database.tables

    async def order_of(self, provider: str, provider_order_id: str) -> UUID | None:
        """See PaymentViews."""
        await other_tasks()
        found = (each.order_id for each in self._at(provider) if each.provider_order_id == provider_order_id)
        return next(found, None)

    async def order_paid_by(self, provider: str, provider_payment_id: str) -> UUID | None:
        """See PaymentViews."""
        await other_tasks()
        paid = (each for each in self._at(provider) if each.captured)
        return next((each.order_id for each in paid if each.provider_payment_id == provider_payment_id), None)

    async def order_of_refund(self, refund_id: UUID) -> UUID | None:
        """See PaymentViews."""
        await other_tasks()
        for payment in self._tables.payments.values():
            if any(refund.id == refund_id for refund in payment.refunds):
                return payment.order_id
        return None

    async def open_payments(self, provider: str, now: datetime, limit: int) -> Sequence[OpenPayment]:
        """See PaymentViews."""
        await other_tasks()
        due = sorted(
            (payment.ask_at, payment.id, OpenPayment(payment.order_id, payment.provider_order_id))
            for payment in self._at(provider)
            if payment.ask_at and payment.ask_at <= now
        )
        return [found for _, _, found in due[:limit]]

    async def open_refunds(self, provider: str, now: datetime, limit: int) -> Sequence[OpenRefund]:
        """See PaymentViews."""
        await other_tasks()
        due = sorted(
            (refund.ask_at, refund.id, OpenRefund(payment.order_id, refund.id))
            for payment in self._at(provider)
            for refund in payment.refunds
            if refund.ask_at and refund.ask_at <= now
        )
        return [found for _, _, found in due[:limit]]

    def _at(self, provider: str) -> Iterator[Payment]:
        return (payment for payment in self._tables.payments.values() if payment.provider == provider)
