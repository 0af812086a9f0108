"""See what needs a person."""

from __future__ import annotations

from dataclasses import dataclass

from domain.actor import Actor
from domain.operations.task import OperatorTask
from domain.permissions import Permission, require
from ports.operator_tasks import OperatorTaskViews
from ports.paging import Page, Position, page_of


@dataclass(frozen=True, slots=True)
class ListTasks:
    """One page of what nobody has done yet, oldest first. Raises Forbidden."""

    views: OperatorTaskViews

    async def __call__(self, actor: Actor, limit: int, after: Position | None = None) -> Page[OperatorTask]:
        require(actor, Permission.TASKS_READ)
        found = await self.views.open_tasks(limit + 1, after=after.id if after else None)
        return page_of(found, limit, lambda task: Position("", task.id))
