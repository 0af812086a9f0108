"""Events on their way to those who listen, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import DeliveryRow, Tables
from ports.deliveries import Deliveries, Delivery, DeliveryKey, HandedOut, Subscription
from ports.event_views import DeliveryState


class MemoryDeliveries(Deliveries):
    """Reads the log of events on from where it stopped: what comes after that is the outbox."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database
        self._seen = 0

    @property
    def in_outbox(self) -> int:
        """Events that nobody has looked at yet."""
        return len(self._database.tables.log) - self._seen

    async def hand_out(
        self, subscriptions: Sequence[Subscription], now: datetime, *, lease: timedelta, most: int
    ) -> Sequence[HandedOut]:
        """See Deliveries."""
        async with self._database.writing() as tables:
            self._fan_out(tables, subscriptions, now, most)
            rows = sorted(tables.deliveries.items(), key=lambda each: (each[1].due_at, each[1].seq))
            due = [(key, row) for key, row in rows if _is_due(row, now) and not _waits(row, tables.deliveries.values())]
            for key, row in due[:most]:
                tables.deliveries[key] = replace(row, due_at=now + lease, error=None)
        return [HandedOut(key, row.lane) for key, row in due[:most]]

    async def take_back(self, keys: Sequence[DeliveryKey], now: datetime) -> None:
        """See Deliveries."""
        async with self._database.writing() as tables:
            for key, row in _pending(tables, keys):
                tables.deliveries[key] = replace(row, due_at=now)

    async def start(self, keys: Sequence[DeliveryKey], now: datetime, *, lease: timedelta) -> Sequence[Delivery]:
        """See Deliveries."""
        started = []
        async with self._database.writing() as tables:
            for key, row in _pending(tables, keys):
                if row.error is not None:  # it failed, and waits for its time
                    continue
                begun = replace(row, attempts=row.attempts + 1, due_at=max(row.due_at, now + lease))
                tables.deliveries[key] = begun
                started.append(Delivery(key, begun.event, begun.attempts))
        return started

    async def finish(self, keys: Sequence[DeliveryKey], now: datetime) -> None:
        """See Deliveries."""
        async with self._database.writing() as tables:
            for key, row in _pending(tables, keys):
                tables.deliveries[key] = replace(row, state=DeliveryState.DONE, handled_at=now, error=None)

    async def retry(self, key: DeliveryKey, due_at: datetime, error: str) -> None:
        """See Deliveries."""
        async with self._database.writing() as tables:
            for _, row in _pending(tables, [key]):
                tables.deliveries[key] = replace(row, due_at=due_at, error=error)

    def _fan_out(self, tables: Tables, subscriptions: Sequence[Subscription], now: datetime, most: int) -> None:
        log = self._database.tables.log  # what was committed
        for seq in range(self._seen, min(len(log), self._seen + most)):
            for each in subscriptions:
                if each.event == log[seq].event.name:
                    row = DeliveryRow(seq, log[seq].event, each.lane, DeliveryState.PENDING, 0, now + each.delay)
                    tables.deliveries.setdefault(DeliveryKey(log[seq].id, each.handler), row)
            self._seen = seq + 1


def _is_due(row: DeliveryRow, now: datetime) -> bool:
    return row.state is DeliveryState.PENDING and row.due_at <= now


def _waits(row: DeliveryRow, others: Iterable[DeliveryRow]) -> bool:
    """Whether something of the same aggregate comes first."""
    return any(
        other.seq < row.seq
        and other.lane is row.lane
        and other.event.aggregate_id == row.event.aggregate_id
        and other.state is not DeliveryState.DONE
        for other in others
    )


def _pending(tables: Tables, keys: Sequence[DeliveryKey]) -> list[tuple[DeliveryKey, DeliveryRow]]:
    rows = [(key, tables.deliveries.get(key)) for key in keys]
    return [(key, row) for key, row in rows if row is not None and row.state is DeliveryState.PENDING]
