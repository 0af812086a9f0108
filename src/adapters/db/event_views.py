"""Events and their deliveries, to be read by operators."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final
from uuid import UUID

from adapters.db.engine import Database
from adapters.db.session import Row, Statement
from ports.deliveries import DeliveryKey
from ports.event_views import Backlog, DeliveryState, DeliveryView, EventView, EventViews

_EVENT: Final = """
    SELECT id, name, aggregate, aggregate_id, occurred_at, CAST(payload AS text) AS payload FROM domain_event
"""
# Ids rise with time.
_EVENTS: Final = Statement(f"""
    {_EVENT}
    WHERE (CAST(:name AS text) IS NULL OR name = :name)
      AND (CAST(:aggregate_id AS uuid) IS NULL OR aggregate_id = :aggregate_id)
      AND (CAST(:before AS uuid) IS NULL OR id < :before)
    ORDER BY id DESC LIMIT :limit
""")
_ONE: Final = Statement(f"{_EVENT} WHERE id = :id")
_DELIVERY: Final = """
    SELECT d.event_id, e.name AS event, d.aggregate_id, d.handler, d.lane, d.state, d.attempts, d.due_at, d.error,
           d.handled_at
    FROM delivery d JOIN domain_event e ON e.id = d.event_id
"""
_OF_EVENT: Final = Statement(f"{_DELIVERY} WHERE d.event_id = :id ORDER BY d.handler")
_BACKLOG: Final = Statement("""
    SELECT (SELECT count(*) FROM outbox) AS in_outbox,
           (SELECT count(*) FROM delivery WHERE state = 'PENDING') AS pending,
           (SELECT count(*) FROM delivery WHERE state = 'DEAD') AS dead
""")


@cache
def _in_state(state: DeliveryState) -> Statement:
    """One page; the state is a constant, because plans for any state can't use an index of one."""
    return Statement(f"""
        {_DELIVERY}
        WHERE d.state = '{state}'
          AND (CAST(:event_id AS uuid) IS NULL OR (d.seq, d.handler) > (
              (SELECT seq FROM delivery WHERE event_id = :event_id AND handler = :handler), :handler
          ))
        ORDER BY d.seq, d.handler LIMIT :limit
    """)  # noqa: S608  # constants of this package


class SqlEventViews(EventViews):
    """Reads what was committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def events(
        self, *, name: str | None, aggregate_id: UUID | None, before: UUID | None, limit: int
    ) -> Sequence[EventView]:
        """See EventViews."""
        rows = await self._database.fetch(_EVENTS, name=name, aggregate_id=aggregate_id, before=before, limit=limit)
        return [EventView(**row) for row in rows]

    async def event(self, event_id: UUID) -> EventView | None:
        """See EventViews."""
        return next((EventView(**row) for row in await self._database.fetch(_ONE, id=event_id)), None)

    async def deliveries_of(self, event_id: UUID) -> Sequence[DeliveryView]:
        """See EventViews."""
        return [_delivery_of(row) for row in await self._database.fetch(_OF_EVENT, id=event_id)]

    async def deliveries(
        self, state: DeliveryState, limit: int, *, after: DeliveryKey | None = None
    ) -> Sequence[DeliveryView]:
        """See EventViews."""
        event_id, handler = (after.event_id, after.handler) if after else (None, "")
        rows = await self._database.fetch(_in_state(state), event_id=event_id, handler=handler, limit=limit)
        return [_delivery_of(row) for row in rows]

    async def backlog(self) -> Backlog:
        """See EventViews."""
        [row] = await self._database.fetch(_BACKLOG)
        return Backlog(**row)


def _delivery_of(row: Row) -> DeliveryView:
    return DeliveryView(**{**row, "state": DeliveryState(row["state"])})
