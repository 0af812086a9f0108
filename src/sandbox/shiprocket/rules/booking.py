"""From an order to a parcel that waits for its courier: offers, air waybill, pickup."""

from __future__ import annotations

import random
from typing import Final

from msgspec.structs import replace

from sandbox.shiprocket import statuses
from sandbox.shiprocket.couriers import Journey, Offer, offers, recommended
from sandbox.shiprocket.entities import Order, Shipment
from sandbox.shiprocket.journeys import steps_of
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.moments import day_named, in_days, not_on_sunday
from sandbox.shiprocket.wire.awb import AwbRefusal, wallet_refusal
from sandbox.shiprocket.wire.bookings_asked import AskedAwb, AskedPickup, AskedService
from sandbox.shiprocket.wire.errors import Refused, refused
from sandbox.shiprocket.wire.serviceability import NoCourier

LEAST_BALANCE: Final = 100_00
_PICKUP_HOUR: Final = 14
_DELIVERY_HOUR: Final = 19
_REASSIGN_AFTER: Final = 24 * 3600
_RANDOM: Final = random.SystemRandom()


def serviceability(ledger: Ledger, asked: AskedService) -> list[Offer]:
    """Who would carry that order, or a parcel like that. Raises Refused, with status 200."""
    journey = asked.journey
    if journey is None:
        order = ledger.order(asked.order_id)
        if order is None:
            raise Refused(200, NoCourier("Order does not exist!"))
        journey = journey_of(ledger, order)
    found = [each for each in offers(journey, ledger.settings.unserviceable) if asked.mode in ("", each.courier.mode)]
    if not found:
        raise Refused(200, NoCourier("No courier service available for the given pincodes."))
    return found


def journey_of(ledger: Ledger, order: Order) -> Journey:
    """What an order asks of a courier."""
    asked = order.asked
    location = ledger.location(asked.pickup_location)
    return Journey(
        origin=asked.billing.pincode if location is None else location.pincode,
        destination=asked.shipping.pincode,
        weight=asked.charged_weight,
        payment_method=asked.payment_method,
    )


def assign(ledger: Ledger, asked: AskedAwb) -> tuple[Shipment, Offer]:
    """Hand a parcel to a courier and pay for it. Raises Refused; much of that has status 200."""
    shipment = found(ledger, asked.shipment_id)
    order = ledger.order_of(shipment)
    _check_assignable(ledger, order, shipment, asked)
    offer = _chosen(ledger, order, asked.courier_id)
    account, now = ledger.account, ledger.now()
    left = account.wallet + shipment.freight - offer.rate
    if account.wallet < LEAST_BALANCE:
        raise wallet_refusal(ledger.settings.refusal_shape, LEAST_BALANCE)
    if left < 0:
        raise Refused(200, AwbRefusal.because("Insufficient amount to label this shipment", offer.courier.id))
    assigned = replace(
        shipment,
        status=statuses.SHIPMENT_AWB_ASSIGNED,
        awb=_new_awb(ledger),
        courier_id=offer.courier.id,
        freight=offer.rate,
        assigned_at=now,
        reassigned_at=now if shipment.awb else None,
        expected_at=in_days(now, offer.days + 1, hour=_DELIVERY_HOUR),
        pickup_at=None,
        manifested=False,
        labelled=False,
        ahead=(),
    )
    ready = statuses.RETURN_INITIATED if order.asked.is_return else statuses.READY_TO_SHIP
    ledger.change(replace(order, status=ready), replace(account, wallet=left), assigned)
    return assigned, offer


def schedule_pickup(ledger: Ledger, asked: AskedPickup) -> Shipment:
    """Have the courier come, and the parcel's journey begin. Raises Refused."""
    shipment = found(ledger, asked.shipment_id)
    if not shipment.awb or shipment.status == statuses.SHIPMENT_CANCELLED:
        raise refused(400, "AWB is not assigned to this shipment.")
    again = asked.retries and shipment.status in statuses.NOT_FETCHED
    if shipment.pickup_at is not None and not again:
        raise refused(400, "Already in Pickup Queue.")
    now, order = ledger.now(), ledger.order_of(shipment)
    tomorrow = in_days(now, 1, hour=_PICKUP_HOUR)
    wished = day_named(asked.date, hour=_PICKUP_HOUR) if asked.date else tomorrow
    waiting = replace(
        shipment,
        status=statuses.SHIPMENT_PICKUP_SCHEDULED,
        pickup_asked_at=now,
        pickup_at=not_on_sunday(wished if wished > now else tomorrow),
        passed=0,
        ahead=steps_of(ledger.journey_of(shipment)),
    )
    scheduled = statuses.RETURN_PICKUP_GENERATED if order.asked.is_return else statuses.PICKUP_SCHEDULED
    ledger.change(replace(order, status=scheduled), waiting)
    return waiting


def found(ledger: Ledger, shipment_id: int) -> Shipment:
    """That parcel. Raises Refused."""
    shipment = ledger.shipment(shipment_id)
    if shipment is None:
        raise refused(400, "Invalid shipment id")
    return shipment


def _check_assignable(ledger: Ledger, order: Order, shipment: Shipment, asked: AskedAwb) -> None:
    if order.status in statuses.ENDED:
        raise refused(500, "order is in cancelled state.")
    if shipment.status == statuses.SHIPMENT_CANCELLATION_REQUESTED:
        raise refused(500, f"AWB IS ALREADY ASSIGNED {shipment.awb} CANCELLATION REQUESTED")
    if not shipment.awb:
        return
    lately = shipment.reassigned_at is not None and ledger.now() - shipment.reassigned_at < _REASSIGN_AFTER
    if not asked.reassigns or lately or shipment.status not in statuses.NOT_FETCHED:
        raise refused(400, "Oops! Cannot reassign courier for this shipment.")


def _chosen(ledger: Ledger, order: Order, courier_id: int | None) -> Offer:
    journey = journey_of(ledger, order)
    takers = offers(journey, ledger.settings.unserviceable)
    if courier_id is None and takers:
        return recommended(takers)
    for offer in takers:
        if offer.courier.id == courier_id:
            return offer
    reason = f"Selected courier not available between {journey.origin} and {journey.destination}"
    raise Refused(200, AwbRefusal.because(reason, courier_id))


def _new_awb(ledger: Ledger) -> str:
    while ledger.shipment_with(awb := f"{_RANDOM.randrange(10**12, 10**13)}") is not None:
        pass
    return awb
