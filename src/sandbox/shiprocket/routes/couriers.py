"""`/courier/…` up to the pickup, `/account/…` and `/settings/…`."""

from __future__ import annotations

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import QueryParams, RawBody

from sandbox.shiprocket.ledger import PRIMARY, Ledger
from sandbox.shiprocket.rules import booking
from sandbox.shiprocket.wire import bookings_asked
from sandbox.shiprocket.wire.awb import AwbAnswer, PickupAnswer, assigned, pickup_scheduled
from sandbox.shiprocket.wire.pickup_locations import (
    AddedLocation,
    Locations,
    LocationsAnswer,
    added,
    new_location,
    row,
)
from sandbox.shiprocket.wire.serviceability import CourierList, ServiceabilityAnswer, courier_list, serviceable
from sandbox.shiprocket.wire.tracking import courier_name

Books = NamedDependency[Ledger]


class Balance(msgspec.Struct, frozen=True):
    """Rupees in a text."""

    balance_amount: str


class WalletAnswer(msgspec.Struct, frozen=True):
    """GET /account/details/wallet-balance."""

    data: Balance


@get("/courier/serviceability", sync_to_thread=False)
def serviceability(query: QueryParams, ledger: Books) -> ServiceabilityAnswer:
    """Who goes there, and for how much."""
    return serviceable(booking.serviceability(ledger, bookings_asked.service(query)), ledger.now())


@get("/courier/courierListWithCounts", sync_to_thread=False)
def list_couriers() -> CourierList:
    """All couriers."""
    return courier_list()


@post("/courier/assign/awb", status_code=200, sync_to_thread=False)
def assign_awb(body: RawBody, ledger: Books) -> AwbAnswer:
    """Hand a parcel to a courier."""
    shipment, offer = booking.assign(ledger, bookings_asked.awb(body))
    order = ledger.order_of(shipment)
    return assigned(order, shipment, offer, ledger.location(order.asked.pickup_location) or PRIMARY)


@post("/courier/generate/pickup", status_code=200, sync_to_thread=False)
def generate_pickup(body: RawBody, ledger: Books) -> PickupAnswer:
    """Have a parcel fetched."""
    shipment = booking.schedule_pickup(ledger, bookings_asked.pickup(body))
    return pickup_scheduled(shipment, courier_name(shipment))


@get("/account/details/wallet-balance", sync_to_thread=False)
def wallet(ledger: Books) -> WalletAnswer:
    """What there is to pay couriers from."""
    return WalletAnswer(Balance(f"{ledger.account.wallet / 100:.2f}"))


@get("/settings/company/pickup", sync_to_thread=False)
def list_locations(ledger: Books) -> LocationsAnswer:
    """Where parcels are fetched."""
    return LocationsAnswer(Locations(shipping_address=[row(each) for each in ledger.locations()]))


@post("/settings/company/addpickup", status_code=200, sync_to_thread=False)
def add_location(body: RawBody, ledger: Books) -> AddedLocation:
    """One more, or another address for one."""
    location = new_location(body, max(each.id for each in ledger.locations()) + 1)
    ledger.change(location)
    return added(location)
