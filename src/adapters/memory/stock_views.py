"""What is left, in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import other_tasks
from domain.inventory.capacity import Week
from ports.stock_views import StockViews


class MemoryStockViews(StockViews):
    """Reads committed stock and weeks."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._tables = database.tables

    async def available(self, skus: Collection[str]) -> Mapping[str, int]:
        """See StockViews."""
        await other_tasks()
        stock = self._tables.stock
        return {sku: stock[sku].available if sku in stock else 0 for sku in skus}

    async def first_free_week(self, earliest: Week, pairs: int) -> Week | None:
        """See StockViews."""
        await other_tasks()
        weeks = self._tables.weeks
        return min((week for week in weeks if week >= earliest and weeks[week].free >= pairs), default=None)
