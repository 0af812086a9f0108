"""What the workshop has promised to make, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from adapters.db.engine import Database
from adapters.db.order_rows import order_of
from adapters.db.orders import ORDER_WITH_ITEMS
from adapters.db.session import Statement
from domain.inventory.capacity import Week
from ports.order_views import OrderView
from ports.production_views import ProductionViews

_PROMISED: Final = Statement(
    f"{ORDER_WITH_ITEMS} WHERE o.promised_week = :week AND o.status = 'CONFIRMED' ORDER BY o.id"
)


class SqlProductionViews(ProductionViews):
    """Reads by an index of what is confirmed: how many orders were ever made matters nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def promised_in(self, week: Week) -> Sequence[OrderView]:
        """See ProductionViews."""
        rows = await self._database.fetch(_PROMISED, week=week.monday)
        return [OrderView.of(order_of(row)) for row in rows]
