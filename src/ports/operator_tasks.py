"""Where work for people is kept."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from domain.operations.task import OperatorTask


class OperatorTasks(Protocol):
    """Operator tasks, inside a transaction. Events go to the outbox."""

    @abstractmethod
    async def add(self, task: OperatorTask) -> None:
        """Keep a new task. Where one of the same kind and subject is open already, nothing is kept or told."""

    @abstractmethod
    async def get(self, task_id: UUID) -> OperatorTask:
        """A task, to be changed. Raises NotFound."""

    @abstractmethod
    async def save(self, task: OperatorTask) -> None:
        """Keep the change. Raises StaleAggregate when it was made on an old version."""


class OperatorTaskViews(Protocol):
    """Work for people, to be read."""

    @abstractmethod
    async def open_tasks(self, limit: int, *, after: UUID | None = None) -> Sequence[OperatorTask]:
        """What nobody has done yet, oldest first.

        `after` is the last one of the page before, done or not; nothing comes after one that was never there.
        """
