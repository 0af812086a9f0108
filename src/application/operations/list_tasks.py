"""See what needs a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.actor import Actor
from domain.operations.task import OperatorTask
from domain.permissions import Permission, require
from ports.operator_tasks import OperatorTaskViews


@dataclass(frozen=True, slots=True)
class ListTasks:
    """What nobody has done yet, oldest first. Raises Forbidden."""

    views: OperatorTaskViews

    async def __call__(self, actor: Actor, limit: int) -> Sequence[OperatorTask]:
        require(actor, Permission.TASKS_READ)
        return await self.views.open_tasks(limit)
