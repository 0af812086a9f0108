"""Say what is to be done with a parcel that could not be handed over (NDR)."""

from __future__ import annotations

from dataclasses import dataclass

from application.fulfilment.carriers import Carriers
from application.fulfilment.shipment_desk import the_live_one
from application.orders.get_order import GetOrder
from domain.actor import Actor, System
from domain.permissions import Permission, require
from domain.shipping.booking import Direction
from domain.shipping.errors import DeliveryNotFailed
from ports.carrier import DeliveryWish
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class AnswerFailedDeliveryCommand:
    """Of which order (id or order number), what to do, and a word for the courier."""

    actor: Actor
    order: str
    wish: DeliveryWish
    comment: str


@dataclass(frozen=True, slots=True)
class AnswerFailedDelivery:
    """Tells the carrier; what comes of it is learnt by following the parcel.

    Safe to repeat. Raises Forbidden, NotFound without a live shipment, DeliveryNotFailed,
    CarrierUnavailable, CarrierRefused.
    """

    begin: Begin
    find: GetOrder
    carriers: Carriers

    async def __call__(self, command: AnswerFailedDeliveryCommand) -> None:
        require(command.actor, Permission.ORDERS_SHIP)
        order = await self.find(System(), command.order)
        async with self.begin() as tx:
            shipment = the_live_one(await tx.shipments.of_order(order.id), Direction.OUTBOUND, order.ext_id)
        shipment.check_asks()
        if shipment.waybill is None:
            raise DeliveryNotFailed(shipment.reference)
        carrier = self.carriers.named(shipment.carrier)
        await carrier.answer_failed_delivery(shipment.waybill.awb, command.wish, command.comment)
