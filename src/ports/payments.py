"""Where payments are kept."""

from __future__ import annotations

from abc import abstractmethod
from typing import Protocol
from uuid import UUID

from domain.payments.payment import Payment


class Payments(Protocol):
    """Payments and their refunds, inside a transaction. Events go to the outbox."""

    @abstractmethod
    async def add(self, payment: Payment) -> None:
        """Keep a new payment."""

    @abstractmethod
    async def of_order(self, order_id: UUID) -> Payment | None:
        """The order's latest payment, to be changed; None when none was started."""

    @abstractmethod
    async def save(self, payment: Payment) -> None:
        """Keep the change. Raises StaleAggregate when it was made on an old version."""
