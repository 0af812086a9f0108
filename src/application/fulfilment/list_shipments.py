"""See every try to ship an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from application.orders.get_order import GetOrder
from domain.actor import Actor, System
from domain.permissions import Permission, require
from ports.shipment_views import ShipmentView, ShipmentViews


@dataclass(frozen=True, slots=True)
class ListShipments:
    """All shipments of an order (id or order number), the oldest first. Raises Forbidden, NotFound."""

    find: GetOrder
    views: ShipmentViews

    async def __call__(self, actor: Actor, reference: str) -> Sequence[ShipmentView]:
        require(actor, Permission.ORDERS_READ)
        return await self.views.of_order((await self.find(System(), reference)).id)
