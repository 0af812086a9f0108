"""What third parties have told."""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, Table, Text

from adapters.db.tables.metadata import METADATA, identity, moment, text
from domain.operations.webhooks import LONGEST_MESSAGE

inbox: Final = Table(
    "inbox",
    METADATA,
    identity(),
    text("provider"),
    text("provider_event_id"),
    Column("body", LargeBinary, nullable=False),
    text("rejection", nullable=True),
    moment("received_at"),
    CheckConstraint(f"length(body) <= {LONGEST_MESSAGE}", name="body_limited"),
)
# A message has its effect once.
Index(
    "uq_inbox_provider_provider_event_id",
    inbox.c.provider,
    inbox.c.provider_event_id,
    unique=True,
    postgresql_where=inbox.c.rejection.is_(None),
)
# Of those that are rejected there is one for each of a few names.
Index(
    "uq_inbox_rejected",
    inbox.c.provider,
    inbox.c.provider_event_id,
    unique=True,
    postgresql_where=inbox.c.rejection.is_not(None),
)

undeliverable_address: Final = Table(
    "undeliverable_address",
    METADATA,
    Column("address", Text, primary_key=True),
    text("reason"),
    moment("marked_at"),
    CheckConstraint("address = lower(address)", name="address_is_lower_case"),
)
