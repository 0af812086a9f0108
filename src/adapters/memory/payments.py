"""Payments in memory."""

from __future__ import annotations

from copy import deepcopy
from uuid import UUID

from adapters.memory.tables import Tables
from domain.errors import NotFound
from domain.ordering.errors import PaymentNotAllowed
from domain.payments.payment import Payment
from ports.payments import Payments


class MemoryPayments(Payments):
    """Payments of one transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, payment: Payment) -> None:
        """See Payments. Refuses, as a foreign key would, a payment of an order that there isn't."""
        if payment.order_id not in self._tables.orders:
            raise NotFound("order", payment.order_id)
        self._check_counted_once(payment)
        self._tables.keep(self._tables.payments, payment.id, payment)

    async def of_order(self, order_id: UUID) -> Payment | None:
        """See Payments."""
        payments = [payment for payment in self._tables.payments.values() if payment.order_id == order_id]
        latest = max(payments, key=lambda payment: (payment.created_at, payment.id), default=None)
        return deepcopy(latest)

    async def save(self, payment: Payment) -> None:
        """See Payments."""
        self._check_counted_once(payment)
        self._tables.keep_changed(self._tables.payments, payment.id, payment)

    def _check_counted_once(self, payment: Payment) -> None:
        """Refuse what another payment has already: an order or a payment at the gateway."""
        for other in self._tables.payments.values():
            if other.id == payment.id or other.provider != payment.provider:
                continue
            if other.provider_order_id == payment.provider_order_id:
                raise PaymentNotAllowed("the gateway's order has a payment already")
            if payment.provider_payment_id is not None and other.provider_payment_id == payment.provider_payment_id:
                raise PaymentNotAllowed("the gateway's payment is counted already")
