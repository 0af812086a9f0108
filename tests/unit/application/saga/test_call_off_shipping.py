"""What was called off doesn't travel; and what travels all the same is not forgotten."""

from __future__ import annotations

import pytest

from adapters.memory.carrier import MemoryCarrier
from domain.actor import System
from domain.operations.task import TaskKind
from domain.shipping.booking import BookingStep
from domain.shipping.parcel import ParcelStatus
from ports.carrier import AnnouncedParcel, AssignedParcel, CarrierRefused
from tests.unit.application.dispatch import Dispatch

pytestmark = pytest.mark.anyio


async def test_a_parcel_that_is_called_off_is_cancelled_at_the_carrier(dispatch: Dispatch) -> None:
    """Once; nobody has to look at it."""
    order = await dispatch.order()
    await dispatch.booked(order)

    await dispatch.cancel(order)
    await dispatch.work()

    assert [carried.cancelled for carried in dispatch.carrier.carried] == [True]
    assert (await dispatch.shipment_of(order)).step is BookingStep.CANCELLED
    assert await dispatch.tasks() == []


async def test_a_carrier_that_never_heard_of_it_is_not_told(dispatch: Dispatch) -> None:
    """It was called off before anybody asked for a courier."""
    order = await dispatch.order()
    await dispatch.book(order)
    await dispatch.cancel(order)

    await dispatch.work()

    assert dispatch.carrier.carried == []
    assert (await dispatch.shipment_of(order)).step is BookingStep.CANCELLED


async def test_a_carrier_that_is_down_hears_of_it_later(dispatch: Dispatch) -> None:
    """Until then it is tried again."""
    order = await dispatch.order()
    await dispatch.booked(order)
    await dispatch.cancel(order)
    dispatch.carrier.unavailable = True
    await dispatch.work()

    dispatch.carrier.unavailable = False
    dispatch.pass_time(minutes=10)
    await dispatch.work()

    assert [carried.cancelled for carried in dispatch.carrier.carried] == [True]


class HastyClerk(MemoryCarrier):
    """While this carrier assigns a courier, somebody calls the parcel off."""

    dispatch: Dispatch

    async def assign(self, announced: AnnouncedParcel, courier_id: str | None) -> AssignedParcel:
        """See Carrier."""
        assigned = await super().assign(announced, courier_id)
        number = self.carried[-1].parcel.order
        order = await self.dispatch.shop.order_views.find(number, System())
        assert order is not None
        async with self.dispatch.shop.begin() as tx:
            [shipment] = await tx.shipments.of_order(order.id)
            shipment.cancel(self.dispatch.now)
            await tx.shipments.save(shipment)
        return assigned


async def test_what_is_called_off_in_the_middle_of_its_booking_is_undone_after_it() -> None:
    """The courier that was paid meanwhile is called off too."""
    carrier = HastyClerk()
    dispatch = Dispatch(carrier=carrier)
    carrier.dispatch = dispatch
    order = await dispatch.order()

    cancelled = await dispatch.booked(order)

    assert cancelled.step is BookingStep.CANCELLED
    assert cancelled.waybill is not None
    assert [(each.cancelled, each.pickup) for each in carrier.carried] == [(True, None)]
    assert dispatch.told("shipment") == ["shipment.requested", "shipment.cancelled"]


async def test_a_parcel_that_was_picked_up_meanwhile_goes_on(dispatch: Dispatch) -> None:
    """A person learns of it, and it is followed again."""
    order = await dispatch.order()
    booked = await dispatch.booked(order)
    assert booked.waybill is not None
    dispatch.carrier.scan(booked.waybill.awb, ParcelStatus.PICKED_UP, at=dispatch.now)

    await dispatch.cancel(order)
    await dispatch.work()

    assert (await dispatch.shipment_of(order)).step is BookingStep.BOOKED
    (task,) = await dispatch.tasks()
    assert (task.kind, task.subject) == (TaskKind.BOOKING_IMPOSSIBLE, f"shipment {booked.reference}")
    assert task.detail == "it can't be called off: the courier has it already"
    await dispatch.hear(await dispatch.shipment_of(order), ParcelStatus.DELIVERED)
    assert dispatch.told("order.") == ["order.shipped", "order.delivered"]


async def test_another_parcel_that_took_its_place_stays(dispatch: Dispatch) -> None:
    """Then a person has two to think of."""
    order = await dispatch.order()
    first = await dispatch.booked(order)
    assert first.waybill is not None
    dispatch.carrier.scan(first.waybill.awb, ParcelStatus.PICKED_UP, at=dispatch.now)
    await dispatch.cancel(order)
    await dispatch.book(order, "manual")

    await dispatch.work()

    assert [each.step for each in await dispatch.shipments_of(order)] == [
        BookingStep.CANCELLED,
        BookingStep.AWAITS_AWB,
    ]
    assert {task.kind for task in await dispatch.tasks()} == {TaskKind.BOOKING_IMPOSSIBLE, TaskKind.AWB_NEEDED}


class Stubborn(MemoryCarrier):
    """Cancels nothing."""

    async def cancel(self, announced: AnnouncedParcel) -> None:
        """See Carrier."""
        raise CarrierRefused(self.provider, "order is in cancelled state")


async def test_what_had_no_courier_bothers_nobody() -> None:
    """Nothing moves, and nothing was paid."""
    dispatch = Dispatch(carrier=Stubborn(couriers=()))

    await dispatch.booked()

    assert [task.detail for task in await dispatch.tasks()] == ["the carrier refused: this courier is not available"]


async def test_a_courier_of_whom_nobody_heard_is_not_forgotten(dispatch: Dispatch) -> None:
    """The answer that named him was lost, and he had the parcel before it was called off."""
    order = await dispatch.order()
    dispatch.carrier.lose_answer_of("assign")
    assert (await dispatch.booked(order)).waybill is None
    [assigned] = [carried.assigned for carried in dispatch.carrier.carried]
    assert assigned is not None
    dispatch.carrier.scan(assigned.awb, ParcelStatus.PICKED_UP, at=dispatch.now)

    await dispatch.cancel(order)
    dispatch.pass_time(minutes=10)
    await dispatch.work()

    [task] = await dispatch.tasks()
    assert (task.kind, task.detail) == (
        TaskKind.BOOKING_IMPOSSIBLE,
        "it can't be called off: the courier has it already",
    )
