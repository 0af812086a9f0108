"""Have an order carried to its customer."""

from __future__ import annotations

from dataclasses import dataclass

from application.fulfilment.carriers import Carriers
from application.fulfilment.shipment_desk import RequestedShipment, ShipmentDesk
from application.orders.get_order import GetOrder
from domain.actor import Actor, System
from domain.permissions import Permission, require
from domain.shipping.booking import Direction
from ports.idempotency import IdempotencyKey
from ports.shipment_views import ShipmentView
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class BookShipmentCommand:
    """Which order (id or order number), and by whom; `carrier` None: the default one."""

    actor: Actor
    order: str
    carrier: str | None
    idempotency: IdempotencyKey


@dataclass(frozen=True, slots=True)
class BookShipment:
    """Asks for a parcel, which is booked at the carrier afterwards; an order that has one keeps it.

    Raises Forbidden, NotFound, InvalidTransition unless the order is ready to ship,
    InvalidValue("carrier"), AlreadyShipping when another carrier has it,
    IdempotencyKeyReused, IdempotencyInFlight.
    """

    begin: Begin
    find: GetOrder
    carriers: Carriers
    desk: ShipmentDesk

    async def __call__(self, command: BookShipmentCommand) -> RequestedShipment:
        require(command.actor, Permission.ORDERS_SHIP)
        carrier = self.carriers.named(command.carrier or self.carriers.default).provider
        order_id = (await self.find(System(), command.order)).id
        async with self.begin() as tx:
            done = await tx.idempotency.claim(command.idempotency, ShipmentView)
            if done is not None:
                return RequestedShipment(done, replayed=True)
            order = await tx.orders.get(order_id)
            order.check_shippable()
            tries = await tx.shipments.of_order(order_id)
            view = ShipmentView.of(await self.desk.open(tx, order, tries, Direction.OUTBOUND, carrier))
            await tx.idempotency.complete(command.idempotency, view)
        return RequestedShipment(view, replayed=False)
