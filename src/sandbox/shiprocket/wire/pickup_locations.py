"""Pickup locations, as they are asked for, listed, and offered to who names a wrong one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from sandbox.shiprocket.entities import COMPANY_ID, PickupLocation
from sandbox.shiprocket.wire.errors import Refused
from sandbox.shiprocket.wire.fields import Fields, read_body

_COMPANY: Final = "Solecraft"
_LONGEST_NICKNAME: Final = 36
_LONGEST_ADDRESS: Final = 80
_HOUSE: Final = re.compile(r"\d|house|flat|road", re.IGNORECASE)


class LocationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of GET /settings/company/pickup."""

    id: int
    pickup_location: str
    address_type: str | None = None
    address: str
    address_2: str
    updated_address: bool = False
    old_address: str = ""
    old_address2: str = ""
    tag: str = ""
    tag_value: str = ""
    instruction: str = ""
    city: str
    state: str
    country: str
    pin_code: str
    email: str
    is_first_mile_pickup: int = 0
    phone: str
    name: str
    company_id: int = COMPANY_ID
    gstin: str | None = None
    vendor_name: str | None = None
    status: int = 2
    phone_verified: int = 1
    lat: str = ""
    long: str = ""
    open_time: str | None = None
    close_time: str | None = None
    warehouse_code: str | None = None
    alternate_phone: str = ""
    rto_address_id: int
    lat_long_status: int = 0
    new: int = 1
    associated_rto_address: str | None = None
    is_primary_location: int = 0


class Locations(msgspec.Struct, frozen=True, kw_only=True):
    """The inside of GET /settings/company/pickup."""

    shipping_address: list[LocationRow]
    allow_more: str = "true"
    is_blackbox_seller: bool = False
    company_name: str = _COMPANY
    recent_addresses: list[str] = []


class LocationsAnswer(msgspec.Struct, frozen=True):
    """GET /settings/company/pickup."""

    data: Locations


class WrongPickupLocation(msgspec.Struct, frozen=True, kw_only=True):
    """The refusal of an order that names a location that isn't there, with those that are."""

    message: str = "Wrong Pickup location entered. Please choose one location from the data given"
    data: list[LocationRow]
    status_code: int = 400

    @classmethod
    def of(cls, known: Sequence[PickupLocation]) -> WrongPickupLocation:
        """With the locations to choose from."""
        return cls(data=[row(each) for each in known])


class AddedAddress(msgspec.Struct, frozen=True, kw_only=True):
    """The inside of AddedLocation."""

    company_id: int = COMPANY_ID
    pickup_code: str
    address: str
    address_2: str
    address_type: str | None = None
    city: str
    state: str
    country: str
    gstin: str | None = None
    pin_code: str
    phone: str
    email: str
    name: str
    alternate_phone: str | None = None
    lat: str | None = None
    long: str | None = None
    status: int = 1
    phone_verified: int = 1
    rto_address_id: int
    id: int


class AddedLocation(msgspec.Struct, frozen=True, kw_only=True):
    """POST /settings/company/addpickup."""

    success: bool = True
    address: AddedAddress
    pickup_id: int
    company_name: str = _COMPANY
    full_name: str


class _Bag(msgspec.Struct, frozen=True):
    """The shape of validation that only this address has: the fields stand under `message`."""

    message: dict[str, list[str]]


def row(location: PickupLocation) -> LocationRow:
    """As it is listed."""
    return LocationRow(
        id=location.id,
        pickup_location=location.nickname,
        address=location.address,
        address_2=location.address_2,
        city=location.city,
        state=location.state,
        country=location.country,
        pin_code=location.pincode,
        email=location.email,
        phone=location.phone,
        name=location.name,
        rto_address_id=location.id,
    )


def added(location: PickupLocation) -> AddedLocation:
    """As it is confirmed."""
    address = AddedAddress(
        pickup_code=location.nickname,
        address=location.address,
        address_2=location.address_2,
        city=location.city,
        state=location.state,
        country=location.country,
        pin_code=location.pincode,
        phone=location.phone,
        email=location.email,
        name=location.name,
        rto_address_id=location.id,
        id=location.id,
    )
    return AddedLocation(address=address, pickup_id=location.id, full_name=location.name)


def new_location(body: bytes, location_id: int) -> PickupLocation:
    """The body of POST /settings/company/addpickup. Raises Refused: a wrong phone in one shape, the rest in another."""
    fields = read_body(body)
    asked = PickupLocation(
        id=location_id,
        nickname=fields.text("pickup_location", _LONGEST_NICKNAME),
        name=fields.text("name"),
        email=fields.email("email"),
        phone=fields.text("phone"),
        address=_address(fields),
        address_2=fields.optional_text("address_2"),
        city=fields.text("city"),
        state=fields.text("state"),
        country=fields.text("country"),
        pincode=fields.digits("pin_code", 6, "The pin code must be 6 digits."),
    )
    if fields.errors:
        raise Refused(422, _Bag(fields.errors))
    fields.digits("phone", 10, "Not a valid mobile number")
    fields.check("Not a valid mobile number")
    return asked


def _address(fields: Fields) -> str:
    address = fields.text("address", _LONGEST_ADDRESS)
    if address and _HOUSE.search(address) is None:
        fields.wrong("address", "Address line 1 should have House no / Flat no / Road no.")
    return address
