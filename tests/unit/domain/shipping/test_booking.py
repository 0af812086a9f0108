"""A booking goes on step by step, and whoever repeats a step after a crash does nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.money import Money
from domain.shipping.booking import BookingStep
from domain.shipping.errors import InvalidShipmentTransition
from domain.shipping.events import BookingFailed, ShipmentBooked
from domain.shipping.parcel import ParcelStatus
from domain.shipping.shipment import Shipment
from tests.builders import NOW, a_shipment, a_waybill
from tests.builders.shipments import ShipmentBuilder

LATER = NOW + timedelta(hours=1)


def announce(shipment: Shipment, reference: str = "IS-2026-000001-1-R1") -> None:
    """The carrier answers."""
    shipment.announce(reference=reference, provider_order_id="1", provider_shipment_id="2", at=LATER)


def book(shipment: Shipment) -> None:
    """The carrier's last answer."""
    shipment.book(pickup_at=LATER, label_url="https://l", manifest_url=None, invoice_url=None, at=LATER)


MESSAGES: dict[str, Callable[[Shipment], None]] = {
    "announce": announce,
    "choose": lambda shipment: shipment.choose("43", LATER),
    "assign": lambda shipment: shipment.assign(a_waybill(), Money(9_640), LATER),
    "book": book,
    "fail": lambda shipment: shipment.fail("no courier", LATER),
    "cancel": lambda shipment: shipment.cancel(LATER),
}


def names(shipment: Shipment) -> list[str]:
    """What it tells."""
    return [event.name for event in shipment.pull_events()]


def test_a_booking_is_told_once_it_stands() -> None:
    """With all that a mail needs; and what is not certain yet is not told."""
    shipment = a_shipment().build()
    announce(shipment)
    shipment.choose("43", LATER)
    shipment.assign(a_waybill(), Money(9_640), LATER)
    assert names(shipment) == ["shipment.requested"]
    book(shipment)
    assert shipment.pull_events() == [
        ShipmentBooked(
            aggregate_id=shipment.id,
            occurred_at=LATER,
            order_id=shipment.order_id,
            order=shipment.order,
            direction="OUTBOUND",
            awb="1904990001234",
            courier="Delhivery Surface",
            tracking_url="https://tracking.example/1904990001234",
        )
    ]
    assert (shipment.step, shipment.reference) == (BookingStep.BOOKED, "IS-2026-000001-1-R1")
    assert (shipment.cost, shipment.pickup_at, shipment.label_url) == (Money(9_640), LATER, "https://l")


@pytest.mark.parametrize("message", ["announce", "choose", "assign", "book"])
def test_a_step_that_is_behind_is_harmless(message: str) -> None:
    """Two workers may be at the same booking for a moment: what came first stays."""
    shipment = a_shipment().booked().build()
    before = (shipment.step, shipment.waybill, shipment.cost, shipment.courier_id, shipment.label_url)
    shipment.pull_events()
    MESSAGES[message](shipment)
    assert (shipment.step, shipment.waybill, shipment.cost, shipment.courier_id, shipment.label_url) == before
    assert names(shipment) == []


@pytest.mark.parametrize(
    ("shipment", "message"),
    [
        (a_shipment(), "assign"),
        (a_shipment().failed(), "cancel"),
        (a_shipment().booked().at(ParcelStatus.PICKED_UP), "cancel"),
        (a_shipment().booked().at(ParcelStatus.DELIVERED), "cancel"),
    ],
    ids=["nobody knows of it", "it has failed", "it is on its way", "it has arrived"],
)
def test_a_wrong_step_is_refused(shipment: ShipmentBuilder, message: str) -> None:
    """By name, with where it stands; nothing changes and nothing is told."""
    built = shipment.build()
    built.pull_events()
    step = built.step
    with pytest.raises(InvalidShipmentTransition):
        MESSAGES[message](built)
    assert (built.step, names(built)) == (step, [])


@pytest.mark.parametrize("ended", [a_shipment().cancelled(), a_shipment().failed()], ids=["cancelled", "failed"])
def test_what_the_carrier_answers_after_the_end_is_kept_all_the_same(ended: ShipmentBuilder) -> None:
    """Whoever calls the parcel off there has to know it by its ids; but it doesn't come to life again."""
    shipment = ended.build()
    step = shipment.step
    shipment.pull_events()
    announce(shipment)
    shipment.assign(a_waybill(), None, LATER)
    book(shipment)
    assert (shipment.provider_order_id, shipment.provider_shipment_id) == ("1", "2")
    assert shipment.waybill == a_waybill()
    assert (shipment.step, shipment.is_live, names(shipment)) == (step, False, [])


def test_a_booking_that_fails_says_why_in_words_that_can_be_kept() -> None:
    """Whatever the carrier had to say, once."""
    shipment = a_shipment().announced().build()
    shipment.pull_events()
    shipment.fail("wallet\x00 empty \ud800" + "!" * 1_000, LATER)
    shipment.fail("and again", LATER)
    (failed,) = shipment.pull_events()
    assert isinstance(failed, BookingFailed)
    assert failed.reason == shipment.failure
    assert failed.reason.startswith("wallet empty !!!")
    assert len(failed.reason) == 200


def test_a_parcel_can_be_called_off_until_the_courier_has_it() -> None:
    """Twice is harmless."""
    shipment = a_shipment().booked().at(ParcelStatus.PICKUP_SCHEDULED).build()
    shipment.pull_events()
    shipment.cancel(LATER)
    shipment.cancel(LATER)
    assert (shipment.step, shipment.is_live, names(shipment)) == (BookingStep.CANCELLED, False, ["shipment.cancelled"])


def test_a_parcel_that_was_called_off_too_late_goes_on() -> None:
    """And can be followed again."""
    shipment = a_shipment().booked().cancelled().build()
    shipment.carry_on_all_the_same(LATER)
    assert (shipment.step, shipment.is_live) == (BookingStep.BOOKED, True)


def test_what_never_had_a_courier_does_not_go_on() -> None:
    """There is no parcel to carry."""
    with pytest.raises(InvalidShipmentTransition):
        a_shipment().announced().cancelled().build().carry_on_all_the_same(LATER)


def test_an_air_waybill_that_is_typed_in_books_the_parcel() -> None:
    """There are no papers to print; typing it again is harmless, another one is refused."""
    shipment = a_shipment().carried_by("manual").awaiting_awb().build()
    assert names(shipment) == ["shipment.requested", "shipment.awaits_awb"]
    shipment.enter_awb(a_waybill("BD-123456"), LATER)
    shipment.enter_awb(a_waybill("BD-123456"), LATER)
    assert (shipment.step, names(shipment)) == (BookingStep.BOOKED, ["shipment.booked"])
    with pytest.raises(InvalidShipmentTransition):
        shipment.enter_awb(a_waybill("BD-999999"), LATER)


def test_nobody_types_an_air_waybill_that_is_not_awaited() -> None:
    """The carrier is going to give one."""
    with pytest.raises(InvalidShipmentTransition):
        a_shipment().announced().build().enter_awb(a_waybill(), LATER)
