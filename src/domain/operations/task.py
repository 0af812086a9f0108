"""Work for a person of the workshop: what the shop can't settle by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.events import Aggregate
from domain.operations.events import TaskOpened


class TaskKind(StrEnum):
    """What has to be looked at."""

    BOOKING_IMPOSSIBLE = "booking-impossible"
    AWB_NEEDED = "awb-needed"
    REFUND_FAILED = "refund-failed"
    REFUND_TO_DECIDE = "refund-to-decide"
    PARCEL_UNDELIVERED = "parcel-undelivered"
    PARCEL_LOST = "parcel-lost"
    PAYMENT_UNEXPLAINED = "payment-unexplained"
    WEBHOOK_UNREADABLE = "webhook-unreadable"
    EVENT_STUCK = "event-stuck"


@dataclass(slots=True, kw_only=True, eq=False)
class OperatorTask(Aggregate):
    """Open until somebody has done it.

    `subject` says what it is about, in words ("order IS-2026-000001"); `order_id` is set
    when it is about an order. There is one open task of a kind for a subject.
    """

    id: UUID
    kind: TaskKind
    subject: str
    order_id: UUID | None
    detail: str
    opened_at: datetime
    done_at: datetime | None = None

    @classmethod
    def open(
        cls,
        *,
        id: UUID,  # noqa: A002  # the field's name, as everywhere
        kind: TaskKind,
        subject: str,
        detail: str,
        at: datetime,
        order_id: UUID | None = None,
    ) -> OperatorTask:
        """A new task, of which the operator is told."""
        task = cls(id=id, kind=kind, subject=subject, order_id=order_id, detail=detail, opened_at=at)
        task.record(TaskOpened(aggregate_id=id, occurred_at=at, kind=kind, subject=subject, detail=detail))
        return task

    def finish(self, at: datetime) -> None:
        """Somebody has done it, perhaps by a clock that is behind. Finishing twice is harmless."""
        if self.done_at is None:
            self.done_at = max(at, self.opened_at)
