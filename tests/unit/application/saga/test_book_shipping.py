"""A parcel is booked once, whatever breaks between which two steps; what can't be booked goes to a person."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest

from adapters.memory.carrier import COURIERS, MemoryCarrier
from application.events.handler import subscription_of
from application.events.relay_events import LEASE
from domain.money import Money
from domain.operations.task import TaskKind
from domain.ordering.order import Order
from domain.ordering.status import FulfillmentStatus
from domain.shipping.booking import BookingStep
from domain.shipping.parcel import ParcelStatus
from domain.shipping.shipment import Shipment
from ports.carrier import AnnouncedParcel, AssignedParcel, AwbNeeded, CarrierRefused
from tests.builders import NOW, an_order
from tests.unit.application.dispatch import OUTBOUND, RETURN, Dispatch

pytestmark = pytest.mark.anyio

DELIVERED = (ParcelStatus.PICKED_UP, ParcelStatus.DELIVERED)


@pytest.fixture
def dispatch() -> Dispatch:
    """Two carriers, no orders."""
    return Dispatch()


async def test_a_parcel_is_announced_assigned_and_booked(dispatch: Dispatch) -> None:
    """All that the workshop has to know is kept, and told when it is certain."""
    shipment = await dispatch.booked()

    (carried,) = dispatch.carrier.carried
    assert carried.assigned is not None
    assert shipment.step is BookingStep.BOOKED
    assert (shipment.provider_order_id, shipment.provider_shipment_id) == (
        carried.announced.provider_order_id,
        carried.announced.provider_shipment_id,
    )
    assert shipment.waybill is not None
    assert (shipment.waybill.awb, shipment.waybill.courier, shipment.waybill.tracking_url) == (
        carried.assigned.awb,
        "Memory Express",
        f"https://memory.example/tracking/{carried.assigned.awb}",
    )
    assert (shipment.cost, shipment.courier_id, shipment.pickup_at) == (Money(9_900), "1", NOW + timedelta(days=1))
    assert shipment.label_url
    assert shipment.manifest_url
    assert shipment.invoice_url
    assert dispatch.told() == ["shipment.requested", "shipment.booked"]


async def test_what_is_packed_is_the_order(dispatch: Dispatch) -> None:
    """Cash is collected for COD alone, by a courier who collects it."""
    dispatch.carrier.couriers = (replace(COURIERS[1], days=1), COURIERS[0])
    prepaid, cod = await dispatch.order(), await dispatch.order(an_order().paid_on_delivery(fee=4_900).ready())

    by_whom = [(await dispatch.booked(order)).courier_id for order in (prepaid, cod)]

    assert by_whom == ["2", "1"]
    parcels = [carried.parcel for carried in dispatch.carrier.carried]
    assert [(parcel.order, parcel.payment_method, parcel.value) for parcel in parcels] == [
        (order.ext_id, order.payment_method, order.amounts.total) for order in (prepaid, cod)
    ]


async def test_a_ready_order_gets_its_parcel_by_itself(dispatch: Dispatch) -> None:
    """By the default carrier."""
    order = an_order().paid().ready().build()
    async with dispatch.shop.begin() as tx:
        await tx.orders.add(order)

    await dispatch.work()

    shipment = await dispatch.shipment_of(order)
    assert (shipment.carrier, shipment.step, shipment.direction) == ("memory", BookingStep.BOOKED, OUTBOUND)


async def test_staff_who_were_faster_have_chosen_the_carrier(dispatch: Dispatch) -> None:
    """There is one parcel, theirs."""
    order = an_order().paid().ready().build()
    async with dispatch.shop.begin() as tx:
        await tx.orders.add(order)
    await dispatch.book(order, "manual")

    await dispatch.work()

    assert [each.carrier for each in await dispatch.shipments_of(order)] == ["manual"]


async def test_an_event_that_comes_late_ships_nothing_again(dispatch: Dispatch) -> None:
    """The order has left the workshop long since."""
    order = an_order().paid().shipped().build()
    async with dispatch.shop.begin() as tx:
        await tx.orders.add(order)

    await dispatch.work()

    assert list(await dispatch.shipments_of(order)) == []


async def until_done(dispatch: Dispatch, order: Order) -> Shipment:
    """Workers come back until nothing is left to do."""
    for _ in range(3):
        await dispatch.work()
        dispatch.dies_at = None
        dispatch.pass_time(minutes=10)
    return await dispatch.shipment_of(order)


@pytest.mark.parametrize("transactions", range(6))
async def test_a_crash_between_any_two_steps_makes_no_second_parcel(dispatch: Dispatch, transactions: int) -> None:
    """Whoever comes back goes on where the other one died."""
    order = await dispatch.order()
    await dispatch.book(order)
    dispatch.dies_at = transactions

    shipment = await until_done(dispatch, order)

    assert shipment.step is BookingStep.BOOKED
    assert len(dispatch.carrier.carried) == 1
    assert dispatch.carrier.wallet == Money(10_000_000 - 9_900)
    assert dispatch.told("shipment") == ["shipment.requested", "shipment.booked"]
    assert await dispatch.tasks() == []


@pytest.mark.parametrize("transactions", range(6))
async def test_a_crash_makes_no_second_return_either(dispatch: Dispatch, transactions: int) -> None:
    """The way back is booked as the way out."""
    order = await dispatch.order()
    await dispatch.hear(await dispatch.booked(order), *DELIVERED)
    await dispatch.work()
    await dispatch.send_back(order)
    dispatch.dies_at = transactions

    shipment = await until_done(dispatch, order)

    assert (shipment.step, shipment.direction) == (BookingStep.BOOKED, RETURN)
    assert [carried.is_return for carried in dispatch.carrier.carried] == [False, True]
    assert dispatch.carrier.wallet == Money(10_000_000 - 2 * 9_900)


@pytest.mark.parametrize("step", ["announce", "assign", "schedule_pickup"])
async def test_a_carrier_that_did_it_and_said_nothing_is_asked_again(
    dispatch: Dispatch, step: Literal["announce", "assign", "schedule_pickup"]
) -> None:
    """One shipment, though it timed out after it had done the work."""
    dispatch.carrier.lose_answer_of(step)
    order = await dispatch.order()
    await dispatch.book(order)

    shipment = await until_done(dispatch, order)

    assert shipment.step is BookingStep.BOOKED
    assert len(dispatch.carrier.carried) == 1
    assert dispatch.carrier.wallet == Money(10_000_000 - 9_900)


async def test_the_courier_that_was_chosen_is_asked_again(dispatch: Dispatch) -> None:
    """Who took the parcel without our knowing is not replaced by somebody cheaper."""
    dispatch.carrier.lose_answer_of("assign")
    order = await dispatch.order()
    await dispatch.book(order)
    await dispatch.work()
    dispatch.carrier.couriers = (replace(COURIERS[0], courier_id="9", fee=Money(100)),)

    shipment = await until_done(dispatch, order)

    assert (shipment.courier_id, shipment.waybill and shipment.waybill.courier) == ("1", "Memory Express")


async def test_a_carrier_that_is_down_is_waited_for(dispatch: Dispatch) -> None:
    """The order loses nothing but time."""
    dispatch.carrier.unavailable = True
    order = await dispatch.order()
    await dispatch.book(order)
    await dispatch.work()
    assert (await dispatch.shipment_of(order)).step is BookingStep.REQUESTED

    dispatch.carrier.unavailable = False
    dispatch.pass_time(minutes=10)
    await dispatch.work()

    assert (await dispatch.shipment_of(order)).step is BookingStep.BOOKED


@pytest.mark.parametrize("after", ["nothing", "announce"])
async def test_what_the_carrier_refuses_goes_to_a_person(dispatch: Dispatch, after: str) -> None:
    """With its reason, once; the order waits, boxed as it is."""
    order = await dispatch.order()
    if after == "nothing":
        dispatch.carrier.refusal = "wrong pickup location"
    else:
        dispatch.carrier.wallet = Money(0)
    reason = {"nothing": "wrong pickup location", "announce": "the wallet has to be recharged"}[after]

    failed = await dispatch.booked(order)

    assert (failed.step, failed.failure) == (BookingStep.FAILED, f"the carrier refused: {reason}")
    (task,) = await dispatch.tasks()
    assert (task.kind, task.subject, task.detail, task.order_id) == (
        TaskKind.BOOKING_IMPOSSIBLE,
        f"order {order.ext_id}",
        f"the carrier refused: {reason}",
        order.id,
    )
    assert (await dispatch.order_now(order)).fulfillment_status is FulfillmentStatus.READY_TO_SHIP
    assert dispatch.told("shipment") == ["shipment.requested", "shipment.booking_failed"]


async def test_nothing_of_a_failed_booking_is_left_at_the_carrier(dispatch: Dispatch) -> None:
    """So that nobody ships it from there by mistake."""
    dispatch.carrier.wallet = Money(0)

    await dispatch.booked()

    assert [carried.cancelled for carried in dispatch.carrier.carried] == [True]


async def test_couriers_that_are_not_good_enough_are_not_taken(dispatch: Dispatch) -> None:
    """A person may think otherwise."""
    dispatch.carrier.couriers = tuple(replace(courier, rating=1.0) for courier in COURIERS)

    failed = await dispatch.booked()

    assert failed.failure == "none of 2 couriers meets the shop's terms"
    assert [task.kind for task in await dispatch.tasks()] == [TaskKind.BOOKING_IMPOSSIBLE]


async def test_nobody_going_there_is_the_carrier_s_to_say(dispatch: Dispatch) -> None:
    """It may know of somebody all the same; if not, it refuses."""
    dispatch.carrier.couriers = ()

    failed = await dispatch.booked()

    assert failed.failure == "the carrier refused: this courier is not available"


class LyingCarrier(MemoryCarrier):
    """Gives every parcel the same air waybill, or one that nobody can read."""

    awb = "MEM00002001"

    async def assign(self, announced: AnnouncedParcel, courier_id: str | None) -> AssignedParcel:
        """See Carrier."""
        return replace(await super().assign(announced, courier_id), awb=self.awb)


@pytest.mark.parametrize("awb", ["MEM00002001", "no number", ""])
async def test_an_air_waybill_that_can_not_be_is_refused(awb: str) -> None:
    """It would move somebody else's parcel, or none."""
    dispatch = Dispatch(carrier=LyingCarrier())
    await dispatch.booked()
    dispatch.carrier.awb = awb  # type: ignore[attr-defined]  # it is the lying one

    failed = await dispatch.booked()

    assert (failed.step, failed.waybill) == (BookingStep.FAILED, None)
    assert [task.kind for task in await dispatch.tasks()] == [TaskKind.BOOKING_IMPOSSIBLE]


