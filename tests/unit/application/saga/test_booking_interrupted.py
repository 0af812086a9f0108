"""Whatever breaks between which two steps, and whoever comes between, a parcel is booked once."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Literal

import pytest

from adapters.memory.carrier import COURIERS, MemoryCarrier
from application.events.handler import subscription_of
from application.events.relay_events import LEASE
from domain.money import Money
from domain.ordering.order import Order
from domain.shipping.booking import BookingStep
from domain.shipping.parcel import ParcelStatus
from domain.shipping.shipment import Shipment
from ports.carrier import AnnouncedParcel, AssignedParcel, AwbNeeded, CarrierRefused
from tests.builders import NOW
from tests.unit.application.dispatch import RETURN, Dispatch

pytestmark = pytest.mark.anyio

DELIVERED = (ParcelStatus.PICKED_UP, ParcelStatus.DELIVERED)


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
