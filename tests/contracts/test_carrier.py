"""Every carrier keeps the promises of its port: above all, one parcel is booked once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from adapters.memory.carrier import Step
from adapters.shipping.manual import ManualCarrier
from adapters.shipping.shiprocket.account import ShiprocketAccount
from domain.money import NOTHING
from domain.ordering.status import PaymentMethod
from domain.shipping.courier_choice import CourierTerms, choose_courier
from domain.shipping.parcel import PackedParcel
from ports.carrier import (
    AnnouncedParcel,
    AwbNeeded,
    Carrier,
    CarrierRefused,
    CarrierUnavailable,
    Papers,
    Pickup,
)
from tests.builders import an_address
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

AT_THE_DOOR = a_parcel().paid_on_delivery()
TO_THE_ARMY = a_parcel().sent_to(an_address().at("900056", "New Delhi", "Delhi"))


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


async def test_names_its_provider(case: CarrierCase) -> None:
    """Shipments are stored under the provider's name, so it never changes."""
    assert case.carrier.provider == case.provider
    assert ManualCarrier().provider == "manual"


async def test_an_announced_parcel_has_ids_of_its_own(any_carrier: Carrier) -> None:
    """Under the reference that was given."""
    first, second = a_parcel().build(), a_parcel().build()

    one, other = await any_carrier.announce(first), await any_carrier.announce(second)

    assert (one.reference, other.reference) == (first.reference, second.reference)
    assert one.provider_order_id != other.provider_order_id
    assert one.provider_shipment_id != other.provider_shipment_id


@pytest.mark.parametrize("way", ["announce", "announce_return"])
async def test_announcing_twice_gives_the_same_parcel(any_carrier: Carrier, way: str) -> None:
    """Whoever died before keeping the answer gets it again, on either way."""
    parcel = a_parcel().build()
    announce: Callable[[PackedParcel], Awaitable[AnnouncedParcel]] = getattr(any_carrier, way)

    assert await announce(parcel) == await announce(parcel)


async def test_one_reference_is_one_parcel_with_one_air_waybill(case: CarrierCase) -> None:
    """However often each step is asked for; and it is paid for once."""
    parcel = a_parcel().build()
    before = await case.world.wallet()

    _, booked = await assigned(case, parcel)
    for _ in range(2):
        announced, again = await assigned(case, parcel)
        assert again == booked
        await case.carrier.schedule_pickup(announced)

    assert await case.world.awbs_of(parcel.reference) == [booked.awb]
    assert booked.cost is not None
    assert before - await case.world.wallet() == booked.cost


@pytest.mark.parametrize("lost", ["announce", "assign", "schedule_pickup"])
async def test_a_step_that_was_done_and_not_heard_of_is_not_done_again(case: CarrierCase, lost: Step) -> None:
    """No answer after the work: one parcel, one air waybill, one price."""
    parcel = a_parcel().build()
    before = await case.world.wallet()
    await case.world.lose_answer_of(lost)

    announced = await insist(lambda: case.carrier.announce(parcel))
    booked = await insist(lambda: case.carrier.assign(announced, None))
    pickup = await insist(lambda: case.carrier.schedule_pickup(announced))

    assert await case.world.awbs_of(parcel.reference) == [booked.awb]
    assert before - await case.world.wallet() == booked.cost
    assert pickup.scheduled_for is not None


async def test_a_return_that_was_announced_and_not_heard_of_is_found(case: CarrierCase) -> None:
    """As the way there."""
    parcel = a_parcel().build()
    await case.world.lose_answer_of("announce")

    announced = await insist(lambda: case.carrier.announce_return(parcel))

    assert await case.carrier.announce_return(parcel) == announced
    assert await case.world.awbs_of(parcel.reference) == [""]


async def test_a_cancelled_reference_gives_way_to_one_derived_from_it(case: CarrierCase) -> None:
    """The order is shipped all the same, and announcing stays repeatable."""
    parcel = a_parcel().build()
    first = await case.carrier.announce(parcel)
    await case.carrier.cancel(first)

    second = await case.carrier.announce(parcel)

    assert second == await case.carrier.announce(parcel)
    assert second.provider_shipment_id != first.provider_shipment_id
    assert second.reference != parcel.reference
    assert second.reference.startswith(parcel.reference)
    assert len(await case.world.awbs_of(parcel.reference)) == 2


async def test_a_cancelled_return_gives_way_to_one_derived_from_it(case: CarrierCase) -> None:
    """Likewise."""
    parcel = a_parcel().build()
    await case.carrier.cancel(await case.carrier.announce_return(parcel))

    second = await case.carrier.announce_return(parcel)

    assert second == await case.carrier.announce_return(parcel)
    assert second.reference != parcel.reference


