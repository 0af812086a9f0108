"""A parcel only goes forwards, whatever its carrier says, in whatever order and however often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.shipping.booking import BookingStep
from domain.shipping.errors import DeliveryNotFailed
from domain.shipping.events import ParcelDelivered
from domain.shipping.journey import MOST_SCANS, ParcelNews
from domain.shipping.parcel import ParcelStatus, Scan
from domain.shipping.shipment import Shipment
from tests.builders import NOW, a_shipment, news
from tests.builders.shipments import ShipmentBuilder

P = ParcelStatus
PICKUP = (P.BOOKED, P.PICKUP_SCHEDULED, P.PICKED_UP, P.IN_TRANSIT)
AT_THE_DOOR = (*PICKUP, P.OUT_FOR_DELIVERY, P.UNDELIVERED, P.OUT_FOR_DELIVERY)
JOURNEYS = {
    "delivered": (*PICKUP, P.OUT_FOR_DELIVERY, P.DELIVERED),
    "delivered at the second try": (*AT_THE_DOOR, P.DELIVERED),
    "waits for a word": (*AT_THE_DOOR, P.UNDELIVERED),
    "at the door again": AT_THE_DOOR,
    "never handed over": (*AT_THE_DOOR, P.UNDELIVERED, P.RTO_INITIATED, P.RTO_IN_TRANSIT, P.RTO_DELIVERED),
    "on its way back": (*AT_THE_DOOR, P.RTO_INITIATED, P.RTO_IN_TRANSIT),
    "lost": (*PICKUP, P.LOST),
    "lost and found": (*PICKUP, P.LOST, P.DELIVERED),
    "lost on the way back": (*PICKUP, P.RTO_INITIATED, P.LOST, P.RTO_DELIVERED),
}


def told_of(journey: Sequence[ParcelStatus]) -> list[ParcelNews]:
    """What a carrier says of it, one hour after the other."""
    return [news(status, NOW + timedelta(hours=hour)) for hour, status in enumerate(journey, start=1)]


def names(shipment: Shipment) -> list[str]:
    """What was told of the parcel."""
    return [event.name for event in shipment.pull_events() if event.name.startswith("parcel.")]


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
def test_a_journey_ends_where_it_ends(journey: Sequence[ParcelStatus]) -> None:
    """When all is told in order."""
    shipment = a_shipment().booked().build()
    for each in told_of(journey):
        shipment.follow(each, each.at)
    assert shipment.status is journey[-1]
    assert shipment.status_at == NOW + timedelta(hours=len(journey))


@given(st.data())
def test_disorder_and_repetition_change_nothing_in_the_end(data: st.DataObject) -> None:
    """Every message comes at least once, in any order: the parcel is where it is."""
    journey = data.draw(st.sampled_from(list(JOURNEYS.values())))
    once = told_of(journey)
    again = data.draw(st.lists(st.sampled_from(once), max_size=8))
    shipment = a_shipment().booked().build()
    for each in data.draw(st.permutations([*once, *again])):
        shipment.follow(each, NOW + timedelta(days=1))
    assert shipment.status is journey[-1]
    assert sum(isinstance(event, ParcelDelivered) for event in shipment.pull_events()) == (journey[-1] is P.DELIVERED)


def test_each_station_is_told_once() -> None:
    """Those that mean the same to anybody are one."""
    shipment = a_shipment().booked().build()
    for each in told_of(JOURNEYS["never handed over"]):
        shipment.follow(each, each.at)
        shipment.follow(each, each.at)
    assert names(shipment) == [
        "parcel.picked_up",
        "parcel.moved",
        "parcel.out_for_delivery",
        "parcel.undelivered",
        "parcel.out_for_delivery",
        "parcel.undelivered",
        "parcel.returning",
        "parcel.returned",
    ]


def test_a_return_tells_of_the_way_back_and_never_of_a_delivery() -> None:
    """Nobody gets a mail that shoes are at their door which they have just sent away."""
    shipment = a_shipment().going_back().booked().build()
    for each in told_of((*PICKUP, P.OUT_FOR_DELIVERY, P.DELIVERED)):
        shipment.follow(each, each.at)
    assert names(shipment) == ["parcel.returning", "parcel.returned"]


@pytest.mark.parametrize(
    ("shipment", "late"),
    [
        (a_shipment().booked().at(P.DELIVERED), P.RTO_INITIATED),
        (a_shipment().booked().at(P.DELIVERED), P.LOST),
        (a_shipment().booked().at(P.DELIVERED), P.CANCELLED),
        (a_shipment().booked().at(P.RTO_INITIATED), P.DELIVERED),
        (a_shipment().booked().at(P.RTO_DELIVERED), P.DELIVERED),
        (a_shipment().booked().at(P.PICKED_UP), P.CANCELLED),
        (a_shipment().booked().at(P.OUT_FOR_DELIVERY), P.IN_TRANSIT),
    ],
)
def test_what_can_not_follow_moves_nothing(shipment: ShipmentBuilder, late: ParcelStatus) -> None:
    """Cash of a parcel that went back is never counted as collected."""
    built = shipment.build()
    status = built.status
    built.pull_events()
    built.follow(news(late, NOW + timedelta(hours=5)), NOW + timedelta(hours=5))
    assert (built.status, list(built.pull_events())) == (status, [])


@pytest.mark.parametrize(
    "shipment",
    [a_shipment(), a_shipment().announced(), a_shipment().booked().cancelled(), a_shipment().booked().failed()],
    ids=["requested", "announced", "cancelled", "failed"],
)
def test_what_is_no_parcel_is_not_followed(shipment: ShipmentBuilder) -> None:
    """It has no air waybill, or was given up."""
    built = shipment.build()
    built.pull_events()
    built.follow(news(P.DELIVERED), NOW)
    assert (built.status, built.scans, list(built.pull_events())) == (None, (), [])


def test_a_parcel_that_the_carrier_cancels_has_failed() -> None:
    """It has to be booked again, of which somebody is told."""
    shipment = a_shipment().booked().build()
    shipment.pull_events()
    shipment.follow(news(P.CANCELLED), NOW)
    assert (shipment.step, shipment.failure) == (BookingStep.FAILED, "the carrier cancelled the parcel")
    assert [event.name for event in shipment.pull_events()] == ["shipment.booking_failed"]


def test_a_clock_that_is_ahead_does_not_outvote_what_comes_next() -> None:
    """Somebody else's year 2099 is now."""
    shipment = a_shipment().booked().build()
    shipment.follow(news(P.UNDELIVERED, NOW + timedelta(days=30_000)), NOW)
    shipment.follow(news(P.OUT_FOR_DELIVERY, NOW + timedelta(hours=1)), NOW + timedelta(hours=1))
    assert shipment.status is P.OUT_FOR_DELIVERY


