"""Events on their way to those who listen: which are due, which were handled, which are stuck.

A delivery is one event for one handler. Deliveries of one aggregate in one lane are made
strictly in the order of its events: none is handed out before the earlier ones are done. One
that is dead holds up those behind it and nobody else.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.events import DomainEvent


class Lane(StrEnum):
    """Which workers make a delivery. What is slow in one lane holds up no other."""

    EVENTS = "events"
    PAYMENTS = "payments"
    SHIPPING = "shipping"
    MAIL = "mail"
    MAINTENANCE = "maintenance"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A handler that wants to hear of events of a name, `delay` after they happened."""

    event: str
    handler: str
    lane: Lane
    delay: timedelta


@dataclass(frozen=True, slots=True)
class DeliveryKey:
    """Which event for which handler."""

    event_id: UUID
    handler: str

    def __str__(self) -> str:
        return f"{self.event_id}:{self.handler}"


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A delivery that is due, leased to whoever asked."""

    key: DeliveryKey
    lane: Lane


class EventUnreadable(Exception):
    """This version of the shop can't read an event that another one wrote."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event to be handled now. `attempt` counts from 1."""

    key: DeliveryKey
    event: DomainEvent | EventUnreadable
    attempt: int


class Deliveries(Protocol):
    """All deliveries. Each call is a transaction of its own; times are UTC.

    A lease is how long a delivery belongs to whoever has it: when it ends without a word,
    the delivery is due again. Several relays and workers may call at once.
    """

    @abstractmethod
    async def hand_out(
        self, subscriptions: Sequence[Subscription], now: datetime, *, lease: timedelta, most: int
    ) -> Sequence[HandedOut]:
        """Make deliveries of the events in the outbox, and lease those that are due, at most `most`."""

    @abstractmethod
    async def take_back(self, keys: Sequence[DeliveryKey], now: datetime) -> None:
        """They could not be passed on: they are due again."""

    @abstractmethod
    async def start(self, keys: Sequence[DeliveryKey], now: datetime, *, lease: timedelta) -> Sequence[Delivery]:
        """Begin an attempt at each.

        Left out is what is done or dead, and what has failed and was not handed out since: the
        same task may come several times, and the second is no reason to try again at once.
        """

    @abstractmethod
    async def finish(self, keys: Sequence[DeliveryKey], now: datetime) -> None:
        """They are done. Harmless for those that a `Receipts` has recorded."""

    @abstractmethod
    async def retry(self, key: DeliveryKey, due_at: datetime, error: str) -> None:
        """The attempt failed, another one is due at a time. Does nothing when it is done."""


class Receipts(Protocol):
    """What became of deliveries, inside the transaction of its effect."""

    @abstractmethod
    async def record(self, key: DeliveryKey, now: datetime) -> bool:
        """Note that the delivery is done; False when it was done before, and nothing is left to do.

        Waits for another transaction that records the same one.
        """

    @abstractmethod
    async def bury(self, key: DeliveryKey, error: str) -> bool:
        """The last attempt failed: it waits for an operator. False when it was done meanwhile, or is dead."""

    @abstractmethod
    async def revive(self, key: DeliveryKey, now: datetime) -> None:
        """Make a dead delivery due again, with all its attempts before it. Raises NotFound when it isn't dead."""
