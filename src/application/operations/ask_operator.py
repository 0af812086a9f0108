"""Have a person look at what the shop can't settle by itself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.operations.task import OperatorTask, TaskKind
from ports.clock import Clock
from ports.ids import Ids
from ports.transactions import Transaction


@dataclass(frozen=True, slots=True)
class OperatorDesk:
    """Opens operator tasks inside the caller's transaction."""

    clock: Clock
    ids: Ids

    async def ask(
        self, tx: Transaction, kind: TaskKind, subject: str, detail: str, order_id: UUID | None = None
    ) -> None:
        """One task of a kind is open for a subject: asking again opens no other."""
        task = OperatorTask.open(
            id=self.ids.new_id(), kind=kind, subject=subject, detail=detail, at=self.clock.now(), order_id=order_id
        )
        await tx.tasks.add(task)
