"""Events on their way to those who listen, and work for people.

No foreign keys to the events: those will be partitioned, and whoever writes one of these
rows writes or has read the event in the same transaction.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Sequence, Table, Text, Uuid

from adapters.db.tables.metadata import METADATA, identity, moment, not_negative, one_of, text, version, whole
from domain.operations.task import TaskKind
from ports.deliveries import Lane
from ports.event_views import DeliveryState

event_order: Final = Sequence("event_order", metadata=METADATA)

# What no relay has looked at yet. Emptied as fast as it is filled.
outbox: Final = Table(
    "outbox",
    METADATA,
    Column("seq", BigInteger, event_order, server_default=event_order.next_value(), primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("aggregate_id", Uuid, nullable=False, index=True),
    text("name"),
)

delivery: Final = Table(
    "delivery",
    METADATA,
    Column("event_id", Uuid, primary_key=True),
    Column("handler", Text, primary_key=True),
    text("lane"),
    Column("aggregate_id", Uuid, nullable=False),
    Column("seq", BigInteger, nullable=False),
    text("state"),
    whole("attempts"),
    # Of the next attempt, or when the lease of this one ends.
    moment("due_at"),
    text("error", nullable=True),
    moment("handled_at", nullable=True),
    one_of("state", DeliveryState),
    one_of("lane", Lane),
    *not_negative(["attempts"]),
    CheckConstraint("(state = 'DONE') = (handled_at IS NOT NULL)", name="handled_when_done"),
)
Index("ix_delivery_due_at", delivery.c.due_at, delivery.c.seq, postgresql_where=delivery.c.state == "PENDING")
Index(
    "ix_delivery_aggregate_id_lane_seq",
    delivery.c.aggregate_id,
    delivery.c.lane,
    delivery.c.seq,
    postgresql_where=delivery.c.state != "DONE",
)
Index("ix_delivery_dead", delivery.c.seq, postgresql_where=delivery.c.state == "DEAD")
Index("ix_delivery_handled_at", delivery.c.handled_at, postgresql_where=delivery.c.state == "DONE")

operator_task: Final = Table(
    "operator_task",
    METADATA,
    identity(),
    text("kind"),
    text("subject"),
    Column("order_id", ForeignKey("orders.id")),
    text("detail"),
    moment("opened_at"),
    moment("done_at", nullable=True),
    version(),
    one_of("kind", TaskKind),
    CheckConstraint("done_at >= opened_at", name="done_after_opened"),
)
Index(
    "uq_operator_task_kind_subject",
    operator_task.c.kind,
    operator_task.c.subject,
    unique=True,
    postgresql_where=operator_task.c.done_at.is_(None),
)
Index("ix_operator_task_order_id", operator_task.c.order_id, postgresql_where=operator_task.c.order_id.is_not(None))
