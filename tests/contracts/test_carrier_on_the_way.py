"""Every carrier keeps the promises of its port for a parcel that has its courier, and on the way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC

import pytest

from adapters.shipping.manual import ManualCarrier
from adapters.shipping.shiprocket.account import ShiprocketAccount
from domain.shipping.parcel import PackedParcel, ParcelStatus
from ports.carrier import Carrier, CarrierRefused, DeliveryWish
from tests.builders.parcels import a_parcel
from tests.contracts.carrier_fixtures import (
    CarrierCase,
    assigned,
    insist,
    requested_carrier,
    requested_case,
    running_shiprocket_sandbox,
)

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="session")
def shiprocket_sandbox() -> Iterator[ShiprocketAccount]:
    """For these tests alone."""
    with running_shiprocket_sandbox() as account:
        yield account


@pytest.fixture(params=["memory", "shiprocket"])
async def case(request: pytest.FixtureRequest) -> AsyncIterator[CarrierCase]:
    """A carrier that can be asked for everything."""
    async with requested_case(request) as case:
        yield case


@pytest.fixture(params=["memory", "shiprocket", "manual"])
async def any_carrier(request: pytest.FixtureRequest) -> AsyncIterator[Carrier]:
    """Any carrier."""
    async with requested_carrier(request) as carrier:
        yield carrier


async def picked_up(case: CarrierCase, parcel: PackedParcel) -> str:
    """The air waybill of a parcel that the courier waits for."""
    announced, booked = await assigned(case, parcel)
    await case.carrier.schedule_pickup(announced)
    return booked.awb


async def test_a_parcel_without_a_courier_is_not_picked_up(case: CarrierCase) -> None:
    """There is nobody to come."""
    announced = await case.carrier.announce(a_parcel().build())

    with pytest.raises(CarrierRefused):
        await case.carrier.schedule_pickup(announced)


async def test_a_pickup_has_a_time_in_utc_that_stays(case: CarrierCase) -> None:
    """Asking again moves nothing."""
    announced, _ = await assigned(case, a_parcel().build())

    pickup = await case.carrier.schedule_pickup(announced)

    assert pickup.scheduled_for is not None
    assert pickup.scheduled_for.tzinfo is UTC
    assert await case.carrier.schedule_pickup(announced) == pickup


async def test_papers_are_there_once_what_they_tell_of_is(case: CarrierCase) -> None:
    """No label without an air waybill, no manifest without a pickup; asking again gives them again."""
    announced = await case.carrier.announce(a_parcel().build())
    early = await case.carrier.papers(announced)
    await case.carrier.assign(announced, None)
    await case.carrier.schedule_pickup(announced)

    papers = await case.carrier.papers(announced)

    assert (early.label_url, early.manifest_url) == (None, None)
    assert all(url and url.startswith("http") for url in (papers.label_url, papers.manifest_url, papers.invoice_url))
    assert await case.carrier.papers(announced) == papers


async def test_cancelling_twice_is_cancelling(any_carrier: Carrier) -> None:
    """It is off, whoever asked first."""
    announced = await any_carrier.announce(a_parcel().build())

    await any_carrier.cancel(announced)
    await any_carrier.cancel(announced)


async def test_a_cancellation_that_was_not_heard_of_is_one(case: CarrierCase) -> None:
    """No answer, and off."""
    announced, _ = await assigned(case, a_parcel().build())
    await case.world.lose_answer_of("cancel")

    await insist(lambda: case.carrier.cancel(announced))

    with pytest.raises(CarrierRefused):
        await case.carrier.assign(announced, None)


async def test_what_the_courier_has_is_not_cancelled(case: CarrierCase) -> None:
    """It is on its way."""
    announced, booked = await assigned(case, a_parcel().build())
    await case.carrier.schedule_pickup(announced)
    await case.world.carry(booked.awb, ParcelStatus.PICKED_UP)

    with pytest.raises(CarrierRefused):
        await case.carrier.cancel(announced)


@pytest.mark.parametrize("awb", ["0000000000000", "", "../orders", "é"])
async def test_nothing_is_known_of_a_parcel_that_nobody_has(any_carrier: Carrier, awb: str) -> None:
    """Which is no error."""
    assert await any_carrier.track(awb) is None


async def test_nothing_is_known_of_a_parcel_before_its_first_scan(case: CarrierCase) -> None:
    """The courier has not come yet."""
    awb = await picked_up(case, a_parcel().build())

    assert await case.carrier.track(awb) is None


@pytest.mark.parametrize("end", [ParcelStatus.DELIVERED, ParcelStatus.RTO_DELIVERED, ParcelStatus.LOST])
async def test_a_parcel_is_followed_to_its_end(case: CarrierCase, end: ParcelStatus) -> None:
    """In the shop's words, oldest first, in UTC."""
    awb = await picked_up(case, a_parcel().build())
    await case.world.carry(awb, end)

    tracking = await case.carrier.track(awb)

    assert tracking is not None
    assert (tracking.awb, tracking.status) == (awb, end)
    times = [scan.at for scan in tracking.scans]
    assert times == sorted(times)
    assert all(at.tzinfo is UTC for at in times)
    told = [scan.status for scan in tracking.scans if scan.status is not None]
    assert ParcelStatus.PICKED_UP in told
    assert told[-1] is end
    assert all(scan.text for scan in tracking.scans)
    assert tracking.expected_at is not None


async def test_an_undelivered_parcel_can_be_called_back(case: CarrierCase) -> None:
    """Any other can't: the courier has it, and brings it."""
    awb = await picked_up(case, a_parcel().build())
    with pytest.raises(CarrierRefused):
        await case.carrier.answer_failed_delivery(awb, DeliveryWish.RETURN, "The customer has moved away")
    await case.world.carry(awb, ParcelStatus.UNDELIVERED)

    await case.carrier.answer_failed_delivery(awb, DeliveryWish.RETURN, "The customer has moved away")

    tracking = await case.carrier.track(awb)
    assert tracking is not None
    assert tracking.status is ParcelStatus.UNDELIVERED


async def test_by_hand_a_person_tells_the_courier() -> None:
    """Silence would look as if it had been done."""
    with pytest.raises(CarrierRefused, match="person"):
        await ManualCarrier().answer_failed_delivery("1904990001234", DeliveryWish.RETURN, "Moved away")
