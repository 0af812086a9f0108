"""Where orders are kept."""

from __future__ import annotations

from abc import abstractmethod
from typing import Protocol
from uuid import UUID

from domain.ordering.order import Order


class Orders(Protocol):
    """Orders, inside a transaction. Events go to the outbox with the change."""

    @abstractmethod
    async def add(self, order: Order) -> None:
        """Keep a new order. Raises CartAlreadyOrdered when its cart has become one before."""

    @abstractmethod
    async def get(self, order_id: UUID) -> Order:
        """The order, to be changed: nobody else changes it until the transaction ends.

        Raises NotFound.
        """

    @abstractmethod
    async def save(self, order: Order) -> None:
        """Keep the change. Raises StaleAggregate when it was made on an old version."""
