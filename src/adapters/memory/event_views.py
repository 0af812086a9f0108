"""Events and their deliveries in memory, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile
from uuid import UUID

import msgspec

from adapters.memory.database import MemoryDatabase
from adapters.memory.deliveries import MemoryDeliveries
from adapters.memory.tables import DeliveryRow, Logged, other_tasks
from ports.deliveries import DeliveryKey
from ports.event_views import Backlog, DeliveryState, DeliveryView, EventView, EventViews


class MemoryEventViews(EventViews):
    """Reads what was committed."""

    def __init__(self, database: MemoryDatabase, deliveries: MemoryDeliveries) -> None:
        self._tables = database.tables
        self._deliveries = deliveries

    async def events(
        self, *, name: str | None, aggregate_id: UUID | None, before: UUID | None, limit: int
    ) -> Sequence[EventView]:
        """See EventViews."""
        await other_tasks()
        wanted = [
            _event(logged)
            for logged in self._tables.log
            if name in (None, logged.event.name)
            and aggregate_id in (None, logged.event.aggregate_id)
            and (before is None or logged.id < before)
        ]
        return wanted[::-1][:limit]

    async def event(self, event_id: UUID) -> EventView | None:
        """See EventViews."""
        await other_tasks()
        return next((_event(logged) for logged in self._tables.log if logged.id == event_id), None)

    async def deliveries_of(self, event_id: UUID) -> Sequence[DeliveryView]:
        """See EventViews."""
        await other_tasks()
        found = [_delivery(key, row) for key, row in self._tables.deliveries.items() if key.event_id == event_id]
        return sorted(found, key=lambda each: each.handler)

    async def deliveries(
        self, state: DeliveryState, limit: int, *, after: DeliveryKey | None = None
    ) -> Sequence[DeliveryView]:
        """See EventViews."""
        await other_tasks()
        rows = sorted(self._tables.deliveries.items(), key=lambda each: (each[1].seq, each[0].handler))
        if after is not None:
            rows = list(dropwhile(lambda each: each[0] != after, rows))[1:]
        return [_delivery(key, row) for key, row in rows if row.state is state][:limit]

    async def backlog(self) -> Backlog:
        """See EventViews."""
        await other_tasks()
        states = [row.state for row in self._tables.deliveries.values()]
        return Backlog(
            in_outbox=self._deliveries.in_outbox,
            pending=states.count(DeliveryState.PENDING),
            dead=states.count(DeliveryState.DEAD),
        )


def _event(logged: Logged) -> EventView:
    event = logged.event
    told = msgspec.to_builtins(event)
    payload = {name: value for name, value in told.items() if name not in {"aggregate_id", "occurred_at"}}
    return EventView(
        id=logged.id,
        name=event.name,
        aggregate=event.aggregate,
        aggregate_id=event.aggregate_id,
        occurred_at=event.occurred_at,
        payload=msgspec.json.encode(payload).decode(),
    )


def _delivery(key: DeliveryKey, row: DeliveryRow) -> DeliveryView:
    return DeliveryView(
        event_id=key.event_id,
        event=row.event.name,
        aggregate_id=row.event.aggregate_id,
        handler=key.handler,
        lane=row.lane,
        state=row.state,
        attempts=row.attempts,
        due_at=row.due_at,
        error=row.error,
        handled_at=row.handled_at,
    )
