"""The way from the relay to the workers."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Protocol

from ports.deliveries import DeliveryKey, Lane
from ports.errors import PortUnavailable


class TaskQueueUnavailable(PortUnavailable):
    """The broker takes nothing right now."""

    def __init__(self, reason: str = "no answer", *, retry_after: int = 1) -> None:
        super().__init__("task-queue", reason, retry_after=retry_after)


class TaskQueue(Protocol):
    """Hands work to workers. What is put may be lost, or come twice: the deliveries know better."""

    @abstractmethod
    async def put(self, lane: Lane, keys: Sequence[DeliveryKey]) -> None:
        """Have these deliveries made by a worker of the lane. Raises TaskQueueUnavailable."""
