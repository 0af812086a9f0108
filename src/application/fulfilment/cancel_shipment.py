"""Call a parcel off."""

from __future__ import annotations

from dataclasses import dataclass

from application.fulfilment.shipment_desk import the_live_one
from application.orders.get_order import GetOrder
from domain.actor import Actor, System
from domain.permissions import Permission, require
from domain.shipping.booking import Direction
from ports.clock import Clock
from ports.shipment_views import ShipmentView
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class CancelShipmentCommand:
    """Of which order (id or order number), and in which direction it was to go."""

    actor: Actor
    order: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class CancelShipment:
    """Gives the parcel up, of which the carrier is told afterwards; the order can be booked again.

    Raises Forbidden, NotFound without a live shipment, InvalidShipmentTransition once the
    courier has it.
    """

    begin: Begin
    find: GetOrder
    clock: Clock

    async def __call__(self, command: CancelShipmentCommand) -> ShipmentView:
        require(command.actor, Permission.ORDERS_SHIP)
        order = await self.find(System(), command.order)
        async with self.begin() as tx:
            shipment = the_live_one(await tx.shipments.of_order(order.id), command.direction, order.ext_id)
            shipment.cancel(self.clock.now())
            await tx.shipments.save(shipment)
        return ShipmentView.of(shipment)
