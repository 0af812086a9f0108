"""Messages that third parties send: who they are from, and where they are kept."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.errors import DomainError


@dataclass(frozen=True, slots=True)
class WebhookCall:
    """A call as it came: header names in lower case, the body's own bytes, the time (UTC)."""

    headers: Mapping[str, str]
    body: bytes
    at: datetime


class WebhookRejected(DomainError):
    """Not from whom it says it is, or too old: `reason` is a short word for the inbox ("bad-signature", "stale")."""

    code = "invalid-signature"

    def __init__(self, reason: str) -> None:
        super().__init__("the message could not be authenticated")
        self.reason = reason


class WebhookUnreadable(DomainError):
    """Authentic, but not of the documented shape: it is kept, and a person has to look."""

    code = "conflict"

    def __init__(self, provider: str, reason: str) -> None:
        super().__init__(f"a message of {provider} can't be read: {reason}")
        self.provider = provider
        self.reason = reason


class WebhookSource(Protocol):
    """A third party that calls us. Local: asks nobody."""

    @property
    @abstractmethod
    def provider(self) -> str:
        """The stable name that its messages are kept under: "razorpay", "shiprocket", "resend"."""

    @abstractmethod
    def authenticate(self, call: WebhookCall) -> str:
        """The sender's id of the message, equal for its repetitions. Constant time.

        Raises WebhookRejected.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxMessage:
    """A message that was received. `rejection` is why it has no effect, None when it is authentic."""

    id: UUID
    provider: str
    provider_event_id: str
    body: bytes
    rejection: str | None
    received_at: datetime


class Inbox(Protocol):
    """Received messages, inside a transaction."""

    @abstractmethod
    async def add(self, message: InboxMessage) -> bool:
        """Keep a message; False when the provider's message with that id was kept before.

        With an authentic one goes the event `webhook.received` to the outbox. Rejected ones
        are kept beside it, never instead of an authentic one of the same id.
        """

    @abstractmethod
    async def get(self, message_id: UUID) -> InboxMessage:
        """A message. Raises NotFound."""
