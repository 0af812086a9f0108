"""What can't be booked goes to a person, and leaves nothing at the carrier."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.memory.carrier import COURIERS, MemoryCarrier
from domain.money import Money
from domain.operations.task import TaskKind
from domain.ordering.status import FulfillmentStatus
from domain.shipping.booking import BookingStep
from ports.carrier import AnnouncedParcel, AssignedParcel
from tests.unit.application.dispatch import Dispatch

pytestmark = pytest.mark.anyio


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


async def test_a_carrier_that_stays_silent_is_given_up(dispatch: Dispatch) -> None:
    """A person is asked, nothing is stuck, and the order can be booked again when the carrier is back."""
    order = await dispatch.order()
    dispatch.carrier.unavailable = True
    failed = await dispatch.booked(order)
    for _ in range(2):
        dispatch.pass_time(minutes=10)
        await dispatch.work()

    failed = await dispatch.shipment_of(order)
    assert failed.step is BookingStep.FAILED
    assert "could not be reached" in (failed.failure or "")
    assert [task.kind for task in await dispatch.tasks()] == [TaskKind.BOOKING_IMPOSSIBLE]
    assert (await dispatch.shop.event_views.backlog()).dead == 0

    dispatch.carrier.unavailable = False
    assert (await dispatch.booked(order)).step is BookingStep.BOOKED
    assert len(dispatch.carrier.carried) == 1


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
