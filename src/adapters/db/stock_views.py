"""What is left, to be read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from adapters.db.engine import Database
from adapters.db.session import Statement
from domain.inventory.capacity import Week
from ports.stock_views import StockViews

_AVAILABLE: Final = Statement("""
    SELECT sku, on_hand - reserved AS available FROM stock_item WHERE sku = ANY (CAST(:skus AS text[]))
""")
_FIRST_FREE: Final = Statement("""
    SELECT monday FROM week_capacity WHERE monday >= :earliest AND booked + CAST(:pairs AS bigint) <= capacity
    ORDER BY monday LIMIT 1
""")


class SqlStockViews(StockViews):
    """Reads without waiting for who is writing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def available(self, skus: Collection[str]) -> Mapping[str, int]:
        """See StockViews."""
        rows = await self._database.fetch(_AVAILABLE, skus=list(skus))
        found = {row["sku"]: row["available"] for row in rows}
        return {sku: found.get(sku, 0) for sku in skus}

    async def first_free_week(self, earliest: Week, pairs: int) -> Week | None:
        """See StockViews."""
        rows = await self._database.fetch(_FIRST_FREE, earliest=earliest.monday, pairs=pairs)
        return Week(rows[0]["monday"]) if rows else None