async def test_a_carrier_that_is_gone_books_nothing(dispatch: Dispatch) -> None:
    """It was taken out of the settings since."""
    order = await dispatch.order()
    await dispatch.book(order, "manual")
    async with dispatch.shop.begin() as tx:
        [shipment] = await tx.shipments.of_order(order.id)
        shipment.carrier = "pigeons"
        await tx.shipments.save(shipment)

    await dispatch.work()

    assert (await dispatch.shipment_of(order)).step is BookingStep.FAILED
    assert [task.kind for task in await dispatch.tasks()] == [TaskKind.BOOKING_IMPOSSIBLE]


async def test_a_parcel_that_a_person_hands_in_waits_for_its_number(dispatch: Dispatch) -> None:
    """The person is told so, once."""
    order = await dispatch.order()
    await dispatch.book(order, "manual")

    await dispatch.work()
    await dispatch.work()

    assert (await dispatch.shipment_of(order)).step is BookingStep.AWAITS_AWB
    assert [(task.kind, task.subject) for task in await dispatch.tasks()] == [
        (TaskKind.AWB_NEEDED, f"order {order.ext_id}")
    ]
    assert dispatch.told("shipment") == ["shipment.requested", "shipment.awaits_awb"]


async def test_two_workers_at_one_booking_make_one_parcel(dispatch: Dispatch) -> None:
    """A lease that ended too early does no harm."""
    order = await dispatch.order()
    await dispatch.book(order)
    subscriptions = [subscription_of(handler) for handler in dispatch.handlers]
    [due] = await dispatch.shop.deliveries.hand_out(subscriptions, NOW, lease=LEASE, most=9)

    await gather(dispatch.handle([due.key]), dispatch.handle([due.key]))

    assert (await dispatch.shipment_of(order)).step is BookingStep.BOOKED
    assert len(dispatch.carrier.carried) == 1
    assert dispatch.carrier.wallet == Money(10_000_000 - 9_900)
    assert dispatch.told("shipment") == ["shipment.requested", "shipment.booked"]


