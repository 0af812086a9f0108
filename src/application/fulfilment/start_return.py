"""Have a delivered order carried back."""

from __future__ import annotations

from dataclasses import dataclass

from application.fulfilment.carriers import Carriers
from application.fulfilment.shipment_desk import RequestedShipment, ShipmentDesk, live_one
from application.orders.get_order import GetOrder
from domain.actor import Actor, Staff, System
from domain.ordering.return_policy import ReturnWish, check_returnable
from domain.permissions import Permission, require
from domain.shipping.booking import Direction
from ports.clock import Clock
from ports.idempotency import IdempotencyKey
from ports.order_views import OrderView
from ports.shipment_views import ShipmentView
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class StartReturnCommand:
    """Which order (id or order number), for its owner or for staff."""

    actor: Actor
    order: str
    idempotency: IdempotencyKey


@dataclass(frozen=True, slots=True)
class StartReturn:
    """Asks for a parcel from the customer; the order is on its way back once the courier has it.

    Raises Forbidden, NotFound, ReturnRefused with all that stands against it,
    IdempotencyKeyReused, IdempotencyInFlight.
    """

    begin: Begin
    find: GetOrder
    carriers: Carriers
    desk: ShipmentDesk
    clock: Clock

    async def __call__(self, command: StartReturnCommand) -> RequestedShipment:
        order_id = (await self._find(command)).id
        async with self.begin() as tx:
            done = await tx.idempotency.claim(command.idempotency, ShipmentView)
            if done is not None:
                return RequestedShipment(done, replayed=True)
            order = await tx.orders.get(order_id)
            tries = await tx.shipments.of_order(order_id)
            out = live_one(tries, Direction.OUTBOUND)
            check_returnable(ReturnWish(order, out.delivered_at if out else None, self.clock.now()))
            shipment = await self.desk.open(tx, order, tries, Direction.RETURN, self.carriers.default)
            view = ShipmentView.of(shipment)
            await tx.idempotency.complete(command.idempotency, view)
        return RequestedShipment(view, replayed=False)

    async def _find(self, command: StartReturnCommand) -> OrderView:
        if not isinstance(command.actor, Staff):
            return await self.find(command.actor, command.order)
        require(command.actor, Permission.ORDERS_SHIP)
        return await self.find(System(), command.order)
