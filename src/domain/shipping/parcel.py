"""A parcel: what is in it, where it goes, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.customers.address import Address
from domain.customers.email import Email
from domain.customers.phone import Phone
from domain.money import Money
from domain.ordering.status import PaymentMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLine:
    """Pairs of one design, as a carrier's papers name them. `unit_price` includes GST."""

    sku: str
    name: str
    hsn: str
    units: int
    unit_price: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSize:
    """Outer measures in millimetres, weight in grams."""

    length: int
    breadth: int
    height: int
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedParcel:
    """Everything that a carrier needs to know of a parcel that is ready to go.

    `reference` is ours and unique for each try to ship an order (at most 50 characters).
    `value` is what the order came to, and what is collected at the door when it is COD.
    """

    reference: str
    order: str
    packed_at: datetime
    recipient: Address
    email: Email
    phone: Phone
    lines: tuple[ParcelLine, ...]
    payment_method: PaymentMethod
    fees: Money
    value: Money
    size: ParcelSize


class ParcelStatus(StrEnum):
    """How far a parcel has come, in the words of the shop whatever the carrier says."""

    BOOKED = "BOOKED"
    PICKUP_SCHEDULED = "PICKUP_SCHEDULED"
    PICKED_UP = "PICKED_UP"
    IN_TRANSIT = "IN_TRANSIT"
    OUT_FOR_DELIVERY = "OUT_FOR_DELIVERY"
    UNDELIVERED = "UNDELIVERED"
    DELIVERED = "DELIVERED"
    RTO_INITIATED = "RTO_INITIATED"
    RTO_IN_TRANSIT = "RTO_IN_TRANSIT"
    RTO_DELIVERED = "RTO_DELIVERED"
    CANCELLED = "CANCELLED"
    LOST = "LOST"


@dataclass(frozen=True, slots=True)
class Scan:
    """One line of a parcel's history, at its time (UTC). `status` is None for what moves nothing."""

    at: datetime
    status: ParcelStatus | None
    text: str
    location: str
