"""Shipment cancelled → the carrier doesn't come."""

from __future__ import annotations

from dataclasses import dataclass

from application.events.handler import Handler
from application.fulfilment.call_off import CallOff
from domain.shipping.events import ShipmentCancelled
from ports.deliveries import DeliveryKey, Lane


@dataclass(frozen=True, slots=True)
class CallOffParcel(Handler[ShipmentCancelled]):
    """Comes after all that was begun for the shipment: a lane keeps the order of its events."""

    name = "call_off_parcel"
    listens_to = ShipmentCancelled
    lane = Lane.SHIPPING

    call_off: CallOff

    async def __call__(self, event: ShipmentCancelled, key: DeliveryKey) -> None:
        """See Handler."""
        await self.call_off.call_off(event.aggregate_id, key)
