"""Saved designs in memory, to be read."""

from __future__ import annotations

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import other_tasks
from ports.designs import DesignViews, SavedDesign


class MemoryDesignViews(DesignViews):
    """Reads committed designs."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._tables = database.tables

    async def find(self, code: str) -> SavedDesign | None:
        """See DesignViews."""
        await other_tasks()
        return self._tables.designs.get(code)
