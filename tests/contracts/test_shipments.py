"""Every place where shipments are kept gives them back as they were, and no order or air waybill two of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.ordering.order import Order
from domain.shipping.booking import BookingStep
from domain.shipping.errors import AlreadyShipping, AwbTaken
from domain.shipping.parcel import ParcelStatus, Scan
from domain.shipping.shipment import Shipment
from ports.errors import StaleAggregate
from ports.shipments import ShipmentKey
from tests.builders import NOW, a_shipment, a_waybill, an_order, fresh_id, news
from tests.contracts.aggregates import never_set, state_of
from tests.contracts.dispatch_room import kept, now_kept, ordered
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

P = ParcelStatus


@pytest.fixture
async def order(shop: ShopCase) -> Order:
    """An order of the shop, to be shipped."""
    return await ordered(shop)


def requested_shipment(order: Order) -> Shipment:
    """Just asked for."""
    return a_shipment().of(order).requested(NOW + timedelta(microseconds=1)).build()


def returned_shipment(order: Order) -> Shipment:
    """All the way, and back to the workshop, with a line in it that moved nothing."""
    shipment = a_shipment().of(order).booked().at(P.PICKED_UP, P.UNDELIVERED, P.RTO_INITIATED, P.RTO_DELIVERED).build()
    shipment.follow(news(None, NOW, Scan(NOW, None, "Ring twice — धन्यवाद", "")), NOW + timedelta(days=1))
    return shipment


def failed_return(order: Order) -> Shipment:
    """From the customer, cancelled by the carrier."""
    return a_shipment().of(order).going_back().booked().at(P.CANCELLED).build()


SAMPLES = [
    pytest.param(requested_shipment, id="requested"),
    pytest.param(returned_shipment, id="returned"),
    pytest.param(failed_return, id="failed"),
]


def test_the_samples_leave_no_field_at_its_default() -> None:
    """A field that a mapper forgot would come back with its default, and so be found out."""
    order = an_order().build()

    assert never_set([returned_shipment(order), failed_return(order)]) == set()


@pytest.mark.parametrize("sample", SAMPLES)
async def test_a_shipment_comes_back_as_it_was_added(
    shop: ShopCase, order: Order, sample: Callable[[Order], Shipment]
) -> None:
    """Nothing of a shipment is lost or altered on the way."""
    shipment = sample(order)

    await kept(shop, shipment)

    assert state_of(await now_kept(shop, shipment)) == state_of(shipment)


@pytest.mark.parametrize("sample", SAMPLES)
async def test_a_change_comes_back_as_it_was_saved(
    shop: ShopCase, order: Order, sample: Callable[[Order], Shipment]
) -> None:
    """All that may change of a shipment is kept."""
    wanted = sample(order)
    await kept(shop, replace(a_shipment().of(order), id=wanted.id, direction=wanted.direction).build())

    async with shop.begin() as tx:
        changed = await tx.shipments.get(wanted.id)
        for name, value in state_of(wanted).items():
            if name not in {"version", "id"}:
                setattr(changed, name, value)
        await tx.shipments.save(changed)

    assert state_of(await now_kept(shop, wanted)) == state_of(changed)


async def test_an_unknown_shipment_is_not_found(shop: ShopCase) -> None:
    """There is no parcel that nobody asked for."""
    async with shop.begin() as tx:
        with pytest.raises(NotFound):
            await tx.shipments.get(fresh_id())


async def test_there_is_no_shipment_without_its_order(shop: ShopCase) -> None:
    """A parcel always belongs to an order."""
    with pytest.raises(NotFound):
        await kept(shop, a_shipment().build())


async def test_the_shipments_of_an_order_are_told_in_order(shop: ShopCase, order: Order) -> None:
    """Every try, failed ones too, and nobody else's."""
    another = an_order().build()
    async with shop.begin() as tx:
        await tx.orders.add(another)
    first = a_shipment().of(order).requested(NOW).failed().build()
    second = a_shipment().of(order).requested(NOW + timedelta(hours=1)).build()
    back = a_shipment().of(order).requested(NOW + timedelta(hours=2)).going_back().build()
    await kept(shop, second, back, first, a_shipment().of(another).build())

    async with shop.begin() as tx:
        assert [each.id for each in await tx.shipments.of_order(order.id)] == [first.id, second.id, back.id]
        assert list(await tx.shipments.of_order(fresh_id())) == []


async def test_a_shipment_is_found_by_its_air_waybill(shop: ShopCase, order: Order) -> None:
    """At its carrier alone."""
    shipment = a_shipment().of(order).booked("AWB-1").build()
    await kept(shop, shipment)

    async with shop.begin() as tx:
        assert await tx.shipments.with_awb("shiprocket", "AWB-1") == ShipmentKey(shipment.id, order.id)
        assert await tx.shipments.with_awb("manual", "AWB-1") is None