def test_a_repeated_status_of_a_later_time_counts_as_heard_then() -> None:
    """An older word that comes after it is the older one."""
    shipment = a_shipment().booked().build()
    now = NOW + timedelta(days=1)
    for status, hours in ((P.OUT_FOR_DELIVERY, 1), (P.OUT_FOR_DELIVERY, 5), (P.UNDELIVERED, 3)):
        shipment.follow(news(status, NOW + timedelta(hours=hours)), now)
    assert shipment.status is P.OUT_FOR_DELIVERY


def test_a_delivery_keeps_its_moment() -> None:
    """The window for a return begins there."""
    shipment = a_shipment().booked().build()
    for hour in (1, 2):
        shipment.follow(news(P.DELIVERED, NOW + timedelta(hours=hour)), NOW + timedelta(days=1))
    assert shipment.delivered_at == NOW + timedelta(hours=1)


def test_the_history_is_kept_in_order_without_repetitions_and_bounded() -> None:
    """However much a carrier sends, however often, and with whatever in it."""
    shipment = a_shipment().booked().build()
    scans = [Scan(NOW + timedelta(minutes=minute), None, f"Scan {minute}", "Agra") for minute in range(150)]
    shipment.follow(news(None, NOW, *reversed(scans)), NOW)
    shipment.follow(news(None, NOW, *scans[:20]), NOW)
    shipment.follow(news(None, NOW, *scans[100:]), NOW)
    assert shipment.scans == tuple(scans[-MOST_SCANS:])

    shipment.follow(news(None, NOW, Scan(NOW + timedelta(days=1), None, "a\x00" * 500, "b\ud800" * 500)), NOW)
    last = shipment.scans[-1]
    assert (last.text, last.location) == ("a" * 200, "b" * 200)


def test_news_without_a_status_moves_nothing_but_is_news() -> None:
    """The expected day and the time of the last look are kept; an unknown day takes none away."""
    shipment = a_shipment().booked().build()
    later, day = NOW + timedelta(hours=3), NOW + timedelta(days=3)
    shipment.follow(news(None, expected_at=day), NOW)
    shipment.follow(news(None), later)
    assert (shipment.status, shipment.expected_at, shipment.checked_at) == (None, day, later)


def test_only_an_undelivered_parcel_asks_for_a_word() -> None:
    """The courier wants none about the others."""
    a_shipment().booked().at(P.UNDELIVERED).build().check_asks()
    with pytest.raises(DeliveryNotFailed):
        a_shipment().booked().at(P.OUT_FOR_DELIVERY).build().check_asks()
