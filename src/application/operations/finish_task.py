"""Say that somebody has done what needed a person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.actor import Actor
from domain.operations.task import OperatorTask
from domain.permissions import Permission, require
from ports.clock import Clock
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class FinishTask:
    """Closes a task; again is harmless. Raises Forbidden, NotFound."""

    begin: Begin
    clock: Clock

    async def __call__(self, actor: Actor, task_id: UUID) -> OperatorTask:
        require(actor, Permission.TASKS_FINISH)
        async with self.begin() as tx:
            task = await tx.tasks.get(task_id)
            task.finish(self.clock.now())
            await tx.tasks.save(task)
        return task
