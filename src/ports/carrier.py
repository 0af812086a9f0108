"""Who carries parcels: announced, handed to a courier, followed, called back.

Every step is safe to repeat: a caller that heard no answer, or died before it could keep
one, asks again and gets what the first call did. Nothing here is called inside a
transaction.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.errors import DomainError
from domain.money import Money
from domain.shipping.courier_choice import CourierOffer
from domain.shipping.parcel import PackedParcel, ParcelStatus, Scan
from ports.errors import PortUnavailable


@dataclass(frozen=True, slots=True)
class AnnouncedParcel:
    """A parcel that the carrier knows of. `reference` is the one that it knows it by in the end."""

    reference: str
    provider_order_id: str
    provider_shipment_id: str


@dataclass(frozen=True, slots=True)
class AssignedParcel:
    """A parcel with its courier and air waybill. `cost` is None when the carrier doesn't tell."""

    awb: str
    courier: str
    cost: Money | None
    tracking_url: str | None


@dataclass(frozen=True, slots=True)
class Pickup:
    """When the courier comes (UTC), if that was told."""

    scheduled_for: datetime | None


@dataclass(frozen=True, slots=True)
class Papers:
    """Where the papers of a parcel are to be printed from; None where the carrier has none (yet)."""

    label_url: str | None
    manifest_url: str | None
    invoice_url: str | None


@dataclass(frozen=True, slots=True)
class Tracking:
    """Where a parcel is now. `scans` oldest first; `expected_at` is UTC."""

    awb: str
    status: ParcelStatus | None
    scans: tuple[Scan, ...]
    expected_at: datetime | None


class DeliveryWish(StrEnum):
    """What to do with a parcel that could not be delivered (NDR)."""

    TRY_AGAIN = "TRY_AGAIN"
    RETURN = "RETURN"


class CarrierUnavailable(PortUnavailable):
    """The carrier failed, was too slow, or answered what can't be made sense of: ask again later."""

    def __init__(self, reason: str = "no answer", *, retry_after: int = 5) -> None:
        super().__init__("carrier", reason, retry_after=retry_after)


class CarrierRefused(DomainError):
    """The carrier understood and refused: the same request won't do until a person changes something.

    `reason` is the carrier's own sentence, shortened: for the workshop, not for customers.
    """

    code = "conflict"

    def __init__(self, provider: str, reason: str) -> None:
        super().__init__(f"the carrier refused: {reason}")
        self.provider = provider
        self.reason = reason


class AwbNeeded(DomainError):
    """This carrier has no courier to choose: a person has to type the air waybill."""

    code = "conflict"

    def __init__(self) -> None:
        super().__init__("the air waybill has to be typed in by the workshop")


class Carrier(Protocol):
    """A carrier, or a service that books couriers, where the workshop has an account."""

    @property
    @abstractmethod
    def provider(self) -> str:
        """The stable name that shipments are stored under: "shiprocket", "manual", "memory"."""

    @abstractmethod
    async def announce(self, parcel: PackedParcel) -> AnnouncedParcel:
        """Make the parcel known, or find it when it is. Raises CarrierUnavailable, CarrierRefused.

        Where the carrier knows the reference as one that was cancelled, another reference
        derived from it is used.
        """

    @abstractmethod
    async def announce_return(self, parcel: PackedParcel) -> AnnouncedParcel:
        """The same for a parcel that goes from the recipient back to the workshop."""

    @abstractmethod
    async def offers(self, announced: AnnouncedParcel) -> Sequence[CourierOffer]:
        """Who would take it; empty when nobody goes there. Raises CarrierUnavailable, CarrierRefused."""

    @abstractmethod
    async def assign(self, announced: AnnouncedParcel, courier_id: str | None) -> AssignedParcel:
        """Hand it to a courier (None: whichever the carrier takes), or tell to whom it was handed before.

        Costs money, once. Raises CarrierUnavailable, CarrierRefused, AwbNeeded.
        """

    @abstractmethod
    async def schedule_pickup(self, announced: AnnouncedParcel) -> Pickup:
        """Have it picked up. Raises CarrierUnavailable, CarrierRefused."""

    @abstractmethod
    async def papers(self, announced: AnnouncedParcel) -> Papers:
        """Label, manifest and invoice. Raises CarrierUnavailable."""

    @abstractmethod
    async def cancel(self, announced: AnnouncedParcel) -> None:
        """Call it off, before it was picked up. Raises CarrierUnavailable, CarrierRefused."""

    @abstractmethod
    async def track(self, awb: str) -> Tracking | None:
        """Where it is; None while nothing is known. Raises CarrierUnavailable."""

    @abstractmethod
    async def answer_failed_delivery(self, awb: str, wish: DeliveryWish, comment: str) -> None:
        """Say what is to be done with an undelivered parcel. Raises CarrierUnavailable, CarrierRefused."""
