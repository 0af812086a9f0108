"""What third parties tell the shop by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from domain.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookReceived(DomainEvent):
    """An authentic message came in; `aggregate_id` is where it is kept in the inbox."""

    aggregate: ClassVar[str] = "webhook"
    name: ClassVar[str] = "webhook.received"

    provider: str
