"""Say that the leather is being cut."""

from __future__ import annotations

from dataclasses import dataclass

from application.orders.get_order import GetOrder
from domain.actor import Actor, System
from domain.permissions import Permission, require
from ports.clock import Clock
from ports.order_views import OrderView
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class StartProduction:
    """From now on nobody can cancel the order; again is harmless. Raises Forbidden, NotFound, InvalidTransition."""

    begin: Begin
    find: GetOrder
    clock: Clock

    async def __call__(self, actor: Actor, reference: str) -> OrderView:
        require(actor, Permission.ORDERS_PRODUCE)
        order_id = (await self.find(System(), reference)).id
        async with self.begin() as tx:
            order = await tx.orders.get(order_id)
            order.start_production(self.clock.now())
            await tx.orders.save(order)
        return OrderView.of(order)
