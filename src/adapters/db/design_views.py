"""Saved designs, to be read."""

from __future__ import annotations

from adapters.db.designs import FIND_DESIGN, saved_design_of
from adapters.db.engine import Database
from domain.design.design import is_design_code
from ports.designs import DesignViews, SavedDesign


class SqlDesignViews(DesignViews):
    """Looks designs up by their code."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, code: str) -> SavedDesign | None:
        """See DesignViews."""
        rows = await self._database.fetch(FIND_DESIGN, code=code) if is_design_code(code) else ()
        return saved_design_of(rows[0]) if rows else None
