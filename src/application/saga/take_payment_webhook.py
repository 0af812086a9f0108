"""Message of a payment gateway received → payment or refund settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from application.events.handler import Handler
from application.payments.take_payment_notice import TakePaymentNotice
from application.payments.take_refund_notice import TakeRefundNotice
from application.webhooks.open_message import MessageOpener
from domain.operations.webhooks import WebhookReceived
from ports.deliveries import DeliveryKey, Lane
from ports.payment_notices import PaymentNotice, PaymentNotices, RefundNotice


@dataclass(frozen=True, slots=True)
class TakePaymentWebhook(Handler[WebhookReceived]):
    """Reads what is from one of its providers, and leaves all else to others."""

    name = "take_payment_webhook"
    listens_to = WebhookReceived
    lane = Lane.PAYMENTS

    providers: Mapping[str, PaymentNotices]
    opener: MessageOpener
    take_payment: TakePaymentNotice
    take_refund: TakeRefundNotice

    async def __call__(self, event: WebhookReceived, key: DeliveryKey) -> None:
        """See Handler."""
        provider = self.providers.get(event.provider)
        if provider is None:
            return
        match await self.opener.open(event, key, provider.read):
            case PaymentNotice(payment):
                await self.take_payment(payment, key)
            case RefundNotice(refund):
                await self.take_refund(refund, key)
            case None:
                return
