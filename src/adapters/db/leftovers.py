"""Rows that nobody will ask for again."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from adapters.db.engine import Database
from adapters.db.session import Statement
from ports.leftovers import Leftovers

_PORTION: Final = 5_000


def _remove(table: str, condition: str) -> Statement:
    return Statement(f"""
        WITH removed AS (
            DELETE FROM {table} WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM {table} WHERE {condition} LIMIT {_PORTION} FOR UPDATE SKIP LOCKED
            )) RETURNING 1
        )
        SELECT count(*) AS rows FROM removed
    """)  # noqa: S608  # constants of this module


_KEYS: Final = _remove("idempotency_key", "created_at < :before")
_DELIVERIES: Final = _remove("delivery", "state = 'DONE' AND handled_at < :before")
_MESSAGES: Final = _remove("inbox", "received_at < :before")


class SqlLeftovers(Leftovers):
    """Each portion is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remove(self, *, claimed_before: datetime, handled_before: datetime, received_before: datetime) -> int:
        """See Leftovers."""
        removed = 0
        for statement, before in ((_KEYS, claimed_before), (_DELIVERIES, handled_before), (_MESSAGES, received_before)):
            while portion := await self._removed(statement, before):
                removed += portion
        return removed

    async def _removed(self, statement: Statement, before: datetime) -> int:
        async with self._database.connect() as session:
            [row] = await session.rows(statement, before=before)
        rows: int = row["rows"]
        return rows
