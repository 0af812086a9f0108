"""Parcels under way: each step, what is wished for an undelivered one, and another journey for one that has set out."""

from __future__ import annotations

from msgspec.structs import replace

from sandbox.shiprocket import statuses
from sandbox.shiprocket.entities import ChosenJourney, JourneyName, Order, Scan, Shipment
from sandbox.shiprocket.journeys import BACK_TO_SENDER, STEPS, Place, Step, steps_of
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.rules import orders
from sandbox.shiprocket.wire.bookings_asked import NdrWish
from sandbox.shiprocket.wire.errors import refused


def advance(ledger: Ledger, shipment: Shipment) -> Shipment:
    """The next step of its journey, if there is one."""
    if not shipment.ahead:
        return shipment
    name, *rest = shipment.ahead
    order, now = ledger.order_of(shipment), ledger.now()
    if name == "cancelled":
        orders.end(ledger, order)
        return ledger.shipment_of(order)
    step = STEPS[name]
    moved = replace(
        shipment,
        status=step.shipment,
        passed=shipment.passed + 1,
        ahead=tuple(rest),
        scans=(*shipment.scans, *_scans(step, _location(ledger, order, step.place), now)),
        picked_up_at=now if name == "picked_up" else shipment.picked_up_at,
        delivered_at=now if name == "delivered" else shipment.delivered_at,
    )
    ledger.change(replace(order, status=step.order_of_return if order.asked.is_return else step.order), moved)
    return moved


def choose_journey(ledger: Ledger, parcel: str, journey: JourneyName) -> None:
    """For a parcel named by its AWB or its order's reference, now or later; one that has set out turns off."""
    ledger.change(ChosenJourney(parcel=parcel, journey=journey))
    shipment = named(ledger, parcel)
    if shipment is not None and shipment.ahead not in ((), ("cancelled",)):
        ledger.change(replace(shipment, ahead=steps_of(journey, shipment.passed)))


def named(ledger: Ledger, parcel: str) -> Shipment | None:
    """A parcel by its AWB or by its order's reference."""
    order = ledger.order_called(parcel)
    return ledger.shipment_with(parcel) if order is None else ledger.shipment_of(order)


def answer_failed_delivery(ledger: Ledger, awb: str, wish: NdrWish) -> None:
    """Try again, as couriers do anyway, or send it back at once. Raises Refused."""
    shipment = ledger.shipment_with(awb)
    if shipment is None:
        raise refused(404, "AWB not found")
    if shipment.status != statuses.SHIPMENT_UNDELIVERED:
        raise refused(400, "Action can not be taken on this shipment.")
    ahead = BACK_TO_SENDER if wish.action == "return" else shipment.ahead
    ledger.change(replace(shipment, wish=f"{wish.action}: {wish.comments}", ahead=ahead))


def _scans(step: Step, location: str, now: float) -> list[Scan]:
    remarks = [
        Scan(at=now, code=None, status=status, activity=activity, location=location)
        for status, activity in step.remarks
    ]
    return [
        *remarks,
        Scan(at=now, code=step.shipment, status=step.status, activity=step.activity, location=location),
    ]


def _location(ledger: Ledger, order: Order, place: Place) -> str:
    sender = ledger.location(order.asked.pickup_location) or order.asked.billing
    recipient = order.asked.shipping
    if place == "on the way":
        return f"{recipient.state}_Gateway ({recipient.state})"
    end = sender if place == "origin" else recipient
    return f"{end.city}_Hub ({end.state})"
