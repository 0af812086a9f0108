"""Say where a parcel is whose carrier doesn't."""

from __future__ import annotations

from dataclasses import dataclass

from application.fulfilment.shipment_desk import the_live_one
from application.fulfilment.take_in_news import ParcelIntake
from application.orders.get_order import GetOrder
from domain.actor import Actor, System
from domain.errors import NotFound
from domain.permissions import Permission, require
from domain.shipping.booking import Direction
from domain.shipping.parcel import ParcelStatus
from ports.carrier_notices import ParcelNotice
from ports.clock import Clock
from ports.shipment_views import ShipmentView
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class ReportParcelCommand:
    """Of which order (id or order number), in which direction, and where it is."""

    actor: Actor
    order: str
    direction: Direction
    status: ParcelStatus


@dataclass(frozen=True, slots=True)
class ReportParcel:
    """Moves parcel and order as the carrier's own word would: forwards only.

    Raises Forbidden, NotFound when no parcel of the order has an air waybill.
    """

    begin: Begin
    find: GetOrder
    intake: ParcelIntake
    clock: Clock

    async def __call__(self, command: ReportParcelCommand) -> ShipmentView:
        require(command.actor, Permission.ORDERS_SHIP)
        order = await self.find(System(), command.order)
        async with self.begin() as tx:
            await tx.orders.get(order.id)
            shipment = the_live_one(await tx.shipments.of_order(order.id), command.direction, order.ext_id)
            if shipment.waybill is None:
                raise NotFound("parcel of order", order.ext_id)
            notice = ParcelNotice(
                awb=shipment.waybill.awb,
                status=command.status,
                at=self.clock.now(),
                scans=(),
                expected_at=None,
                is_return=command.direction is Direction.RETURN,
            )
            moved = await self.intake.take(tx, shipment.carrier, notice)
        return ShipmentView.of(moved or shipment)
