"""Booking failed → nothing of it is left at the carrier."""

from __future__ import annotations

from dataclasses import dataclass

from application.events.handler import Handler
from application.fulfilment.call_off import CallOff
from domain.shipping.events import BookingFailed
from ports.deliveries import DeliveryKey, Lane


@dataclass(frozen=True, slots=True)
class CallOffFailedBooking(Handler[BookingFailed]):
    """So that nobody ships by mistake what is going to be booked again."""

    name = "call_off_failed_booking"
    listens_to = BookingFailed
    lane = Lane.SHIPPING

    call_off: CallOff

    async def __call__(self, event: BookingFailed, key: DeliveryKey) -> None:
        """See Handler."""
        await self.call_off.call_off(event.aggregate_id, key)
