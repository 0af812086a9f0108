"""Take a message of a third party in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import NotFound
from domain.operations.webhooks import InboxMessage
from ports.ids import Ids
from ports.transactions import Begin
from ports.webhooks import WebhookCall, WebhookRejected, WebhookSource


@dataclass(frozen=True, slots=True)
class ReceiveWebhook:
    """Authenticates a message, keeps it, and leaves the rest to those who listen.

    `sources` are known by the name in the address that they call; their messages are kept
    under it. One that came before has no effect and is no error. What is rejected is kept as
    well, for whoever wants to know why, but not without bound. Raises NotFound for a provider
    that we don't have, WebhookRejected.
    """

    sources: Mapping[str, WebhookSource]
    begin: Begin
    ids: Ids

    async def __call__(self, provider: str, call: WebhookCall) -> None:
        source = self.sources.get(provider)
        if source is None:
            raise NotFound("provider", provider)
        try:
            event_id = source.authenticate(call)
        except WebhookRejected as rejection:
            await self._keep(
                InboxMessage.rejected(
                    id=self.ids.new_id(), provider=provider, reason=rejection.reason, body=call.body, at=call.at
                )
            )
            raise
        await self._keep(
            InboxMessage.authentic(
                id=self.ids.new_id(), provider=provider, provider_event_id=event_id, body=call.body, at=call.at
            )
        )

    async def _keep(self, message: InboxMessage) -> None:
        async with self.begin() as tx:
            await tx.inbox.add(message)
