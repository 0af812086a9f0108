"""Shipments in memory, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import other_tasks
from domain.shipping.journey import UNFOLLOWED
from ports.shipment_views import ShipmentView, ShipmentViews, SilentParcel


class MemoryShipmentViews(ShipmentViews):
    """Reads committed shipments."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._tables = database.tables

    async def of_order(self, order_id: UUID) -> Sequence[ShipmentView]:
        """See ShipmentViews."""
        await other_tasks()
        found = [each for each in self._tables.shipments.values() if each.order_id == order_id]
        return [ShipmentView.of(each) for each in sorted(found, key=lambda each: (each.created_at, each.id))]

    async def silent(self, since: datetime, limit: int) -> Sequence[SilentParcel]:
        """See ShipmentViews."""
        await other_tasks()
        found = [
            (each.checked_at, SilentParcel(each.id, each.carrier, each.waybill.awb))
            for each in self._tables.shipments.values()
            if each.waybill and each.is_live and each.status not in UNFOLLOWED and each.checked_at < since
        ]
        return [parcel for _, parcel in sorted(found, key=lambda each: (each[0], each[1].shipment_id))[:limit]]
