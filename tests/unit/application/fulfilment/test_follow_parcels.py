"""Parcels of which carriers tell nothing are asked about, in turn, and no one of them stands in another's way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.memory.carrier import MemoryCarrier
from domain.errors import InvalidValue
from domain.ordering.status import FulfillmentStatus
from domain.shipping.parcel import ParcelStatus
from domain.shipping.shipment import Shipment
from ports.carrier import CarrierUnavailable, Tracking
from tests.unit.application.dispatch import Dispatch

pytestmark = pytest.mark.anyio

P = ParcelStatus


class AskedCarrier(MemoryCarrier):
    """Remembers whom it was asked about; says nothing sensible about some."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.breaks_at: dict[str, Exception] = {}

    async def track(self, awb: str) -> Tracking | None:
        """See Carrier."""
        self.asked.append(awb)
        if awb in self.breaks_at:
            raise self.breaks_at[awb]
        return await super().track(awb)


@pytest.fixture
def carrier() -> AskedCarrier:
    """Who is asked."""
    return AskedCarrier()


@pytest.fixture
def dispatch(carrier: AskedCarrier) -> Dispatch:
    """Two carriers, no orders."""
    return Dispatch(carrier=carrier)


def awb_of(shipment: Shipment) -> str:
    """Its air waybill."""
    assert shipment.waybill is not None
    return shipment.waybill.awb


async def test_a_parcel_that_was_silent_is_asked_about(dispatch: Dispatch, carrier: AskedCarrier) -> None:
    """What is learnt moves the order; then there is silence again before the next question."""
    order = await dispatch.order()
    shipment = await dispatch.booked(order)
    carrier.scan(awb_of(shipment), P.PICKED_UP, at=dispatch.now + timedelta(minutes=30))
    assert await dispatch.follow() == 0

    dispatch.pass_time(hours=2)
    assert await dispatch.follow() == 1
    assert await dispatch.follow() == 0

    assert (await dispatch.order_now(order)).fulfillment_status is FulfillmentStatus.SHIPPED
    after = await dispatch.shipment_of(order)
    assert (after.status, after.status_at) == (P.PICKED_UP, dispatch.now - timedelta(minutes=90))
    assert after.expected_at is not None


async def test_a_parcel_of_which_the_carrier_knows_nothing_waits_its_turn(
    dispatch: Dispatch, carrier: AskedCarrier
) -> None:
    """It is asked about once in a while, not all the time."""
    await dispatch.booked()
    dispatch.pass_time(hours=2)

    assert [await dispatch.follow() for _ in range(3)] == [1, 0, 0]

    assert len(carrier.asked) == 1


async def test_a_carrier_without_answers_of_its_own_is_no_trouble(dispatch: Dispatch) -> None:
    """A person looks where those are."""
    order = await dispatch.order()
    await dispatch.book(order, "manual")
    await dispatch.work()
    dispatch.pass_time(hours=2)

    assert await dispatch.follow() == 0


async def test_a_carrier_that_is_down_is_left_alone_until_the_next_round(
    dispatch: Dispatch, carrier: AskedCarrier
) -> None:
    """One question a round, about another parcel each time."""
    shipments = [await dispatch.booked() for _ in range(3)]
    dispatch.pass_time(hours=2)
    carrier.unavailable = True

    assert [await dispatch.follow() for _ in range(4)] == [1, 1, 1, 0]

    assert carrier.asked == [awb_of(shipment) for shipment in shipments]


@pytest.mark.parametrize(
    "error", [CarrierUnavailable("nonsense"), InvalidValue("awb", "is odd")], ids=["nonsense", "refused"]
)
async def test_one_that_can_not_be_asked_about_stands_in_no_other_s_way(
    dispatch: Dispatch, carrier: AskedCarrier, error: Exception
) -> None:
    """It has its turn again after the others."""
    odd, fine = [await dispatch.booked() for _ in range(2)]
    carrier.breaks_at[awb_of(odd)] = error
    carrier.scan(awb_of(fine), P.PICKED_UP, at=dispatch.now)
    dispatch.pass_time(hours=2)

    for _ in range(2):
        await dispatch.follow()

    assert carrier.asked == [awb_of(odd), awb_of(fine)]
    assert dispatch.told("order.") == ["order.shipped"]


async def test_a_round_is_bounded(dispatch: Dispatch, carrier: AskedCarrier) -> None:
    """Those that were silent longest come first; what has arrived is not asked about."""
    shipments = []
    for _ in range(3):
        shipments.append(await dispatch.booked())
        dispatch.pass_time(minutes=1)
    await dispatch.hear(shipments[0], P.DELIVERED)
    dispatch.pass_time(hours=2)
    parts = dispatch.follow
    follow = type(parts)(parts.begin, parts.views, parts.carriers, parts.intake, parts.clock, most=1)

    assert [await follow() for _ in range(3)] == [1, 1, 0]

    assert carrier.asked == [awb_of(shipment) for shipment in shipments[1:]]
