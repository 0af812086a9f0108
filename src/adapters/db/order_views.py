"""Orders, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from adapters.db.engine import Database
from adapters.db.order_rows import order_of
from adapters.db.orders import ORDER_WITH_ITEMS
from adapters.db.references import as_id, is_storable
from adapters.db.session import Statement
from adapters.db.statements import Document
from domain.actor import Actor
from domain.ordering.order import Order
from ports.order_views import OrderView, OrderViews, TimelineEntry

_BY_ID: Final = Statement(f"{ORDER_WITH_ITEMS} WHERE o.id = :reference")
_BY_NUMBER: Final = Statement(f"{ORDER_WITH_ITEMS} WHERE o.ext_id = :reference")
# Ids of events rise as they are written.
_TIMELINE: Final = Statement("""
    SELECT occurred_at, name, payload FROM domain_event
    WHERE aggregate_id IN (SELECT CAST(:id AS uuid) UNION ALL SELECT id FROM payment WHERE order_id = :id)
    ORDER BY occurred_at, id
""")
_EXPIRED: Final = Statement("""
    SELECT id FROM orders
    WHERE hold_expires_at < :now AND status = 'PENDING' AND payment_status IN ('PENDING', 'FAILED')
    ORDER BY hold_expires_at, id LIMIT :limit
""")
# The word in an event's payload that a person wants to read, if it has one.
_TELLING: Final = ("reason", "state", "awb", "cause")


class SqlOrderViews(OrderViews):
    """Reads whole orders, so that the order itself says whose it is and what can be done with it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, reference: str, actor: Actor) -> OrderView | None:
        """See OrderViews."""
        order = await self._order_of(reference, actor)
        return OrderView.of(order) if order else None

    async def timeline(self, reference: str, actor: Actor) -> Sequence[TimelineEntry] | None:
        """See OrderViews."""
        order = await self._order_of(reference, actor)
        if order is None:
            return None
        rows = await self._database.fetch(_TIMELINE, id=order.id)
        return [TimelineEntry(row["occurred_at"], row["name"], _detail(row["payload"])) for row in rows]

    async def expired_holds(self, now: datetime, limit: int) -> Sequence[UUID]:
        """See OrderViews."""
        return [row["id"] for row in await self._database.fetch(_EXPIRED, now=now, limit=limit)]

    async def _order_of(self, reference: str, actor: Actor) -> Order | None:
        key = as_id(reference)
        if key is not None:
            rows = await self._database.fetch(_BY_ID, reference=key)
        elif is_storable(reference):
            rows = await self._database.fetch(_BY_NUMBER, reference=reference)
        else:
            rows = ()
        return next((order for order in map(order_of, rows) if order.belongs_to(actor)), None)


def _detail(payload: Document) -> str | None:
    return next((str(payload[word]) for word in _TELLING if payload.get(word)), None)
