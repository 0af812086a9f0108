"""Work for people, for staff."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from adapters.http import links
from adapters.http.schemas.base import Cursor, Href, Limit, Moment, Query, Resource
from domain.operations.task import OperatorTask, TaskKind


class TaskListQuery(Query):
    """Which page of the open tasks."""

    limit: Limit = 20
    cursor: Cursor | None = None

    def question(self) -> str:
        """What a cursor belongs to."""
        return "open tasks"


class TaskLinks(Resource):
    """Where a task is finished, and the order that it is about."""

    finish: Annotated[Href | UnsetType, Meta(description="While it is open.")]
    order: Annotated[Href | UnsetType, Meta(description="When it is about one.")]


class TaskResource(Resource):
    """Something that needs a person."""

    id: UUID
    kind: TaskKind
    subject: Annotated[str, Meta(description="What it is about, in words.", examples=["order IS-2026-000042"])]
    detail: Annotated[str, Meta(description="What is wrong.")]
    order_id: UUID | None
    opened_at: Moment
    done_at: Moment | None
    links: TaskLinks = field(name="_links")

    @classmethod
    def of(cls, task: OperatorTask) -> TaskResource:
        """A task."""
        return cls(
            id=task.id,
            kind=task.kind,
            subject=task.subject,
            detail=task.detail,
            order_id=task.order_id,
            opened_at=task.opened_at,
            done_at=task.done_at,
            links=TaskLinks(
                finish=UNSET if task.done_at else f"{links.admin_task(task.id)}/finish",
                order=links.admin_order(task.order_id) if task.order_id else UNSET,
            ),
        )
