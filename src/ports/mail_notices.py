"""What a mail provider tells by itself."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Protocol

from ports.webhooks import WebhookSource


@dataclass(frozen=True, slots=True)
class BounceNotice:
    """Mail to `addresses` won't arrive any more: `reason` says why ("bounced: NoEmail", "complained")."""

    addresses: tuple[str, ...]
    reason: str


class MailNotices(WebhookSource, Protocol):
    """The webhooks of a mail provider."""

    @abstractmethod
    def read(self, body: bytes) -> BounceNotice | None:
        """What an authentic message tells; None when no address has to be spared from now on.

        Raises WebhookUnreadable.
        """
