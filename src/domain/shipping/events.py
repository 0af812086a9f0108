"""What shipments tell the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentEvent(DomainEvent):
    """A fact about one try to ship an order; `order` is the human order number, `direction` a Direction."""

    aggregate: ClassVar[str] = "shipment"

    order_id: UUID
    order: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentRequested(ShipmentEvent):
    """A parcel is to be booked."""

    name: ClassVar[str] = "shipment.requested"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentAwaitsAwb(ShipmentEvent):
    """A person has to hand the parcel in and type the air waybill."""

    name: ClassVar[str] = "shipment.awaits_awb"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingFailed(ShipmentEvent):
    """No parcel comes of it. `reason` is for the workshop, not for customers."""

    name: ClassVar[str] = "shipment.booking_failed"

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentCancelled(ShipmentEvent):
    """Somebody of the workshop called the parcel off; the carrier has to be told."""

    name: ClassVar[str] = "shipment.cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelEvent(ShipmentEvent):
    """A fact about a parcel that a courier has taken on."""

    awb: str
    courier: str
    tracking_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentBooked(ParcelEvent):
    """The courier is going to come for the parcel."""

    name: ClassVar[str] = "shipment.booked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelPickedUp(ParcelEvent):
    """The courier has it."""

    name: ClassVar[str] = "parcel.picked_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelMoved(ParcelEvent):
    """It is on the road to the customer."""

    name: ClassVar[str] = "parcel.moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelOutForDelivery(ParcelEvent):
    """It is going to be at the customer's door today."""

    name: ClassVar[str] = "parcel.out_for_delivery"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelUndelivered(ParcelEvent):
    """It could not be handed over, and the courier wants to know what to do (NDR)."""

    name: ClassVar[str] = "parcel.undelivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelDelivered(ParcelEvent):
    """The customer has it."""

    name: ClassVar[str] = "parcel.delivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelReturning(ParcelEvent):
    """It is on its way to the workshop: a return, or never handed over (RTO)."""

    name: ClassVar[str] = "parcel.returning"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelReturned(ParcelEvent):
    """It is back in the workshop."""

    name: ClassVar[str] = "parcel.returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLost(ParcelEvent):
    """The courier can't find it."""

    name: ClassVar[str] = "parcel.lost"
