"""Order and parcel move together, by whichever way the news comes, forwards only and once."""

from __future__ import annotations

from asyncio import gather
from datetime import timedelta

import pytest

from application.events.relay_events import LEASE
from application.fulfilment.report_parcel import ReportParcel, ReportParcelCommand
from application.fulfilment.take_parcel_notice import TakeParcelNotice
from domain.actor import Actor, Customer, System
from domain.errors import NotFound
from domain.operations.task import TaskKind
from domain.ordering.order import Order
from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentStatus
from domain.permissions import Forbidden
from domain.shipping.booking import BookingStep
from domain.shipping.parcel import ParcelStatus, Scan
from ports.carrier_notices import ParcelNotice
from ports.deliveries import DeliveryKey, Lane, Subscription
from ports.shipment_views import ShipmentView
from tests.builders import NOW, an_order, fresh_id
from tests.unit.application.dispatch import OUTBOUND, PACKER, Dispatch, notice

pytestmark = pytest.mark.anyio

P = ParcelStatus
F = FulfillmentStatus


async def take(dispatch: Dispatch, told: ParcelNotice, carrier: str = "memory") -> ShipmentView | None:
    """Take news in."""
    async with dispatch.shop.begin() as tx:
        shipment = await dispatch.intake.take(tx, carrier, told)
    return ShipmentView.of(shipment) if shipment else None


async def test_an_order_travels_with_its_parcel(dispatch: Dispatch) -> None:
    """Each station is told once, by the order and by the parcel."""
    order = await dispatch.order(an_order().paid_on_delivery().ready())
    shipment = await dispatch.booked(order)
    seen = []

    for status in (P.PICKUP_SCHEDULED, P.PICKED_UP, P.IN_TRANSIT, P.OUT_FOR_DELIVERY, P.DELIVERED, P.DELIVERED):
        await dispatch.hear(shipment, status)
        seen.append((await dispatch.order_now(order)).fulfillment_status)

    assert seen == [F.READY_TO_SHIP, F.SHIPPED, F.SHIPPED, F.SHIPPED, F.DELIVERED, F.DELIVERED]
    assert dispatch.told("order.") == ["order.shipped", "order.delivered", "order.paid"]
    assert dispatch.told("parcel.") == [
        "parcel.picked_up",
        "parcel.moved",
        "parcel.out_for_delivery",
        "parcel.delivered",
    ]


async def test_a_carrier_that_tells_the_end_first_is_believed(dispatch: Dispatch) -> None:
    """And what it tells afterwards comes late."""
    order = await dispatch.order()
    shipment = await dispatch.booked(order)

    await dispatch.hear(shipment, P.DELIVERED, P.PICKED_UP, P.OUT_FOR_DELIVERY)

    after = await dispatch.order_now(order)
    assert (after.status, after.fulfillment_status) == (OrderStatus.DELIVERED, F.DELIVERED)
    assert dispatch.told("parcel.") == ["parcel.delivered"]


async def test_a_parcel_that_nobody_takes_comes_back(dispatch: Dispatch) -> None:
    """RTO: nothing was paid, and nothing is counted as paid."""
    order = await dispatch.order(an_order().paid_on_delivery().ready())
    shipment = await dispatch.booked(order)

    await dispatch.hear(shipment, P.PICKED_UP, P.UNDELIVERED, P.RTO_INITIATED, P.DELIVERED, P.RTO_DELIVERED)

    after = await dispatch.order_now(order)
    assert (after.status, after.payment_status) == (OrderStatus.RETURNED, PaymentStatus.PENDING)
    assert dispatch.told("order.") == ["order.shipped", "order.return_started", "order.returned"]


@pytest.mark.parametrize(("carrier", "awb"), [("memory", "MEM99999999"), ("manual", None)])
async def test_a_parcel_that_is_not_ours_moves_nothing(dispatch: Dispatch, carrier: str, awb: str | None) -> None:
    """Another account's, or another carrier's of the same number."""
    order = await dispatch.order()
    shipment = await dispatch.booked(order)
    assert shipment.waybill is not None
    told = ParcelNotice(
        awb=awb or shipment.waybill.awb, status=P.DELIVERED, at=NOW, scans=(), expected_at=None, is_return=False
    )

    assert await take(dispatch, told, carrier) is None

    assert (await dispatch.order_now(order)).fulfillment_status is F.READY_TO_SHIP


async def test_what_moves_nothing_saves_no_order(dispatch: Dispatch) -> None:
    """A client that holds its version can go on."""
    order = await dispatch.order()
    shipment = await dispatch.booked(order)
    before = (await dispatch.order_now(order)).version

    view = await take(dispatch, notice(shipment, P.PICKUP_SCHEDULED, NOW))

    assert view is not None
    assert (view.status, len(view.scans)) == (P.PICKUP_SCHEDULED, 1)
    assert (await dispatch.order_now(order)).version == before