async def test_offers_can_be_chosen_from(case: CarrierCase) -> None:
    """Each has what the choice needs, and is what it costs in the end."""
    announced = await case.carrier.announce(a_parcel().build())

    offers = await case.carrier.offers(announced)

    assert len({offer.courier_id for offer in offers}) == len(offers) > 1
    assert all(offer.fee > NOTHING and offer.days >= 1 and 0 <= offer.rating <= 5 and offer.name for offer in offers)
    choice = choose_courier(offers, CourierTerms(within_days=7, least_rating=3.0), PaymentMethod.PREPAID)
    assert choice is not None
    booked = await case.carrier.assign(announced, choice.courier_id)
    assert (booked.courier, booked.cost) == (choice.name, choice.fee)


async def test_only_who_collects_cash_offers_to_carry_a_parcel_that_is_not_paid(case: CarrierCase) -> None:
    """The money has to come back."""
    announced = await case.carrier.announce(AT_THE_DOOR.build())

    offers = await case.carrier.offers(announced)

    assert offers
    assert all(offer.collects_cash for offer in offers)


async def test_where_nobody_goes_there_are_no_offers(case: CarrierCase) -> None:
    """That is an answer; handing it over all the same is refused."""
    announced = await case.carrier.announce(TO_THE_ARMY.build())

    assert not await case.carrier.offers(announced)
    with pytest.raises(CarrierRefused):
        await case.carrier.assign(announced, None)


async def test_a_return_is_carried_too(case: CarrierCase) -> None:
    """With offers, a courier and a pickup, at the customer's."""
    announced = await case.carrier.announce_return(a_parcel().build())

    offers = await case.carrier.offers(announced)
    booked = await case.carrier.assign(announced, offers[0].courier_id)
    pickup = await case.carrier.schedule_pickup(announced)

    assert booked.courier == offers[0].name
    assert pickup.scheduled_for is not None


@pytest.mark.parametrize("courier", ["999999", "nobody", ""])
async def test_a_courier_who_is_not_there_is_refused(case: CarrierCase, courier: str) -> None:
    """And nothing is paid."""
    announced = await case.carrier.announce(a_parcel().build())
    before = await case.world.wallet()

    with pytest.raises(CarrierRefused):
        await case.carrier.assign(announced, courier)

    assert await case.world.wallet() == before


async def test_another_courier_is_not_given_what_one_has(case: CarrierCase) -> None:
    """Whoever asks is told who has it."""
    announced, booked = await assigned(case, a_parcel().build())
    others = [offer for offer in await case.carrier.offers(announced) if offer.name != booked.courier]

    assert await case.carrier.assign(announced, others[0].courier_id) == booked


async def test_an_empty_wallet_is_a_refusal_with_a_reason(case: CarrierCase) -> None:
    """Somebody has to fill it; then it goes on."""
    announced = await case.carrier.announce(a_parcel().build())
    await case.world.empty_wallet()

    with pytest.raises(CarrierRefused) as refusal:
        await case.carrier.assign(announced, None)

    assert refusal.value.provider == case.provider
    assert "wallet" in refusal.value.reason
    assert await case.world.awbs_of(announced.reference) == [""]


async def test_a_parcel_of_another_carrier_is_refused(case: CarrierCase) -> None:
    """It was never announced here."""
    stranger = AnnouncedParcel("SC-1", "SC-1", "SC-1")

    for call in (case.carrier.offers, case.carrier.schedule_pickup, case.carrier.cancel):
        with pytest.raises(CarrierRefused):
            await call(stranger)
    with pytest.raises(CarrierRefused):
        await case.carrier.assign(stranger, None)


async def test_an_unreachable_carrier_is_a_technical_error(case: CarrierCase) -> None:
    """Whoever asks is told to come back in a while."""
    announced = await case.carrier.announce(a_parcel().build())
    carrier, parcel = case.unreachable, a_parcel().build()

    with pytest.raises(CarrierUnavailable) as failure:
        await carrier.announce(parcel)
    for announce in (carrier.announce_return, carrier.announce):
        with pytest.raises(CarrierUnavailable):
            await announce(parcel)
    for call in (carrier.offers, carrier.schedule_pickup, carrier.papers, carrier.cancel):
        with pytest.raises(CarrierUnavailable):
            await call(announced)
    with pytest.raises(CarrierUnavailable):
        await carrier.assign(announced, None)
    with pytest.raises(CarrierUnavailable):
        await carrier.track("1904990001234")

    assert failure.value.port == "carrier"
    assert failure.value.retry_after >= 1


async def test_by_hand_a_person_types_the_air_waybill() -> None:
    """There is nobody to ask, and nothing to wait for."""
    carrier = ManualCarrier()
    announced = await carrier.announce(a_parcel().build())

    assert not await carrier.offers(announced)
    with pytest.raises(AwbNeeded):
        await carrier.assign(announced, None)
    assert await carrier.schedule_pickup(announced) == Pickup(None)
    assert await carrier.papers(announced) == Papers(None, None, None)
