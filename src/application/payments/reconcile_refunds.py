"""Ask the gateway about refunds whose end is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from application.payments.ask_in_turn import ask_in_turn
from application.payments.send_refund import SendRefund
from application.payments.settle_refund import payment_of
from ports.clock import Clock
from ports.payment_gateway import PaymentGateway
from ports.payment_views import OpenRefund, PaymentViews
from ports.transactions import Begin

_BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class ReconcileRefunds:
    """Sends those that never got there, and asks how the others are getting on.

    Safe to run in several places at once. Returns of how many something was learnt.
    """

    begin: Begin
    gateway: PaymentGateway
    views: PaymentViews
    send: SendRefund
    clock: Clock

    async def __call__(self) -> int:
        due = await self.views.open_refunds(self.gateway.provider, self.clock.now(), _BATCH)
        return await ask_in_turn(due, self._ask, self._put_off)

    async def _ask(self, due: OpenRefund) -> None:
        await self.send(due.order_id, due.refund_id)

    async def _put_off(self, due: OpenRefund) -> None:
        async with self.begin() as tx:
            payment = await payment_of(tx, due.order_id)
            payment.note_refund_look(due.refund_id, self.clock.now())
            await tx.payments.save(payment)