async def test_a_parcel_was_where_it_was_scanned_when_it_was(dispatch: Dispatch) -> None:
    """A message that is written long after says an old thing."""
    shipment = await dispatch.booked()
    dispatch.pass_time(days=1)

    def told(status: ParcelStatus, scanned: int, written: int) -> ParcelNotice:
        scan = Scan(NOW + timedelta(hours=scanned), status, "Scanned", "Agra")
        assert shipment.waybill is not None
        return ParcelNotice(
            awb=shipment.waybill.awb,
            status=status,
            at=NOW + timedelta(hours=written),
            scans=(scan,),
            expected_at=None,
            is_return=False,
        )

    await take(dispatch, told(P.UNDELIVERED, scanned=3, written=3))
    await take(dispatch, told(P.OUT_FOR_DELIVERY, scanned=1, written=5))

    assert [each.status for each in await dispatch.shop.shipment_views.of_order(shipment.order_id)] == [P.UNDELIVERED]


async def test_a_parcel_that_the_carrier_cancels_goes_to_a_person(dispatch: Dispatch) -> None:
    """The order can be booked again."""
    order = await dispatch.order()
    shipment = await dispatch.booked(order)

    await dispatch.hear(shipment, P.CANCELLED)
    await dispatch.work()

    assert (await dispatch.shipment_of(order)).step is BookingStep.FAILED
    assert [(task.kind, task.subject, task.detail) for task in await dispatch.tasks()] == [
        (TaskKind.BOOKING_IMPOSSIBLE, f"order {order.ext_id}", "the carrier cancelled the parcel")
    ]
    assert (await dispatch.booked(order)).step is BookingStep.BOOKED


async def test_the_same_news_at_once_counts_once(dispatch: Dispatch) -> None:
    """Webhook and poller meet."""
    order = await dispatch.order()
    shipment = await dispatch.booked(order)

    await gather(*(take(dispatch, notice(shipment, P.DELIVERED, NOW)) for _ in range(10)))

    assert dispatch.told("order.") == ["order.shipped", "order.delivered"]


async def test_a_message_is_taken_once(dispatch: Dispatch) -> None:
    """With its receipt, in the transaction of what it moves; without one there was no such message."""
    order = await dispatch.order()
    shipment = await dispatch.booked(order)
    take_notice = TakeParcelNotice("memory", dispatch.shop.begin, dispatch.intake, dispatch.shop.clock)
    await dispatch.book(await dispatch.order())  # any event will do to be delivered
    by_webhook = Subscription("shipment.requested", "take_parcel_webhook", Lane.SHIPPING, timedelta(0))
    (due,) = await dispatch.shop.deliveries.hand_out([by_webhook], dispatch.now, lease=LEASE, most=99)

    await take_notice(notice(shipment, P.PICKED_UP, NOW), DeliveryKey(fresh_id(), "take_parcel_webhook"))
    assert (await dispatch.order_now(order)).fulfillment_status is F.READY_TO_SHIP

    await take_notice(notice(shipment, P.PICKED_UP, NOW), due.key)
    await take_notice(notice(shipment, P.DELIVERED, NOW), due.key)
    assert (await dispatch.order_now(order)).fulfillment_status is F.SHIPPED


async def report(dispatch: Dispatch, order: Order, status: ParcelStatus, actor: Actor = PACKER) -> ShipmentView:
    """Somebody of the workshop says where it is."""
    say = ReportParcel(dispatch.shop.begin, dispatch.find, dispatch.intake, dispatch.shop.clock)
    return await say(ReportParcelCommand(actor, order.ext_id, OUTBOUND, status))


async def test_staff_say_where_a_parcel_is_whose_carrier_does_not(dispatch: Dispatch) -> None:
    """The order travels all the same; backwards it doesn't."""
    order = await dispatch.order()
    await dispatch.booked(order)

    picked_up = await report(dispatch, order, P.PICKED_UP)
    delivered = await report(dispatch, order, P.DELIVERED)
    late = await report(dispatch, order, P.IN_TRANSIT)

    assert [each.status for each in (picked_up, delivered, late)] == [P.PICKED_UP, P.DELIVERED, P.DELIVERED]
    assert dispatch.told("order.") == ["order.shipped", "order.delivered"]


async def test_nobody_says_where_a_parcel_is_that_there_is_not(dispatch: Dispatch) -> None:
    """Not booked, or not asked for; and customers say nothing."""
    order = await dispatch.order()
    with pytest.raises(NotFound):
        await report(dispatch, order, P.DELIVERED)
    await dispatch.book(order)
    with pytest.raises(NotFound):
        await report(dispatch, order, P.DELIVERED, System())
    with pytest.raises(Forbidden):
        await report(dispatch, order, P.DELIVERED, Customer(fresh_id()))
