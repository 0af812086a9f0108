"""Shipments of one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final
from uuid import UUID

from adapters.db.outbox import pulled_events, telling
from adapters.db.references import is_storable
from adapters.db.session import Row, Session, Statement
from adapters.db.shipment_rows import shipment_of, shipment_row
from adapters.db.statements import Values, as_json, changed_columns, insert_rows, parameters, update_columns
from adapters.db.tables.shipping import shipment as shipment_table
from domain.errors import NotFound
from domain.shipping.shipment import Shipment
from ports.errors import StaleAggregate
from ports.shipments import ShipmentKey, Shipments

_ADD: Final = Statement(f"""
    WITH added AS ({insert_rows(shipment_table, "shipments")}), {telling()} SELECT
""")  # constants of this package
_LOCK: Final = Statement("SELECT * FROM shipment WHERE id = :id FOR NO KEY UPDATE")
_LOCK_ALL: Final = Statement(
    "SELECT * FROM shipment WHERE order_id = :order_id ORDER BY created_at, id FOR NO KEY UPDATE"
)
_WITH_AWB: Final = Statement("SELECT id, order_id FROM shipment WHERE carrier = :carrier AND awb = :awb")


@cache
def _save(columns: tuple[str, ...]) -> Statement:
    return Statement(f"""
        WITH saved AS ({update_columns(shipment_table, columns)} RETURNING id),
        {telling("WHERE EXISTS (SELECT FROM saved)")}
        SELECT id FROM saved
    """)  # noqa: S608  # constants of this package


class SqlShipments(Shipments):
    """Writes events to the outbox with every change."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._loaded: dict[UUID, Values] = {}

    async def add(self, shipment: Shipment) -> None:
        """See Shipments."""
        row = shipment_row(shipment)
        await self._session.row(
            _ADD,
            about=shipment,
            shipments=as_json([{**row, "version": 1}]),
            events=pulled_events(self._session, shipment),
        )
        shipment.version = 1
        self._loaded[shipment.id] = row

    async def get(self, shipment_id: UUID) -> Shipment:
        """See Shipments."""
        row = await self._session.row(_LOCK, id=shipment_id)
        if row is None:
            raise NotFound("shipment", shipment_id)
        return self._remembered(row)

    async def of_order(self, order_id: UUID) -> Sequence[Shipment]:
        """See Shipments."""
        return [self._remembered(row) for row in await self._session.rows(_LOCK_ALL, order_id=order_id)]

    async def with_awb(self, carrier: str, awb: str) -> ShipmentKey | None:
        """See Shipments."""
        if not is_storable(awb):
            return None
        row = await self._session.row(_WITH_AWB, carrier=carrier, awb=awb)
        return ShipmentKey(row["id"], row["order_id"]) if row is not None else None

    async def save(self, shipment: Shipment) -> None:
        """See Shipments."""
        row = shipment_row(shipment)
        changed = parameters(shipment_table, changed_columns(self._loaded.get(shipment.id), row))
        saved = await self._session.row(
            _save(tuple(changed)),
            about=shipment,
            **{
                **changed,
                "id": shipment.id,
                "version": shipment.version,
                "events": pulled_events(self._session, shipment),
            },
        )
        if saved is None:
            raise StaleAggregate("shipment", shipment.id)
        shipment.version += 1
        self._loaded[shipment.id] = row

    def _remembered(self, row: Row) -> Shipment:
        shipment = shipment_of(row)
        self._loaded[shipment.id] = shipment_row(shipment)
        return shipment
