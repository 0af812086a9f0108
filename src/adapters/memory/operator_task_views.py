"""Work for people in memory, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import other_tasks
from domain.operations.task import OperatorTask
from ports.operator_tasks import OperatorTaskViews


class MemoryOperatorTaskViews(OperatorTaskViews):
    """Reads what was committed."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._tables = database.tables

    async def open_tasks(self, limit: int) -> Sequence[OperatorTask]:
        """See OperatorTaskViews."""
        await other_tasks()
        open_ones = [task for task in self._tables.tasks.values() if task.done_at is None]
        return deepcopy(sorted(open_ones, key=lambda task: (task.opened_at, task.id))[:limit])
