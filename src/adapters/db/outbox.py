"""Events on their way out: rows written with the change that they tell of."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from uuid_utils.compat import uuid7

from adapters.db.session import Session
from adapters.db.statements import as_json, insert_rows
from adapters.db.tables.log import domain_event
from domain.events import Aggregate, DomainEvent

_INTO_LOG: Final = insert_rows(domain_event, "events")


def telling(condition: str = "") -> str:
    """The CTEs `told` and `noted`, which write the parameter `events` into the log and the outbox.

    `condition` is a WHERE clause for both: without what it asks for, nothing is told.
    """
    return f"""
        told AS ({_INTO_LOG} {condition} RETURNING id, aggregate_id, name),
        noted AS (INSERT INTO outbox (event_id, aggregate_id, name) SELECT id, aggregate_id, name FROM told)
    """  # noqa: S608  # constants of this package


def pulled_events(session: Session, aggregate: Aggregate) -> str:
    """The aggregate's events, which it forgets, as the parameter `events` of `telling`."""
    rows = [_row(event) for event in aggregate.pull_events()]
    session.has_news |= bool(rows)
    return as_json(rows)


def _row(event: DomainEvent) -> dict[str, object]:
    payload: dict[str, Any] = msgspec.to_builtins(event)  # Any: whatever the event carries
    return {
        "id": uuid7(),
        "aggregate": event.aggregate,
        "aggregate_id": payload.pop("aggregate_id"),
        "name": event.name,
        "occurred_at": payload.pop("occurred_at"),
        "payload": payload,
    }
