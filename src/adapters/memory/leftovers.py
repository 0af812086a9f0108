"""Rows in memory that nobody will ask for again."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, MutableMapping
from datetime import datetime
from typing import Any

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import other_tasks
from ports.leftovers import Leftovers


class MemoryLeftovers(Leftovers):
    """Removes from what was committed."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._tables = database.tables

    async def remove(self, *, claimed_before: datetime, handled_before: datetime, received_before: datetime) -> int:
        """See Leftovers."""
        await other_tasks()
        tables = self._tables
        claims = [key for key, claim in tables.claims.items() if claim.claimed_at < claimed_before]
        done = [key for key, row in tables.deliveries.items() if row.handled_at and row.handled_at < handled_before]
        messages = [key for key, message in tables.inbox.items() if message.received_at < received_before]
        return _drop(tables.claims, claims) + _drop(tables.deliveries, done) + _drop(tables.inbox, messages)


def _drop(table: MutableMapping[Any, Any], keys: Iterable[Hashable]) -> int:  # Any: tables of many types
    return len([table.pop(key) for key in keys])
