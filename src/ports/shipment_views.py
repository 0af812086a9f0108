"""Shipments, to be read."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.money import Money
from domain.shipping.booking import BookingStep, Direction
from domain.shipping.parcel import ParcelStatus, Scan
from domain.shipping.shipment import Shipment


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentView:
    """A shipment as the workshop sees it. `cost` is what the carrier takes; times are UTC."""

    id: UUID
    order_id: UUID
    order: str
    carrier: str
    direction: Direction
    reference: str
    step: BookingStep
    courier: str | None
    awb: str | None
    tracking_url: str | None
    cost: Money | None
    label_url: str | None
    manifest_url: str | None
    invoice_url: str | None
    pickup_at: datetime | None
    expected_at: datetime | None
    status: ParcelStatus | None
    status_at: datetime | None
    scans: tuple[Scan, ...]
    failure: str | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, shipment: Shipment) -> ShipmentView:
        """What a shipment looks like now."""
        waybill = shipment.waybill
        return cls(
            id=shipment.id,
            order_id=shipment.order_id,
            order=shipment.order,
            carrier=shipment.carrier,
            direction=shipment.direction,
            reference=shipment.reference,
            step=shipment.step,
            courier=waybill.courier if waybill else None,
            awb=waybill.awb if waybill else None,
            tracking_url=waybill.tracking_url if waybill else None,
            cost=shipment.cost,
            label_url=shipment.label_url,
            manifest_url=shipment.manifest_url,
            invoice_url=shipment.invoice_url,
            pickup_at=shipment.pickup_at,
            expected_at=shipment.expected_at,
            status=shipment.status,
            status_at=shipment.status_at,
            scans=shipment.scans,
            failure=shipment.failure,
            created_at=shipment.created_at,
            updated_at=shipment.updated_at,
        )


@dataclass(frozen=True, slots=True)
class SilentParcel:
    """A parcel on its way of which nothing was heard for a while."""

    shipment_id: UUID
    carrier: str
    awb: str


class ShipmentViews(Protocol):
    """Shipments, to be read by those who may: that is for the use case to know."""

    @abstractmethod
    async def of_order(self, order_id: UUID) -> Sequence[ShipmentView]:
        """All shipments of an order, the oldest first."""

    @abstractmethod
    async def silent(self, since: datetime, limit: int) -> Sequence[SilentParcel]:
        """Parcels that have neither arrived nor got lost, and were last checked before `since`: longest ago first."""