class InterruptedCarrier(MemoryCarrier):
    """The first time that it is to assign a courier something else happens; then it says no."""

    happens: Callable[[], Awaitable[object]]

    def __init__(self, answer: Exception) -> None:
        super().__init__()
        self.answer: Exception | None = answer

    async def assign(self, announced: AnnouncedParcel, courier_id: str | None) -> AssignedParcel:
        """See Carrier."""
        if self.answer is None:
            return await super().assign(announced, courier_id)
        answer, self.answer = self.answer, None
        await self.happens()
        raise answer


async def test_a_refusal_that_comes_late_ends_no_booking() -> None:
    """Another worker was faster, and has booked it, though it could not say so yet."""
    carrier = InterruptedCarrier(CarrierRefused("memory", "AWB is already assigned"))
    dispatch = Dispatch(carrier=carrier)
    order = await dispatch.order()
    await dispatch.book(order)
    subscriptions = [subscription_of(handler) for handler in dispatch.handlers]
    [due] = await dispatch.shop.deliveries.hand_out(subscriptions, NOW, lease=LEASE, most=9)
    [delivery] = await dispatch.shop.deliveries.start([due.key], NOW, lease=LEASE)
    faster = next(handler for handler in dispatch.handlers if handler.name == due.key.handler)
    carrier.happens = lambda: faster(delivery.event, delivery.key)

    await dispatch.handle([due.key])

    assert (await dispatch.shipment_of(order)).step is BookingStep.BOOKED
    assert await dispatch.tasks() == []


@pytest.mark.parametrize("answer", [CarrierRefused("memory", "no"), AwbNeeded()], ids=["refused", "to be typed"])
async def test_what_was_called_off_meanwhile_bothers_nobody(answer: Exception) -> None:
    """Whatever the carrier has to say about it."""
    carrier = InterruptedCarrier(answer)
    dispatch = Dispatch(carrier=carrier)
    order = await dispatch.order()
    carrier.happens = lambda: dispatch.cancel(order)

    cancelled = await dispatch.booked(order)

    assert cancelled.step is BookingStep.CANCELLED
    assert await dispatch.tasks() == []
    assert dispatch.told("shipment") == ["shipment.requested", "shipment.cancelled"]
