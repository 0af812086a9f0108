"""What was asked for, and what happened."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, DateTime, Table, Text, Uuid, func
from sqlalchemy.dialects.postgresql import JSONB

from adapters.db.tables.metadata import METADATA, identity, moment, text

idempotency_key: Final = Table(
    "idempotency_key",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    text("fingerprint"),
    Column("result", JSONB),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

# For ever. Partitioned later, like orders: see adapters.db.tables.ordering.
domain_event: Final = Table(
    "domain_event",
    METADATA,
    identity(),
    text("aggregate"),
    Column("aggregate_id", Uuid, nullable=False, index=True),
    text("name"),
    Column("payload", JSONB, nullable=False),
    moment("occurred_at"),
)
