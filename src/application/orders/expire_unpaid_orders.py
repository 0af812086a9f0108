"""Give up the orders whose money didn't come in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from ports.clock import Clock
from ports.order_views import OrderViews
from ports.transactions import Begin

PAYMENT_TIMEOUT: Final = "payment-timeout"
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
        return sum([await self._expire(order_id, now) for order_id in overdue])

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
