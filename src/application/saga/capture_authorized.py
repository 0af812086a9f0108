"""Payment authorised → captured, if the order still wants it."""

from __future__ import annotations

from dataclasses import dataclass

from application.events.handler import Handler
from application.payments.capture_payment import CapturePayment
from domain.payments.events import PaymentAuthorized
from ports.deliveries import DeliveryKey, Lane


@dataclass(frozen=True, slots=True)
class CaptureAuthorized(Handler[PaymentAuthorized]):
    """Capturing twice is harmless."""

    name = "capture_authorized"
    listens_to = PaymentAuthorized
    lane = Lane.PAYMENTS

    capture: CapturePayment

    async def __call__(self, event: PaymentAuthorized, key: DeliveryKey) -> None:
        """See Handler."""
        await self.capture(event.order_id, event.provider_payment_id)
