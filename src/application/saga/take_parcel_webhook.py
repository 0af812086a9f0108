"""Message of a carrier received → the parcel and its order move on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from application.events.handler import Handler
from application.fulfilment.take_parcel_notice import TakeParcelNotice
from application.webhooks.open_message import MessageOpener
from domain.operations.webhooks import WebhookReceived
from ports.carrier_notices import CarrierNotices
from ports.deliveries import DeliveryKey, Lane


@dataclass(frozen=True, slots=True)
class TakeParcelWebhook(Handler[WebhookReceived]):
    """Reads what is from one of its providers, and leaves all else to others."""

    name = "take_parcel_webhook"
    listens_to = WebhookReceived
    lane = Lane.SHIPPING

    providers: Mapping[str, CarrierNotices]
    opener: MessageOpener
    take: TakeParcelNotice

    async def __call__(self, event: WebhookReceived, key: DeliveryKey) -> None:
        """See Handler."""
        provider = self.providers.get(event.provider)
        notice = await self.opener.open(event, key, provider.read) if provider else None
        if notice is not None:
            await self.take(notice, key)
