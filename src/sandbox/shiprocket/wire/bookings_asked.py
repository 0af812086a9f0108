"""What may be asked about couriers, air waybills, pickups and papers. All raise Refused."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Final, Literal

import msgspec

from sandbox.shiprocket.couriers import Journey
from sandbox.shiprocket.entities import CUBIC_CENTIMETRES
from sandbox.shiprocket.wire.errors import MISSING, invalid
from sandbox.shiprocket.wire.fields import Fields, read_body

_ORDER_OR_PARCEL: Final = (
    "The order id field is required when pickup postcode / delivery postcode / cod / weight is not present."
)
_MODES: Final[tuple[Literal["", "Surface", "Air"], ...]] = ("", "Surface", "Air")
_ENDS: Final = "pickup", "delivery"
_ACTIONS: Final[tuple[Literal["re-attempt", "return"], ...]] = ("re-attempt", "return")


class AskedService(msgspec.Struct, frozen=True, kw_only=True):
    """The query of GET /courier/serviceability/: an order's id, or (None otherwise) a journey."""

    order_id: int
    journey: Journey | None
    mode: Literal["", "Surface", "Air"]


class AskedAwb(msgspec.Struct, frozen=True, kw_only=True):
    """The body of POST /courier/assign/awb. No courier: the recommended one."""

    shipment_id: int
    courier_id: int | None
    reassigns: bool


class AskedPickup(msgspec.Struct, frozen=True, kw_only=True):
    """The body of POST /courier/generate/pickup. `date` is YYYY-MM-DD, or empty for the next day."""

    shipment_id: int
    date: str
    retries: bool


class NdrWish(msgspec.Struct, frozen=True):
    """The body of POST /ndr/:awb/action."""

    action: Literal["re-attempt", "return"]
    comments: str


def service(query: Mapping[str, str]) -> AskedService:
    """Which courier goes there?"""
    fields = Fields(query)
    mode = fields.one_of("mode", _MODES) if fields.has("mode") else ""
    if fields.has("order_id"):
        asked = AskedService(order_id=fields.integer("order_id"), journey=None, mode=mode)
    else:
        asked = AskedService(order_id=0, journey=_journey(fields), mode=mode)
    fields.check(MISSING)
    return asked


def awb(body: bytes) -> AskedAwb:
    """The parcel may stand in a list."""
    fields = read_body(body)
    asked = AskedAwb(
        shipment_id=_one_id(fields),
        courier_id=fields.optional_integer("courier_id"),
        reassigns=fields.optional_text("status") == "reassign",
    )
    fields.check(MISSING)
    return asked


def pickup(body: bytes) -> AskedPickup:
    """One parcel at a time, in a list."""
    fields = read_body(body)
    dates = fields.first("pickup_date")
    asked = AskedPickup(
        shipment_id=_one_id(fields),
        date="" if dates is None else dates.moment("pickup_date", "%Y-%m-%d"),
        retries=fields.optional_text("status") == "retry",
    )
    fields.check(MISSING)
    return asked


def ndr_wish(body: bytes) -> NdrWish:
    """What is to be done with an undelivered parcel."""
    fields = read_body(body)
    wish = NdrWish(fields.one_of("action", _ACTIONS), fields.text("comments"))
    fields.check(MISSING)
    return wish


def ids(body: bytes, name: str, *, scalar_sentence: str | None = None) -> list[int]:
    """A list of ids and nothing else."""
    fields = read_body(body)
    found = fields.integers(name, scalar_sentence=scalar_sentence)
    fields.check(MISSING if scalar_sentence is None else scalar_sentence)
    return found


def awbs(body: bytes, most: int) -> list[str]:
    """The `awbs` of a bulk call."""
    fields = read_body(body)
    found = [f"{each}" for each in fields.values("awbs")]
    if len(found) > most:
        fields.wrong("awbs", f"The awbs may not have more than {most} items.")
    fields.check(MISSING)
    return found


def _journey(fields: Fields) -> Journey:
    pins = [fields.digits(f"{end}_postcode", 6, f"The {end} postcode must be 6 digits.") for end in _ENDS]
    missing = [name for name in ("cod", "weight") if not fields.has(name)]
    for name in missing:
        fields.wrong(name, f"The {name} field is required when order id is not present.")
    if missing or fields.errors:
        fields.wrong("order_id", _ORDER_OR_PARCEL)
        raise invalid(fields.errors, MISSING)
    if fields.optional_integer("is_return"):
        fields.required("declared_value")
    volume = prod(fields.optional_number(side) for side in ("length", "breadth", "height"))
    return Journey(
        origin=pins[0],
        destination=pins[1],
        weight=max(fields.optional_number("weight", above=0), volume / CUBIC_CENTIMETRES),
        payment_method="COD" if fields.flag("cod") else "Prepaid",
    )


def _one_id(fields: Fields) -> int:
    one = fields.first("shipment_id")
    return fields.integer("shipment_id") if one is None else one.integer("shipment_id")