@pytest.mark.parametrize("awb", ["AWB-2", "", "awb-1", "AWB-1\x00", "\ud800", "x" * 10_000])
async def test_an_air_waybill_that_is_nobody_s_finds_nothing(shop: ShopCase, order: Order, awb: str) -> None:
    """Carriers tell of parcels that are not ours."""
    await kept(shop, a_shipment().of(order).booked("AWB-1").build())

    async with shop.begin() as tx:
        assert await tx.shipments.with_awb("shiprocket", awb) is None


async def test_an_order_has_one_live_shipment_in_a_direction(shop: ShopCase, order: Order) -> None:
    """One that failed or was cancelled stands in no other's way, and neither does the way back."""
    await kept(
        shop,
        a_shipment().of(order).failed().build(),
        a_shipment().of(order).booked().cancelled().build(),
        a_shipment().of(order).booked().build(),
        a_shipment().of(order).going_back().build(),
    )

    for builder in (a_shipment(), a_shipment().going_back()):
        with pytest.raises(AlreadyShipping) as refusal:
            await kept(shop, builder.of(order).build())
        assert refusal.value.order == order.ext_id


async def test_a_shipment_does_not_come_to_life_beside_another(shop: ShopCase, order: Order) -> None:
    """Called off too late, when the next one is under way already."""
    late = a_shipment().of(order).booked().cancelled().build()
    await kept(shop, late, a_shipment().of(order).build())

    shipment = await now_kept(shop, late)
    shipment.carry_on_all_the_same(NOW)
    with pytest.raises(AlreadyShipping):
        async with shop.begin() as tx:
            await tx.shipments.save(shipment)


async def test_an_air_waybill_belongs_to_one_shipment_of_a_carrier(shop: ShopCase, order: Order) -> None:
    """Whoever follows it has one parcel to move."""
    another = an_order().build()
    async with shop.begin() as tx:
        await tx.orders.add(another)
    announced = a_shipment().of(another).announced().build()
    await kept(shop, a_shipment().of(order).booked("AWB-1").build(), announced)

    shipment = await now_kept(shop, announced)
    shipment.assign(a_waybill("AWB-1"), None, NOW)
    with pytest.raises(AwbTaken) as refusal:
        async with shop.begin() as tx:
            await tx.shipments.save(shipment)

    assert refusal.value.awb == "AWB-1"
    assert (await now_kept(shop, announced)).step is BookingStep.ANNOUNCED
    await kept(shop, a_shipment().of(order).going_back().carried_by("manual").booked("AWB-1").build())


async def test_a_changed_object_means_nothing_until_it_is_saved(shop: ShopCase, order: Order) -> None:
    """Neither the object added nor the ones loaded are the one that is kept."""
    shipment = a_shipment().of(order).build()
    async with shop.begin() as tx:
        await tx.shipments.add(shipment)
        shipment.reference = "written after add"
        (await tx.shipments.get(shipment.id)).reference = "written after get"
        [listed] = await tx.shipments.of_order(order.id)
        listed.reference = "written after of_order"

    assert (await now_kept(shop, shipment)).reference not in {shipment.reference, listed.reference}


async def test_a_change_of_an_old_version_is_refused(shop: ShopCase, order: Order) -> None:
    """Who loaded a shipment before somebody else saved it doesn't overwrite that change."""
    shipment = a_shipment().of(order).build()
    await kept(shop, shipment)
    old = await now_kept(shop, shipment)
    async with shop.begin() as tx:
        newer = await tx.shipments.get(shipment.id)
        newer.fail("no courier", NOW)
        await tx.shipments.save(newer)

    old.cancel(NOW)
    with pytest.raises(StaleAggregate):
        async with shop.begin() as tx:
            await tx.shipments.save(old)

    assert state_of(await now_kept(shop, shipment)) == state_of(newer)


async def test_a_shipment_that_was_never_added_can_not_be_saved(shop: ShopCase, order: Order) -> None:
    """`save` changes, it never creates."""
    shipment = a_shipment().of(order).build()
    shipment.version = 1

    with pytest.raises(StaleAggregate):
        async with shop.begin() as tx:
            await tx.shipments.save(shipment)


async def test_a_shipment_that_is_rolled_back_was_never_there(shop: ShopCase, order: Order) -> None:
    """Neither it nor what it told."""
    async with shop.failing() as tx:
        await tx.shipments.add(a_shipment().of(order).build())

    async with shop.begin() as tx:
        assert list(await tx.shipments.of_order(order.id)) == []
    assert not [told for told in await shop.outbox() if told.aggregate == "shipment"]


async def test_events_are_told_once_and_in_order(shop: ShopCase, order: Order) -> None:
    """Rule 5: what happened to the parcel is in the outbox as soon as the change is."""
    shipment = a_shipment().of(order).booked().build()
    await kept(shop, shipment)
    async with shop.begin() as tx:
        again = await tx.shipments.get(shipment.id)
        again.follow(news(P.DELIVERED), NOW)
        await tx.shipments.save(again)

    told = [event for event in await shop.outbox() if event.aggregate == "shipment"]

    assert [event.name for event in told] == ["shipment.requested", "shipment.booked", "parcel.delivered"]
    assert {event.aggregate_id for event in told} == {shipment.id}
