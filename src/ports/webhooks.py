"""Messages that third parties send: who they are from, and where they are kept."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.errors import DomainError
from domain.operations.webhooks import InboxMessage


@dataclass(frozen=True, slots=True)
class WebhookCall:
    """A call as it came: header names in lower case, the body's own bytes (up to LONGEST_MESSAGE), the time (UTC)."""

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


class Inbox(Protocol):
    """Received messages, inside a transaction."""

    @abstractmethod
    async def add(self, message: InboxMessage) -> bool:
        """Keep a message; False when an authentic one of the provider with that id was kept before.

        Its events go to the outbox. Rejected ones are kept beside the authentic ones, never
        instead of them; one takes the place of another of its id that is a minute older, and
        is dropped where that is fresher.
        """

    @abstractmethod
    async def get(self, message_id: UUID) -> InboxMessage:
        """A message, to be read. Raises NotFound."""
