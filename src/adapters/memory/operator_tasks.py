"""Work for people, in memory."""

from __future__ import annotations

from copy import deepcopy
from uuid import UUID

from adapters.memory.tables import Tables
from domain.errors import NotFound
from domain.operations.task import OperatorTask
from ports.operator_tasks import OperatorTasks


class MemoryOperatorTasks(OperatorTasks):
    """Of one transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, task: OperatorTask) -> None:
        """See OperatorTasks."""
        for other in self._tables.tasks.values():
            if other.done_at is None and (other.kind, other.subject) == (task.kind, task.subject):
                task.pull_events()
                task.version = 1
                return
        self._tables.keep(self._tables.tasks, task.id, task)

    async def get(self, task_id: UUID) -> OperatorTask:
        """See OperatorTasks."""
        task = self._tables.tasks.get(task_id)
        if task is None:
            raise NotFound("operator task", task_id)
        return deepcopy(task)

    async def save(self, task: OperatorTask) -> None:
        """See OperatorTasks."""
        self._tables.keep_changed(self._tables.tasks, task.id, task)
