"""The back door: boxed orders, carriers that come or don't, and everything of the saga that is about parcels."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from adapters.memory.carrier import MemoryCarrier
from adapters.memory.shop import MemoryShop
from adapters.shipping.manual import ManualCarrier
from application.events.handle_deliveries import HandleDeliveries
from application.events.handler import Handler, subscription_of
from application.events.relay_events import LEASE
from application.events.retry_policy import RetryPolicy
from application.fulfilment.book_shipment import BookShipment, BookShipmentCommand
from application.fulfilment.call_off import CallOff
from application.fulfilment.cancel_shipment import CancelShipment, CancelShipmentCommand
from application.fulfilment.carriers import Carriers
from application.fulfilment.follow_parcels import FollowParcels
from application.fulfilment.shipment_desk import RequestedShipment, ShipmentDesk
from application.fulfilment.start_return import StartReturn, StartReturnCommand
from application.fulfilment.take_in_news import ParcelIntake
from application.operations.ask_operator import OperatorDesk
from application.orders.get_order import GetOrder
from application.saga.book_parcel import BookParcel
from application.saga.call_off_failed_booking import CallOffFailedBooking
from application.saga.call_off_parcel import CallOffParcel
from application.saga.report_lost_parcel import ReportLostParcel
from application.saga.report_undelivered_parcel import ReportUndeliveredParcel
from application.saga.start_booking import StartBooking
from domain.actor import Actor, Staff
from domain.operations.task import OperatorTask
from domain.ordering.order import Order
from domain.permissions import Permission
from domain.shipping.booking import Direction
from domain.shipping.courier_choice import CourierTerms
from domain.shipping.parcel import ParcelStatus, Scan
from domain.shipping.shipment import Shipment
from ports.carrier_notices import ParcelNotice
from ports.idempotency import IdempotencyKey
from ports.transactions import Transaction
from tests.builders import NOW, an_order, fresh_id
from tests.builders.orders import OrderBuilder
from tests.unit.application.workshop import key

PACKER: Final = Staff(fresh_id(), frozenset({Permission.ORDERS_PRODUCE, Permission.ORDERS_SHIP}))
TERMS: Final = CourierTerms(within_days=3, least_rating=3.5)
OUTBOUND, RETURN = Direction.OUTBOUND, Direction.RETURN


class Killed(Exception):
    """The process was killed."""


@dataclass(slots=True)
class Dispatch:
    """A shop with two carriers: one that has an API, by default, and somebody who goes to the counter.

    `dies_at` counts transactions: the one of that number, and all after it, never begin.
    """

    shop: MemoryShop = field(default_factory=lambda: MemoryShop(NOW))
    carrier: MemoryCarrier = field(default_factory=MemoryCarrier)
    default: str = "memory"
    dies_at: int | None = None

    # what people and carriers do

    async def order(self, builder: OrderBuilder | None = None) -> Order:
        """An order that is paid and boxed, or any other one; nobody has been told of it."""
        order = (builder or an_order().paid().ready()).build()
        order.pull_events()
        async with self.shop.begin() as tx:
            await tx.orders.add(order)
        return order

    async def book(
        self,
        order: Order,
        carrier: str | None = None,
        actor: Actor = PACKER,
        idempotency: IdempotencyKey | None = None,
    ) -> RequestedShipment:
        """Staff want it carried."""
        book = BookShipment(self.shop.begin, self.find, self.carriers, self.shipments)
        return await book(BookShipmentCommand(actor, order.ext_id, carrier, idempotency or key()))

    async def booked(self, order: Order | None = None) -> Shipment:
        """A parcel that the courier is going to come for."""
        boxed = order or await self.order()
        await self.book(boxed)
        await self.work()
        return await self.shipment_of(boxed)

    async def send_back(
        self, order: Order, actor: Actor = PACKER, idempotency: IdempotencyKey | None = None
    ) -> RequestedShipment:
        """Somebody wants it back."""
        start = StartReturn(self.shop.begin, self.find, self.carriers, self.shipments, self.shop.clock)
        return await start(StartReturnCommand(actor, order.ext_id, idempotency or key()))

    async def cancel(self, order: Order, direction: Direction = OUTBOUND, actor: Actor = PACKER) -> None:
        """Staff call a parcel off."""
        cancel = CancelShipment(self.shop.begin, self.find, self.shop.clock)
        await cancel(CancelShipmentCommand(actor, order.ext_id, direction))

    async def hear(self, shipment: Shipment, *statuses: ParcelStatus, text: str = "Scanned") -> None:
        """The carrier tells where it is, an hour after the other."""
        assert shipment.waybill is not None
        for status in statuses:
            self.pass_time(hours=1)
            self.carrier.scan(shipment.waybill.awb, status, at=self.now, text=text)
            async with self.shop.begin() as tx:
                await self.intake.take(tx, "memory", notice(shipment, status, self.now, text))

    async def work(self) -> None:
        """Let the handlers do all that is due."""
        subscriptions = [subscription_of(handler) for handler in self.handlers]
        while due := await self.shop.deliveries.hand_out(subscriptions, self.now, lease=LEASE, most=99):
            await self.handle([each.key for each in due])

    def pass_time(self, **time: float) -> None:
        """Let the clock go on (as `timedelta` has it)."""
        self.shop.clock.advance(timedelta(**time))

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self.shop.clock.now()

    # what has become of it

    async def order_now(self, order: Order) -> Order:
        """The order by now."""
        async with self.shop.begin() as tx:
            return await tx.orders.get(order.id)

    async def shipments_of(self, order: Order) -> Sequence[Shipment]:
        """Every try to ship it, the oldest first."""
        async with self.shop.begin() as tx:
            return await tx.shipments.of_order(order.id)

    async def shipment_of(self, order: Order) -> Shipment:
        """The latest try."""
        return (await self.shipments_of(order))[-1]

    async def tasks(self) -> list[OperatorTask]:
        """What waits for a person."""
        return list(await self.shop.operator_task_views.open_tasks(100))

    def told(self, prefix: str = "") -> list[str]:
        """The names of all committed events that begin so."""
        return [event.name for event in self.shop.outbox if event.name.startswith(prefix)]

    # the parts

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """Begins a transaction of a process that may be killed."""
        if self.dies_at is not None:
            self.dies_at -= 1
            if self.dies_at < 0:
                raise Killed
        async with self.shop.begin() as tx:
            yield tx

    @property
    def carriers(self) -> Carriers:
        """Who comes."""
        return Carriers(self.default, {"memory": self.carrier, "manual": ManualCarrier()})

    @property
    def find(self) -> GetOrder:
        """Finds orders."""
        return GetOrder(self.shop.order_views)

    @property
    def desk(self) -> OperatorDesk:
        """Opens tasks."""
        return OperatorDesk(self.shop.clock, self.shop.ids)

    @property
    def shipments(self) -> ShipmentDesk:
        """Opens shipments."""
        return ShipmentDesk(self.shop.clock, self.shop.ids)

    @property
    def intake(self) -> ParcelIntake:
        """Takes news in."""
        return ParcelIntake(self.desk, self.shop.clock)

    @property
    def follow(self) -> FollowParcels:
        """The poller."""
        return FollowParcels(self.shop.begin, self.shop.shipment_views, self.carriers, self.intake, self.shop.clock)

    @property
    def handlers(self) -> tuple[Handler[Any], ...]:  # each of an event of its own
        """Those who listen to what is about parcels."""
        begin, clock, desk = self.begin, self.shop.clock, self.desk
        call_off = CallOff(begin, self.carriers, desk, clock)
        return (
            StartBooking(begin, self.carriers, self.shipments, clock),
            BookParcel(begin, self.carriers, TERMS, desk, clock),
            CallOffParcel(call_off),
            CallOffFailedBooking(call_off),
            ReportUndeliveredParcel(begin, desk, clock),
            ReportLostParcel(begin, desk, clock),
        )

    @property
    def handle(self) -> HandleDeliveries:
        """A worker."""
        return HandleDeliveries(
            deliveries=self.shop.deliveries,
            handlers={handler.name: handler for handler in self.handlers},
            begin=self.shop.begin,
            bell=self.shop.bell,
            clock=self.shop.clock,
            ids=self.shop.ids,
            retries=RetryPolicy(attempts=3, first=timedelta(seconds=2)),
        )


def notice(shipment: Shipment, status: ParcelStatus | None, at: datetime, text: str = "Scanned") -> ParcelNotice:
    """What a carrier says of a parcel."""
    assert shipment.waybill is not None
    return ParcelNotice(
        awb=shipment.waybill.awb,
        status=status,
        at=at,
        scans=(Scan(at, status, text, "Memory Hub"),),
        expected_at=None,
        is_return=shipment.direction is RETURN,
    )
