"""Whoever reacts to what happened."""

from __future__ import annotations

from abc import abstractmethod
from datetime import timedelta
from typing import Any, ClassVar, Generic, TypeVar

from domain.events import DomainEvent
from ports.deliveries import DeliveryKey, Lane, Subscription

E = TypeVar("E", bound=DomainEvent)


class Handler(Generic[E]):
    """Reacts to one kind of event. It may be called several times for the same one.

    Who changes the database notes the key in the same transaction (`tx.receipts.record`) and
    does nothing when it was noted before. Who talks to others gives them the key, or
    something else that makes a repetition harmless. Raise anything to be called again later;
    after the last time the delivery waits for an operator. `name` is kept with every
    delivery: it outlives the class.
    """

    name: ClassVar[str]
    listens_to: ClassVar[type[DomainEvent]]
    lane: ClassVar[Lane]
    delay: ClassVar[timedelta] = timedelta(0)

    @abstractmethod
    async def __call__(self, event: E, key: DeliveryKey) -> None:
        """Do what has to be done."""

    async def give_up(self, event: E, key: DeliveryKey, error: str) -> None:
        """Make good what can be after the last attempt failed, before the delivery is left to an operator.

        Who settles the matter records the key, and nothing is left. Nothing is done unless a handler says otherwise.
        """


AnyHandler = Handler[Any]
"""Any: a handler is only ever given what it listens to."""


def subscription_of(handler: AnyHandler) -> Subscription:
    """What a handler listens to."""
    return Subscription(handler.listens_to.name, handler.name, handler.lane, handler.delay)
