"""Work for people in memory, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from itertools import dropwhile
from uuid import UUID

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import other_tasks
from domain.operations.task import OperatorTask
from ports.operator_tasks import OperatorTaskViews


class MemoryOperatorTaskViews(OperatorTaskViews):
    """Reads what was committed."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._tables = database.tables

    async def open_tasks(self, limit: int, *, after: UUID | None = None) -> Sequence[OperatorTask]:
        """See OperatorTaskViews."""
        await other_tasks()
        tasks = sorted(self._tables.tasks.values(), key=lambda task: (task.opened_at, task.id))
        if after is not None:
            tasks = list(dropwhile(lambda task: task.id != after, tasks))[1:]
        return deepcopy([task for task in tasks if task.done_at is None][:limit])
