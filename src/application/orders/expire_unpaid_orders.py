"""Give up the orders whose money didn't come in time."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.errors import DomainError
from domain.ordering.record import PAYMENT_TIMEOUT
from ports.clock import Clock
from ports.errors import StaleAggregate
from ports.order_views import OrderViews
from ports.transactions import Begin

_log = logging.getLogger(__name__)
_BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class ExpireUnpaidOrders:
    """Cancels overdue orders, each in a transaction of its own, and releases what they held.

    Safe to run in several places at once: an order that was paid or cancelled meanwhile
    is left alone, and so is one whose money the bank has put aside. Returns how many were cancelled.
    """

    begin: Begin
    views: OrderViews
    clock: Clock

    async def __call__(self) -> int:
        now = self.clock.now()
        overdue = await self.views.expired_holds(now, _BATCH)
        return sum([await self._expired(order_id, now) for order_id in overdue])

    async def _expired(self, order_id: UUID, now: datetime) -> bool:
        """Whether the order was cancelled. One that can't be stands in no other's way."""
        try:
            return await self._expire(order_id, now)
        except (DomainError, StaleAggregate):
            _log.exception("order %s is overdue and could not be cancelled", order_id)
            return False

    async def _expire(self, order_id: UUID, now: datetime) -> bool:
        async with self.begin() as tx:
            order = await tx.orders.get(order_id)
            if not order.awaits_payment or order.hold_expires_at is None or order.hold_expires_at > now:
                return False
            order.cancel(PAYMENT_TIMEOUT, now)
            await tx.orders.save(order)
            reservation = await tx.reservations.get(order_id)
            reservation.release()
            await tx.reservations.save(reservation)
            return True
