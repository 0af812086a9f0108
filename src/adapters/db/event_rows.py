"""Events out of their rows."""

from __future__ import annotations

import msgspec

from adapters.db.session import Row
from domain.event_catalogue import EVENTS
from domain.events import DomainEvent


def event_of(row: Row) -> DomainEvent:
    """The event that a row of `domain_event` tells of.

    What a later version of the shop has added to events is not asked of older ones, if it
    has a default.
    """
    told = {**row["payload"], "aggregate_id": row["aggregate_id"], "occurred_at": row["occurred_at"]}
    return msgspec.convert(told, EVENTS[row["name"]])
