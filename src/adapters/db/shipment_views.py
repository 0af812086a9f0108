"""Shipments, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from adapters.db.engine import Database
from adapters.db.session import Statement
from adapters.db.shipment_rows import shipment_of
from domain.shipping.journey import UNFOLLOWED
from ports.shipment_views import ShipmentView, ShipmentViews, SilentParcel

_OF_ORDER: Final = Statement("SELECT * FROM shipment WHERE order_id = :order_id ORDER BY created_at, id")
# Word for word the condition of ix_shipment_checked_at.
_SILENT: Final = Statement(f"""
    SELECT id, carrier, awb FROM shipment
    WHERE step IN ('ASSIGNED', 'BOOKED')
    AND (status IS NULL OR status NOT IN ({", ".join(f"'{status}'" for status in sorted(UNFOLLOWED))}))
    AND checked_at < :since
    ORDER BY checked_at, id LIMIT :limit
""")  # noqa: S608  # words of the domain


class SqlShipmentViews(ShipmentViews):
    """Reads whole shipments."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_order(self, order_id: UUID) -> Sequence[ShipmentView]:
        """See ShipmentViews."""
        return [ShipmentView.of(shipment_of(row)) for row in await self._database.fetch(_OF_ORDER, order_id=order_id)]

    async def silent(self, since: datetime, limit: int) -> Sequence[SilentParcel]:
        """See ShipmentViews."""
        rows = await self._database.fetch(_SILENT, since=since, limit=limit)
        return [SilentParcel(row["id"], row["carrier"], row["awb"]) for row in rows]
