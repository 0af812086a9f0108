"""Order ready → a parcel is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from application.events.handler import Handler
from application.fulfilment.carriers import Carriers
from application.fulfilment.shipment_desk import ShipmentDesk, live_one
from domain.ordering.events import OrderReady
from domain.ordering.status import FulfillmentStatus
from domain.shipping.booking import Direction
from ports.clock import Clock
from ports.deliveries import DeliveryKey, Lane
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class StartBooking(Handler[OrderReady]):
    """By the default carrier, unless somebody of the workshop was faster."""

    name = "start_booking"
    listens_to = OrderReady
    lane = Lane.SHIPPING

    begin: Begin
    carriers: Carriers
    desk: ShipmentDesk
    clock: Clock

    async def __call__(self, event: OrderReady, key: DeliveryKey) -> None:
        """See Handler."""
        async with self.begin() as tx:
            if not await tx.receipts.record(key, self.clock.now()):
                return
            order = await tx.orders.get(event.aggregate_id)
            tries = await tx.shipments.of_order(order.id)
            waits = order.fulfillment_status is FulfillmentStatus.READY_TO_SHIP
            if waits and live_one(tries, Direction.OUTBOUND) is None:
                await self.desk.open(tx, order, tries, Direction.OUTBOUND, self.carriers.default)
