"""Refund asked for → the gateway gives it back."""

from __future__ import annotations

from dataclasses import dataclass

from application.events.handler import Handler
from application.payments.send_refund import SendRefund
from domain.payments.events import RefundRequested
from ports.deliveries import DeliveryKey, Lane


@dataclass(frozen=True, slots=True)
class SendRequestedRefund(Handler[RefundRequested]):
    """Sending twice is harmless: the gateway goes by the id of the refund."""

    name = "send_requested_refund"
    listens_to = RefundRequested
    lane = Lane.PAYMENTS

    send: SendRefund

    async def __call__(self, event: RefundRequested, key: DeliveryKey) -> None:
        """See Handler."""
        await self.send(event.order_id, event.refund_id)
