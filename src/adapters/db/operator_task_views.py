"""Work for people, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from adapters.db.engine import Database
from adapters.db.operator_tasks import task_of
from adapters.db.session import Statement
from domain.operations.task import OperatorTask
from ports.operator_tasks import OperatorTaskViews

_OPEN: Final = Statement("SELECT * FROM operator_task WHERE done_at IS NULL ORDER BY opened_at, id LIMIT :limit")


class SqlOperatorTaskViews(OperatorTaskViews):
    """Reads what was committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_tasks(self, limit: int) -> Sequence[OperatorTask]:
        """See OperatorTaskViews."""
        return [task_of(row) for row in await self._database.fetch(_OPEN, limit=limit)]
