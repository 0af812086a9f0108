"""Payments and refunds, to be found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from adapters.db.engine import Database
from adapters.db.references import is_storable
from adapters.db.session import Statement
from ports.payment_views import OpenPayment, OpenRefund, PaymentViews

_BY_ORDER: Final = Statement("""
    SELECT order_id FROM payment WHERE provider = :provider AND provider_order_id = :reference
""")
_BY_PAYMENT: Final = Statement("""
    SELECT order_id FROM payment WHERE provider = :provider AND provider_payment_id = :reference AND captured > 0
""")
_BY_REFUND: Final = Statement("""
    SELECT p.order_id FROM refund r JOIN payment p ON p.id = r.payment_id WHERE r.id = :id
""")
_OPEN_PAYMENTS: Final = Statement("""
    SELECT order_id, provider_order_id FROM payment
    WHERE ask_at <= :now AND provider = :provider ORDER BY ask_at, id LIMIT :limit
""")
_OPEN_REFUNDS: Final = Statement("""
    SELECT p.order_id, r.id AS refund_id FROM refund r JOIN payment p ON p.id = r.payment_id
    WHERE r.ask_at <= :now AND p.provider = :provider ORDER BY r.ask_at, r.id LIMIT :limit
""")


class SqlPaymentViews(PaymentViews):
    """Reads ids alone: whoever wants more, locks the order first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def order_of(self, provider: str, provider_order_id: str) -> UUID | None:
        """See PaymentViews."""
        return await self._order(_BY_ORDER, provider, provider_order_id)

    async def order_paid_by(self, provider: str, provider_payment_id: str) -> UUID | None:
        """See PaymentViews."""
        return await self._order(_BY_PAYMENT, provider, provider_payment_id)

    async def order_of_refund(self, refund_id: UUID) -> UUID | None:
        """See PaymentViews."""
        rows = await self._database.fetch(_BY_REFUND, id=refund_id)
        return rows[0]["order_id"] if rows else None

    async def open_payments(self, provider: str, now: datetime, limit: int) -> Sequence[OpenPayment]:
        """See PaymentViews."""
        rows = await self._database.fetch(_OPEN_PAYMENTS, provider=provider, now=now, limit=limit)
        return [OpenPayment(**row) for row in rows]

    async def open_refunds(self, provider: str, now: datetime, limit: int) -> Sequence[OpenRefund]:
        """See PaymentViews."""
        rows = await self._database.fetch(_OPEN_REFUNDS, provider=provider, now=now, limit=limit)
        return [OpenRefund(**row) for row in rows]

    async def _order(self, statement: Statement, provider: str, reference: str) -> UUID | None:
        if not is_storable(reference):
            return None
        rows = await self._database.fetch(statement, provider=provider, reference=reference)
        return rows[0]["order_id"] if rows else None
