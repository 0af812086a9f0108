"""Look at any order of the shop."""

from __future__ import annotations

from dataclasses import dataclass

from application.orders.get_order import GetOrder
from domain.actor import Actor, System
from domain.permissions import Permission, require
from ports.order_views import OrderView


@dataclass(frozen=True, slots=True)
class ShowOrder:
    """An order by id or order number, whoever bought it. Raises Forbidden, NotFound."""

    find: GetOrder

    async def __call__(self, actor: Actor, reference: str) -> OrderView:
        require(actor, Permission.ORDERS_READ)
        return await self.find(System(), reference)
