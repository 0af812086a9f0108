"""What third parties tell the shop by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import ClassVar, Final
from uuid import UUID

from domain.events import Aggregate, DomainEvent

LONGEST_MESSAGE: Final = 256 * 1024
"""Bytes of a message that is taken in, and kept whole when it is authentic: no entry point lets a longer one pass."""

_LONGEST_REJECTED: Final = 4 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookReceived(DomainEvent):
    """An authentic message came in; `aggregate_id` is where it is kept in the inbox."""

    aggregate: ClassVar[str] = "webhook"
    name: ClassVar[str] = "webhook.received"

    provider: str


@dataclass(slots=True, kw_only=True, eq=False)
class InboxMessage(Aggregate):
    """A message that was received. `rejection` is why it has no effect, None when it is authentic."""

    id: UUID
    provider: str
    provider_event_id: str
    body: bytes
    rejection: str | None
    received_at: datetime

    @classmethod
    def authentic(
        cls,
        *,
        id: UUID,  # noqa: A002  # the field's name, as everywhere
        provider: str,
        provider_event_id: str,
        body: bytes,
        at: datetime,
    ) -> InboxMessage:
        """From whom it says it is; those who listen are told."""
        message = cls(
            id=id, provider=provider, provider_event_id=provider_event_id, body=body, rejection=None, received_at=at
        )
        message.record(WebhookReceived(aggregate_id=id, occurred_at=at, provider=provider))
        return message

    @classmethod
    def rejected(
        cls,
        *,
        id: UUID,  # noqa: A002  # as above
        provider: str,
        reason: str,
        body: bytes,
        at: datetime,
    ) -> InboxMessage:
        """A specimen for whoever wants to know what is wrong; told to nobody.

        Anybody on the internet can send these. So they are filed under one of 256 names for a
        reason, by their content: one takes the place of another, and a flood fills no disk.
        """
        drawer = f"{reason}:{sha256(body).hexdigest()[:2]}"
        return cls(
            id=id,
            provider=provider,
            provider_event_id=drawer,
            body=body[:_LONGEST_REJECTED],
            rejection=reason,
            received_at=at,
        )
