"""Give back what the shop owes without anybody's further word."""

from __future__ import annotations

from dataclasses import dataclass

from application.operations.ask_operator import OperatorDesk
from domain.money import NOTHING, Money
from domain.operations.task import TaskKind
from domain.ordering.events import OrderEvent
from ports.clock import Clock
from ports.ids import Ids
from ports.transactions import Transaction


@dataclass(frozen=True, slots=True)
class PayBack:
    """Asks for a refund, inside the caller's transaction."""

    clock: Clock
    ids: Ids
    desk: OperatorDesk

    async def pay(self, tx: Transaction, event: OrderEvent, due: Money, reason: str) -> None:
        """Of what is due after an event, all that isn't on its way. Money that didn't come online needs a person.

        `due` is without what is known to be gone.
        """
        payment = await tx.payments.of_order(event.aggregate_id)
        if payment is None:
            await self.leave_to_people(tx, event, f"{due} is due, and was not paid online: {reason}")
            return
        amount = min(due - payment.on_its_way_back, payment.refundable)
        if amount > NOTHING:
            payment.request_refund(self.ids.new_id(), amount, reason, self.clock.now())
            await tx.payments.save(payment)

    async def leave_to_people(self, tx: Transaction, event: OrderEvent, detail: str) -> None:
        """Have somebody decide what goes back, and how."""
        subject = f"order {event.order}"
        await self.desk.ask(tx, TaskKind.REFUND_TO_DECIDE, subject, detail, event.aggregate_id)
