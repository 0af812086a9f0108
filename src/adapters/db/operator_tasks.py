"""Work for people, of one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from adapters.db.outbox import pulled_events, telling
from adapters.db.session import Row, Session, Statement
from adapters.db.statements import as_json, insert_rows
from adapters.db.tables.delivering import operator_task
from domain.errors import NotFound
from domain.operations.task import OperatorTask, TaskKind
from ports.errors import StaleAggregate
from ports.operator_tasks import OperatorTasks

_ADD: Final = Statement(f"""
    WITH added AS (
        {insert_rows(operator_task, "tasks")} ON CONFLICT (kind, subject) WHERE done_at IS NULL DO NOTHING RETURNING id
    ), {telling("WHERE EXISTS (SELECT FROM added)")}
    SELECT id FROM added
""")  # noqa: S608  # constants of this package
_LOCK: Final = Statement("SELECT * FROM operator_task WHERE id = :id FOR NO KEY UPDATE")
# What a task is about never changes.
_SAVE: Final = Statement("""
    UPDATE operator_task SET done_at = :done_at, version = version + 1
    WHERE id = :id AND version = :version RETURNING id
""")


class SqlOperatorTasks(OperatorTasks):
    """Writes an event to the outbox with every new task."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, task: OperatorTask) -> None:
        """See OperatorTasks."""
        await self._session.row(
            _ADD, tasks=as_json([{**_row(task), "version": 1}]), events=pulled_events(self._session, task)
        )
        task.version = 1

    async def get(self, task_id: UUID) -> OperatorTask:
        """See OperatorTasks."""
        row = await self._session.row(_LOCK, id=task_id)
        if row is None:
            raise NotFound("operator task", task_id)
        return task_of(row)

    async def save(self, task: OperatorTask) -> None:
        """See OperatorTasks."""
        saved = await self._session.row(_SAVE, id=task.id, version=task.version, done_at=task.done_at)
        if saved is None:
            raise StaleAggregate("operator task", task.id)
        task.version += 1


def _row(task: OperatorTask) -> dict[str, UUID | str | datetime | None]:
    return {
        "id": task.id,
        "kind": task.kind,
        "subject": task.subject,
        "order_id": task.order_id,
        "detail": task.detail,
        "opened_at": task.opened_at,
        "done_at": task.done_at,
    }


def task_of(row: Row) -> OperatorTask:
    """The task of a row."""
    return OperatorTask(
        id=row["id"],
        kind=TaskKind(row["kind"]),
        subject=row["subject"],
        order_id=row["order_id"],
        detail=row["detail"],
        opened_at=row["opened_at"],
        done_at=row["done_at"],
        version=row["version"],
    )
