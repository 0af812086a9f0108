"""Message of a mail provider received → addresses that can't take mail get none."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from application.events.handler import Handler
from application.webhooks.open_message import MessageOpener
from domain.customers.email import Email
from domain.errors import InvalidValue
from domain.operations.webhooks import WebhookReceived
from ports.clock import Clock
from ports.deliveries import DeliveryKey, Lane
from ports.mail_notices import MailNotices
from ports.transactions import Begin

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TakeBounceWebhook(Handler[WebhookReceived]):
    """Reads what is from one of its providers, and leaves all else to others."""

    name = "take_bounce_webhook"
    listens_to = WebhookReceived
    lane = Lane.MAIL

    providers: Mapping[str, MailNotices]
    opener: MessageOpener
    begin: Begin
    clock: Clock

    async def __call__(self, event: WebhookReceived, key: DeliveryKey) -> None:
        """See Handler."""
        provider = self.providers.get(event.provider)
        notice = await self.opener.open(event, key, provider.read) if provider else None
        if notice is None:
            return
        now = self.clock.now()
        async with self.begin() as tx:
            if not await tx.receipts.record(key, now):
                return
            for address in filter(None, map(_address, notice.addresses)):
                await tx.mail_addresses.mark_undeliverable(address, notice.reason, now)


def _address(text: str) -> Email | None:
    """An address that we could have sent to; no other can be meant."""
    try:
        return Email.parse(text)
    except InvalidValue:
        _log.warning("a bounce names something that is no address of ours")
        return None
