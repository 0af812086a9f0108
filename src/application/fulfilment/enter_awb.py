"""Type the air waybill of a parcel that was handed in by a person."""

from __future__ import annotations

from dataclasses import dataclass

from application.orders.get_order import GetOrder
from domain.actor import Actor, System
from domain.errors import NotFound
from domain.permissions import Permission, require
from domain.shipping.booking import BookingStep
from domain.shipping.shipment import Shipment
from domain.shipping.waybill import Waybill
from ports.clock import Clock
from ports.shipment_views import ShipmentView
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class EnterAwbCommand:
    """Of which order (id or order number), and what the courier's receipt says."""

    actor: Actor
    order: str
    waybill: Waybill


@dataclass(frozen=True, slots=True)
class EnterAwb:
    """Books the parcel that awaits it; typing it again is harmless.

    Raises Forbidden, NotFound when no parcel of the order awaits one, AwbTaken.
    """

    begin: Begin
    find: GetOrder
    clock: Clock

    async def __call__(self, command: EnterAwbCommand) -> ShipmentView:
        require(command.actor, Permission.ORDERS_SHIP)
        order = await self.find(System(), command.order)
        async with self.begin() as tx:
            tries = await tx.shipments.of_order(order.id)
            shipment = next((each for each in tries if _takes(each, command.waybill)), None)
            if shipment is None:
                raise NotFound("shipment without air waybill of order", order.ext_id)
            shipment.enter_awb(command.waybill, self.clock.now())
            await tx.shipments.save(shipment)
        return ShipmentView.of(shipment)


def _takes(shipment: Shipment, waybill: Waybill) -> bool:
    return shipment.step is BookingStep.AWAITS_AWB or (shipment.is_live and shipment.waybill == waybill)
