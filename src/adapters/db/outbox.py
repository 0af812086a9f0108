"""Events on their way out: rows written with the change that they tell of."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from uuid_utils.compat import uuid7

from adapters.db.statements import as_json, insert_rows
from adapters.db.tables.log import outbox
from domain.events import Aggregate, DomainEvent

TELL: Final = insert_rows(outbox, "events")
"""SQL that writes the events given as the parameter `events`."""


def pulled_events(aggregate: Aggregate) -> str:
    """The aggregate's events, which it forgets, as the parameter `events` of `TELL`."""
    return as_json([_row(event) for event in aggregate.pull_events()])


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
