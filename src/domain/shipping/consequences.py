"""What a parcel's way means to its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from domain.ordering.order import Order
from domain.shipping.booking import Direction
from domain.shipping.parcel import ParcelStatus
from domain.shipping.shipment import Shipment

Consequence = Callable[[Order, Shipment, datetime], None]


def _shipped(order: Order, shipment: Shipment, at: datetime) -> None:
    if shipment.waybill is not None:
        order.mark_shipped(shipment.waybill, at, shipment.expected_at)


def _delivered(order: Order, _: Shipment, at: datetime) -> None:
    order.mark_delivered(at)


def _going_back(order: Order, _: Shipment, at: datetime) -> None:
    order.start_return(at)


def _back(order: Order, _: Shipment, at: datetime) -> None:
    order.mark_returned(at)


# Carriers leave stations out: an order goes through all that lie behind its parcel.
_CONSEQUENCES: Final[Mapping[Direction, Mapping[ParcelStatus, tuple[Consequence, ...]]]] = {
    Direction.OUTBOUND: {
        ParcelStatus.PICKED_UP: (_shipped,),
        ParcelStatus.IN_TRANSIT: (_shipped,),
        ParcelStatus.OUT_FOR_DELIVERY: (_shipped,),
        ParcelStatus.UNDELIVERED: (_shipped,),
        ParcelStatus.LOST: (_shipped,),
        ParcelStatus.DELIVERED: (_shipped, _delivered),
        ParcelStatus.RTO_INITIATED: (_shipped, _going_back),
        ParcelStatus.RTO_IN_TRANSIT: (_shipped, _going_back),
        ParcelStatus.RTO_DELIVERED: (_shipped, _going_back, _back),
    },
    Direction.RETURN: {
        ParcelStatus.PICKED_UP: (_going_back,),
        ParcelStatus.IN_TRANSIT: (_going_back,),
        ParcelStatus.OUT_FOR_DELIVERY: (_going_back,),
        ParcelStatus.DELIVERED: (_going_back, _back),
    },
}


def draw_consequences(order: Order, shipment: Shipment, at: datetime) -> None:
    """Bring an order to where its parcel is. What it is beyond already is harmless."""
    if shipment.status is not None:
        for follows in _CONSEQUENCES[shipment.direction].get(shipment.status, ()):
            follows(order, shipment, at)
