"""What the workshop has promised to make, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import other_tasks
from domain.inventory.capacity import Week
from domain.ordering.status import OrderStatus
from ports.order_views import OrderView
from ports.production_views import ProductionViews


class MemoryProductionViews(ProductionViews):
    """Reads what was committed."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._tables = database.tables

    async def promised_in(self, week: Week) -> Sequence[OrderView]:
        """See ProductionViews."""
        await other_tasks()
        promised = [
            order
            for order in self._tables.orders.values()
            if order.promised_week == week and order.status is OrderStatus.CONFIRMED
        ]
        return [OrderView.of(deepcopy(order)) for order in sorted(promised, key=lambda order: order.id)]
