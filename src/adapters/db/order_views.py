"""Orders, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from adapters.db.engine import Database
from adapters.db.order_rows import order_of
from adapters.db.orders import ORDER_WITH_ITEMS
from adapters.db.references import as_id, is_storable
from adapters.db.session import Row, Statement
from adapters.db.statements import Document
from domain.actor import Actor
from domain.inventory.capacity import Week
from domain.money import Money
from domain.ordering.order import Order
from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentMethod, PaymentStatus
from ports.order_views import OrderFilter, OrderSummary, OrderView, OrderViews, TimelineEntry
from ports.paging import Page, Position, page_of

_BY_ID: Final = Statement(f"{ORDER_WITH_ITEMS} WHERE o.id = :reference")
_BY_NUMBER: Final = Statement(f"{ORDER_WITH_ITEMS} WHERE o.ext_id = :reference")
# Ids of events rise as they are written.
_TIMELINE: Final = Statement("""
    SELECT occurred_at, name, payload FROM domain_event
    WHERE aggregate_id IN (SELECT CAST(:id AS uuid) UNION ALL SELECT id FROM payment WHERE order_id = :id)
    ORDER BY occurred_at, id
""")
# Only what is PENDING has a hold: a CHECK says so.
_EXPIRED: Final = Statement("""
    SELECT id FROM orders
    WHERE hold_expires_at < :now AND payment_status IN ('PENDING', 'FAILED')
    ORDER BY hold_expires_at, id LIMIT :limit
""")
_CONDITIONS: Final = {
    "status": "o.status = :status",
    "payment_status": "o.payment_status = :payment_status",
    "fulfillment_status": "o.fulfillment_status = :fulfillment_status",
    # An id is made when its order is placed, within a day for sure: so the primary key finds what the moments choose.
    "since": "o.created_at >= :since AND o.id >= :since_id",
    "until": "o.created_at < :until AND o.id < :until_id",
    "before": "o.id < :before",
}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_A_DAY: Final = timedelta(days=1)
_LAST_MS: Final = 2**48 - 1
# The word in an event's payload that a person wants to read, if it has one.
_TELLING: Final = ("reason", "state", "awb", "cause")


@cache
def _list(names: tuple[str, ...]) -> Statement:
    """One page, newest first: ids rise with time. A statement for each combination of conditions, prepared once."""
    return Statement(f"""
        SELECT o.id, o.ext_id, o.status, o.payment_status, o.fulfillment_status, o.payment_method, o.email, o.total,
               o.currency, o.promised_week, o.created_at,
               (SELECT sum(i.quantity) FROM order_item i WHERE i.order_id = o.id) AS pairs
        FROM orders o WHERE {" AND ".join(_CONDITIONS[name] for name in names) or "true"}
        ORDER BY o.id DESC LIMIT :limit
    """)  # noqa: S608  # constants of this module; what is asked for are parameters


class SqlOrderViews(OrderViews):
    """Reads whole orders, so that the order itself says whose it is and what can be done with it; lists are queries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, reference: str, actor: Actor) -> OrderView | None:
        """See OrderViews."""
        order = await self._order_of(reference, actor)
        return OrderView.of(order) if order else None

    async def list_orders(self, wanted: OrderFilter, *, limit: int, after: Position | None) -> Page[OrderSummary]:
        """See OrderViews."""
        conditions = {**asdict(wanted), "before": after.id if after else None}
        given = {name: value for name, value in conditions.items() if value is not None}
        bounds = {"since_id": _id_at(wanted.since, -_A_DAY), "until_id": _id_at(wanted.until, _A_DAY)}
        rows = await self._database.fetch(_list(tuple(given)), **given, **bounds, limit=limit + 1)
        return page_of([_summary_of(row) for row in rows], limit, lambda order: Position("", order.id))

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


def _id_at(moment: datetime | None, shift: timedelta) -> UUID | None:
    """The least UUIDv7 of a moment and a bit; the first or last there is, when that is beyond what they can tell."""
    if moment is None:
        return None
    ms = (moment - _EPOCH + shift) // timedelta(milliseconds=1)
    return UUID(int=min(max(ms, 0), _LAST_MS) << 80)


def _summary_of(row: Row) -> OrderSummary:
    return OrderSummary(
        id=row["id"],
        ext_id=row["ext_id"],
        status=OrderStatus(row["status"]),
        payment_status=PaymentStatus(row["payment_status"]),
        fulfillment_status=FulfillmentStatus(row["fulfillment_status"]),
        payment_method=PaymentMethod(row["payment_method"]),
        customer_email=row["email"],
        total=Money(row["total"], row["currency"]),
        pairs=row["pairs"],
        promised_week=Week(row["promised_week"]),
        created_at=row["created_at"],
    )


def _detail(payload: Document) -> str | None:
    return next((str(payload[word]) for word in _TELLING if payload.get(word)), None)
