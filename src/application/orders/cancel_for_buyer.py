"""Give an order up for whoever bought it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from application.orders.cancel_order import CancelledOrder, CancelOrder, CancelOrderCommand
from domain.actor import System
from domain.permissions import Permission, require


@dataclass(frozen=True, slots=True)
class CancelForBuyer:
    """Cancels any order as its owner could, for staff who may.

    Raises Forbidden, NotFound, OrderNotCancellable, IdempotencyKeyReused, IdempotencyInFlight.
    """

    cancel: CancelOrder

    async def __call__(self, command: CancelOrderCommand) -> CancelledOrder:
        require(command.actor, Permission.ORDERS_CANCEL)
        return await self.cancel(replace(command, actor=System()))
