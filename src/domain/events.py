"""What an aggregate tells the world after it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainEvent:
    """A fact in the past tense. Carries values only: no aggregate, no secret.

    `name` is the stable public name ("order.placed"); `aggregate` the kind of thing
    that `aggregate_id` points to; `occurred_at` is UTC.
    """

    name: ClassVar[str]
    aggregate: ClassVar[str]

    aggregate_id: UUID
    occurred_at: datetime


@dataclass(slots=True, kw_only=True, eq=False)
class Aggregate:
    """A consistency boundary: loaded, changed and saved as a whole.

    `version` is set and checked by the repository alone, never by the domain.
    """

    version: int = 0
    _events: list[DomainEvent] = field(default_factory=list, init=False, repr=False)

    def record(self, event: DomainEvent) -> None:
        """Remember an event until the repository has written it to the outbox."""
        self._events.append(event)

    def pull_events(self) -> Sequence[DomainEvent]:
        """Hand over the events recorded so far, and forget them."""
        events, self._events = self._events, []
        return events
