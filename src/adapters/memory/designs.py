"""Saved designs in memory."""

from __future__ import annotations

from datetime import datetime

from adapters.memory.tables import Tables
from domain.design.design import Design
from ports.designs import Designs, SavedDesign


class MemoryDesigns(Designs):
    """Saved designs of one transaction. They are immutable: what is kept needs no copy."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def save(self, design: Design, at: datetime) -> SavedDesign:
        """See Designs."""
        return self._tables.designs.setdefault(design.code, SavedDesign(design, at))
