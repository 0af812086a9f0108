"""What all letters to buyers have in common."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from application.events.handler import Handler
from application.saga.post import Post
from domain.actor import System
from domain.events import DomainEvent
from ports.deliveries import DeliveryKey, Lane
from ports.letters import Letter
from ports.order_views import OrderView, OrderViews

E = TypeVar("E", bound=DomainEvent)


@dataclass(frozen=True, slots=True)
class TellBuyer(Handler[E], Generic[E]):
    """Sends a letter about an order, as the order is when the letter is written."""

    lane = Lane.MAIL

    orders: OrderViews
    post: Post

    async def __call__(self, event: E, key: DeliveryKey) -> None:
        """See Handler."""
        order = await self.orders.find(str(self.order_of(event)), System())
        letter = self.letter(event, order) if order else None
        if letter is not None:
            await self.post.send(letter, key)

    def order_of(self, event: E) -> UUID:
        """The order that an event is about."""
        return event.aggregate_id

    @abstractmethod
    def letter(self, event: E, order: OrderView) -> Letter | None:
        """What is to be told; None when there is nothing to tell (any more)."""
