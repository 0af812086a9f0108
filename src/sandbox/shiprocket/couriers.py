"""The couriers, where they go, and for how much. Invented, with ids and names that are really in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

from sandbox.shiprocket.entities import PaymentMethod

Zone = Literal["z_a", "z_b", "z_c", "z_d", "z_e"]

_METROS: Final = ("110", "400", "560", "600", "700", "500")
_FAR: Final = ("18", "19", "78", "79")  # Jammu and Kashmir, Assam, the North East
_PERCENT: Final[dict[Zone, int]] = {"z_a": 100, "z_b": 120, "z_c": 140, "z_d": 160, "z_e": 220}
_DAYS: Final[dict[Zone, int]] = {"z_a": 2, "z_b": 3, "z_c": 3, "z_d": 4, "z_e": 6}
_HEAVIEST: Final = 20.0
_CASH_FEE: Final = 45_00


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """`half_kilo` is the freight in paise of the first and each further half kilogram within a city."""

    id: int
    name: str
    mode: Literal["Surface", "Air"]
    half_kilo: int
    takes_cash: bool
    rating: float
    extra_days: int


COURIERS: Final = (
    Courier(
        id=43,
        name="Delhivery Surface",
        mode="Surface",
        half_kilo=42_00,
        takes_cash=True,
        rating=4.4,
        extra_days=0,
    ),
    Courier(id=10, name="Delhivery", mode="Air", half_kilo=58_00, takes_cash=True, rating=4.3, extra_days=-1),
    Courier(
        id=51,
        name="Xpressbees Surface",
        mode="Surface",
        half_kilo=39_50,
        takes_cash=True,
        rating=3.9,
        extra_days=0,
    ),
    Courier(id=1, name="Blue Dart", mode="Air", half_kilo=76_00, takes_cash=True, rating=4.7, extra_days=-1),
    Courier(
        id=142,
        name="Amazon Surface",
        mode="Surface",
        half_kilo=37_00,
        takes_cash=False,
        rating=4.1,
        extra_days=1,
    ),
    Courier(
        id=225,
        name="India Post Business Parcel",
        mode="Surface",
        half_kilo=27_00,
        takes_cash=False,
        rating=3.1,
        extra_days=3,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """From where to where (PIN codes) and what: kilograms that are charged for."""

    origin: str
    destination: str
    weight: float
    payment_method: PaymentMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a courier asks for a journey, in paise."""

    courier: Courier
    journey: Journey
    zone: Zone
    freight: int
    cash_fee: int
    days: int

    @property
    def rate(self) -> int:
        """All of it."""
        return self.freight + self.cash_fee


def offers(journey: Journey, unserviceable: Sequence[str]) -> list[Offer]:
    """Who would go; nobody goes to PIN codes with such a beginning, or from them."""
    pins = journey.origin, journey.destination
    if journey.weight > _HEAVIEST or any(pin.startswith(tuple(unserviceable)) for pin in pins):
        return []
    takers = [each for each in COURIERS if each.takes_cash or journey.payment_method == "Prepaid"]
    return [_offer(each, journey) for each in takers]


def recommended(found: Sequence[Offer]) -> Offer:
    """The best rated of the cheaper kind, or else of all."""
    return max(found, key=lambda each: (each.courier.mode == "Surface", each.courier.rating))


def courier_with(courier_id: int) -> Courier:
    """By its id. Raises StopIteration for one that isn't there."""
    return next(each for each in COURIERS if each.id == courier_id)


def _offer(courier: Courier, journey: Journey) -> Offer:
    zone = _zone(journey.origin, journey.destination)
    halves = max(1, ceil(journey.weight / 0.5 - 1e-9))
    return Offer(
        courier=courier,
        journey=journey,
        zone=zone,
        freight=courier.half_kilo * halves * _PERCENT[zone] // 100,
        cash_fee=_CASH_FEE if journey.payment_method == "COD" else 0,
        days=max(1, _DAYS[zone] + courier.extra_days),
    )


def _zone(origin: str, destination: str) -> Zone:
    if origin.startswith(_FAR) or destination.startswith(_FAR):
        return "z_e"
    if origin[:3] == destination[:3]:
        return "z_a"
    if origin[:1] == destination[:1]:
        return "z_b"
    return "z_c" if origin.startswith(_METROS) and destination.startswith(_METROS) else "z_d"
