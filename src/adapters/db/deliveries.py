"""Events on their way to those who listen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from adapters.db.engine import Database
from adapters.db.event_rows import event_of
from adapters.db.session import Row, Statement
from domain.events import DomainEvent
from ports.deliveries import Deliveries, Delivery, DeliveryKey, EventUnreadable, HandedOut, Lane, Subscription

# An event that nobody listens to is only taken out.
_FAN_OUT: Final = Statement("""
    WITH taken AS (
        DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox ORDER BY seq LIMIT :most FOR UPDATE SKIP LOCKED)
        RETURNING seq, event_id, aggregate_id, name
    )
    INSERT INTO delivery (event_id, handler, lane, aggregate_id, seq, state, attempts, due_at)
    SELECT t.event_id, s.handler, s.lane, t.aggregate_id, t.seq, 'PENDING', 0, CAST(:now AS timestamptz) + s.delay
    FROM taken t
    JOIN unnest(CAST(:events AS text[]), CAST(:handlers AS text[]), CAST(:lanes AS text[]), CAST(:delays AS interval[]))
         AS s (event, handler, lane, delay) ON s.event = t.name
    ON CONFLICT DO NOTHING
""")
# Nothing of the same aggregate may be before it: neither undone in its lane, nor not looked at yet. What another
# relay is taking out of the outbox right now still is in it, seen from here, and counts.
_LEASE: Final = Statement("""
    UPDATE delivery SET due_at = CAST(:now AS timestamptz) + :lease, error = NULL
    WHERE (event_id, handler) IN (
        SELECT d.event_id, d.handler FROM delivery d
        WHERE d.state = 'PENDING' AND d.due_at <= :now
          AND NOT EXISTS (
              SELECT FROM delivery e
              WHERE e.aggregate_id = d.aggregate_id AND e.lane = d.lane AND e.seq < d.seq AND e.state <> 'DONE')
          AND NOT EXISTS (SELECT FROM outbox o WHERE o.aggregate_id = d.aggregate_id AND o.seq < d.seq)
        ORDER BY d.due_at, d.seq LIMIT :most FOR UPDATE OF d SKIP LOCKED
    )
    RETURNING event_id, handler, lane
""")

_THESE: Final = """
    SELECT d.event_id, d.handler FROM delivery d
    JOIN unnest(CAST(:events AS uuid[]), CAST(:handlers AS text[])) AS k (event_id, handler) USING (event_id, handler)
    WHERE d.state = 'PENDING' ORDER BY d.event_id, d.handler FOR UPDATE OF d
"""
_TAKE_BACK: Final = Statement(f"""
    UPDATE delivery SET due_at = :now WHERE (event_id, handler) IN ({_THESE} SKIP LOCKED)
""")  # noqa: S608  # constants of this module
# One that is locked is being recorded as done; one with an error waits for its time.
# The clock of the relay, which gave the first lease, may be ahead of ours.
_START: Final = Statement(f"""
    UPDATE delivery s
    SET attempts = s.attempts + 1, due_at = GREATEST(s.due_at, CAST(:now AS timestamptz) + :lease)
    FROM domain_event e
    WHERE (s.event_id, s.handler) IN ({_THESE} SKIP LOCKED) AND s.error IS NULL AND e.id = s.event_id
    RETURNING s.event_id, s.handler, s.attempts, e.name, e.aggregate_id, e.occurred_at, e.payload
""")  # noqa: S608  # constants of this module
_FINISH: Final = Statement(f"""
    UPDATE delivery SET state = 'DONE', handled_at = :now, error = NULL WHERE (event_id, handler) IN ({_THESE})
""")  # noqa: S608  # constants of this module
_RETRY: Final = Statement("""
    UPDATE delivery SET due_at = :due_at, error = :error
    WHERE event_id = :event_id AND handler = :handler AND state = 'PENDING'
""")


class SqlDeliveries(Deliveries):
    """Rows of `outbox` become rows of `delivery`; leases are ends of time in their `due_at`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def hand_out(
        self, subscriptions: Sequence[Subscription], now: datetime, *, lease: timedelta, most: int
    ) -> Sequence[HandedOut]:
        """See Deliveries."""
        async with self._database.transaction() as session:
            await session.row(
                _FAN_OUT,
                now=now,
                most=most,
                events=[each.event for each in subscriptions],
                handlers=[each.handler for each in subscriptions],
                lanes=[each.lane for each in subscriptions],
                delays=[each.delay for each in subscriptions],
            )
            rows = await session.rows(_LEASE, now=now, lease=lease, most=most)
        return [HandedOut(DeliveryKey(row["event_id"], row["handler"]), Lane(row["lane"])) for row in rows]

    async def take_back(self, keys: Sequence[DeliveryKey], now: datetime) -> None:
        """See Deliveries."""
        await self._change(_TAKE_BACK, keys, now=now)

    async def start(self, keys: Sequence[DeliveryKey], now: datetime, *, lease: timedelta) -> Sequence[Delivery]:
        """See Deliveries."""
        async with self._database.connect() as session:
            rows = await session.rows(_START, now=now, lease=lease, **_named(keys))
        return [Delivery(DeliveryKey(row["event_id"], row["handler"]), _event(row), row["attempts"]) for row in rows]

    async def finish(self, keys: Sequence[DeliveryKey], now: datetime) -> None:
        """See Deliveries."""
        await self._change(_FINISH, keys, now=now)

    async def retry(self, key: DeliveryKey, due_at: datetime, error: str) -> None:
        """See Deliveries."""
        async with self._database.connect() as session:
            await session.row(_RETRY, event_id=key.event_id, handler=key.handler, due_at=due_at, error=error)

    async def _change(self, statement: Statement, keys: Sequence[DeliveryKey], *, now: datetime) -> None:
        async with self._database.connect() as session:
            await session.row(statement, now=now, **_named(keys))


def _event(row: Row) -> DomainEvent | EventUnreadable:
    """One that can't be read takes no other with it."""
    try:
        return event_of(row)
    except (KeyError, msgspec.ValidationError) as error:
        return EventUnreadable(f"{row['name']}: {error}")


def _named(keys: Sequence[DeliveryKey]) -> dict[str, object]:
    return {"events": [key.event_id for key in keys], "handlers": [key.handler for key in keys]}
