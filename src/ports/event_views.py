"""Events and their deliveries, to be read by operators."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from ports.deliveries import DeliveryKey


class DeliveryState(StrEnum):
    """PENDING is due some time, DONE had its effect, DEAD waits for an operator."""

    PENDING = "PENDING"
    DONE = "DONE"
    DEAD = "DEAD"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """An event as it was told. `payload` is its JSON text: it differs from event to event."""

    id: UUID
    name: str
    aggregate: str
    aggregate_id: UUID
    occurred_at: datetime
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """What became of an event at one handler. `due_at` is of the next attempt, while PENDING."""

    event_id: UUID
    event: str
    aggregate_id: UUID
    handler: str
    lane: str
    state: DeliveryState
    attempts: int
    due_at: datetime
    error: str | None
    handled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How much waits: events not yet looked at, deliveries due or retried, dead ones."""

    in_outbox: int
    pending: int
    dead: int


class EventViews(Protocol):
    """The permanent log of events, and how far each got."""

    @abstractmethod
    async def events(
        self, *, name: str | None, aggregate_id: UUID | None, before: UUID | None, limit: int
    ) -> Sequence[EventView]:
        """Events, newest first; `before` is the id of the last one of the page before."""

    @abstractmethod
    async def event(self, event_id: UUID) -> EventView | None:
        """One event."""

    @abstractmethod
    async def deliveries_of(self, event_id: UUID) -> Sequence[DeliveryView]:
        """What became of an event, by handler."""

    @abstractmethod
    async def deliveries(
        self, state: DeliveryState, limit: int, *, after: DeliveryKey | None = None
    ) -> Sequence[DeliveryView]:
        """Deliveries in a state, oldest first.

        `after` is the last one of the page before, whatever its state is now; after one that
        was never there, or was tidied away, comes nothing.
        """

    @abstractmethod
    async def backlog(self) -> Backlog:
        """How much waits."""
