"""Look where an order is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from application.orders.get_order import GetOrder
from domain.actor import Actor
from domain.ordering.status import FulfillmentStatus
from domain.shipping.booking import BookingStep, Direction
from domain.shipping.parcel import ParcelStatus, Scan
from ports.shipment_views import ShipmentView, ShipmentViews


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedParcel:
    """A parcel as its customer sees it. Scans oldest first; times are UTC."""

    direction: Direction
    courier: str
    awb: str
    tracking_url: str | None
    status: ParcelStatus | None
    expected_at: datetime | None
    scans: tuple[Scan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTracking:
    """Where the shoes of an order are; no parcel before a courier has been booked."""

    order: str
    fulfillment_status: FulfillmentStatus
    parcels: tuple[TrackedParcel, ...]


@dataclass(frozen=True, slots=True)
class TrackShipment:
    """The parcels of the actor's order, the oldest first. Raises NotFound, also for somebody else's."""

    find: GetOrder
    views: ShipmentViews

    async def __call__(self, actor: Actor, reference: str) -> OrderTracking:
        order = await self.find(actor, reference)
        return OrderTracking(
            order=order.ext_id,
            fulfillment_status=order.fulfillment_status,
            parcels=tuple(_tracked(await self.views.of_order(order.id))),
        )


def _tracked(shipments: Sequence[ShipmentView]) -> Sequence[TrackedParcel]:
    """Tries that came to nothing are the workshop's business."""
    return [
        TrackedParcel(
            direction=each.direction,
            courier=each.courier,
            awb=each.awb,
            tracking_url=each.tracking_url,
            status=each.status,
            expected_at=each.expected_at,
            scans=each.scans,
        )
        for each in shipments
        if each.step is BookingStep.BOOKED and each.awb is not None and each.courier is not None
    ]
