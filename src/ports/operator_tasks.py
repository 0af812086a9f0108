"""Where work for people is kept."""

from __future__ import annotations

from abc import abstractmethod
from typing import Protocol
from uuid import UUID

from domain.operations.task import OperatorTask


class OperatorTasks(Protocol):
    """Operator tasks, inside a transaction. Events go to the outbox."""

    @abstractmethod
    async def add(self, task: OperatorTask) -> None:
        """Keep a new task; one of the same kind and subject that is open already takes its place, and nothing is told."""

    @abstractmethod
    async def get(self, task_id: UUID) -> OperatorTask:
        """A task, to be changed. Raises NotFound."""

    @abstractmethod
    async def save(self, task: OperatorTask) -> None:
        """Keep the change. Raises StaleAggregate when it was made on an old version."""
