"""What became of deliveries, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from adapters.memory.tables import Tables
from domain.errors import NotFound
from ports.deliveries import DeliveryKey, Receipts
from ports.event_views import DeliveryState


class MemoryReceipts(Receipts):
    """Of one transaction."""

    def __init__(self, tables: Tables) -> None:
        self._deliveries = tables.deliveries

    async def record(self, key: DeliveryKey, now: datetime) -> bool:
        """See Receipts."""
        row = self._deliveries.get(key)
        if row is None or row.state is DeliveryState.DONE:
            return False
        self._deliveries[key] = replace(row, state=DeliveryState.DONE, handled_at=now, error=None)
        return True

    async def bury(self, key: DeliveryKey, error: str) -> bool:
        """See Receipts."""
        row = self._deliveries.get(key)
        if row is None or row.state is not DeliveryState.PENDING:
            return False
        self._deliveries[key] = replace(row, state=DeliveryState.DEAD, error=error)
        return True

    async def revive(self, key: DeliveryKey, now: datetime) -> None:
        """See Receipts."""
        row = self._deliveries.get(key)
        if row is None or row.state is not DeliveryState.DEAD:
            raise NotFound("dead delivery", key)
        self._deliveries[key] = replace(row, state=DeliveryState.PENDING, attempts=0, due_at=now)
