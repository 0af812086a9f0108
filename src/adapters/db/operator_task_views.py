"""Work for people, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from adapters.db.engine import Database
from adapters.db.operator_tasks import task_of
from adapters.db.session import Statement
from domain.operations.task import OperatorTask
from ports.operator_tasks import OperatorTaskViews

_OPEN: Final = Statement("""
    SELECT * FROM operator_task
    WHERE done_at IS NULL
      AND (CAST(:after AS uuid) IS NULL
           OR (opened_at, id) > ((SELECT opened_at FROM operator_task WHERE id = :after), :after))
    ORDER BY opened_at, id LIMIT :limit
""")


class SqlOperatorTaskViews(OperatorTaskViews):
    """Reads what was committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_tasks(self, limit: int, *, after: UUID | None = None) -> Sequence[OperatorTask]:
        """See OperatorTaskViews."""
        return [task_of(row) for row in await self._database.fetch(_OPEN, after=after, limit=limit)]
