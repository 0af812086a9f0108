"""What shipments tell the world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID

from domain.events import DomainEvent
from domain.shipping.booking import Direction
from domain.shipping.parcel import ParcelStatus


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


TOLD_AT: Final[Mapping[Direction, Mapping[ParcelStatus, type[ParcelEvent]]]] = {
    Direction.OUTBOUND: {
        ParcelStatus.PICKED_UP: ParcelPickedUp,
        ParcelStatus.IN_TRANSIT: ParcelMoved,
        ParcelStatus.OUT_FOR_DELIVERY: ParcelOutForDelivery,
        ParcelStatus.UNDELIVERED: ParcelUndelivered,
        ParcelStatus.DELIVERED: ParcelDelivered,
        ParcelStatus.RTO_INITIATED: ParcelReturning,
        ParcelStatus.RTO_IN_TRANSIT: ParcelReturning,
        ParcelStatus.RTO_DELIVERED: ParcelReturned,
        ParcelStatus.LOST: ParcelLost,
    },
    Direction.RETURN: {
        ParcelStatus.PICKED_UP: ParcelReturning,
        ParcelStatus.IN_TRANSIT: ParcelReturning,
        ParcelStatus.UNDELIVERED: ParcelUndelivered,
        ParcelStatus.DELIVERED: ParcelReturned,
        ParcelStatus.LOST: ParcelLost,
    },
}
"""What is told when a parcel gets there. Two statuses that mean the same are told once."""
