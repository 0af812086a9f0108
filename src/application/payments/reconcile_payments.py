"""Ask the gateway about payments of which it has told nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from application.payments.ask_in_turn import ask_in_turn
from application.payments.capture_payment import CapturePayment
from application.payments.take_in_payment import PaymentIntake, decisive
from domain.payments.payment import Payment, PaymentState
from domain.payments.watching import PATIENCE
from ports.clock import Clock
from ports.payment_gateway import PaymentGateway
from ports.payment_views import OpenPayment, PaymentViews
from ports.transactions import Begin, Transaction

_BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class ReconcilePayments:
    """Settles what every attempt at them has come to; whether their orders still live makes no difference.

    A payment is asked about when nothing was heard of it for `patience`, then ever more seldom,
    for a week; one that was captured once more, because it may have been paid twice. Safe to
    run in several places at once. Returns of how many something was learnt.
    """

    begin: Begin
    gateway: PaymentGateway
    views: PaymentViews
    intake: PaymentIntake
    capture: CapturePayment
    clock: Clock
    patience: timedelta = PATIENCE

    async def __call__(self) -> int:
        due = await self.views.open_payments(self.gateway.provider, self.clock.now(), _BATCH)
        return await ask_in_turn(due, self._ask, self._put_off)

    async def _ask(self, due: OpenPayment) -> None:
        attempts = await self.gateway.payments_of(due.provider_order_id)
        async with self.begin() as tx:
            for seen in decisive(attempts):
                await self.intake.take(tx, due.order_id, seen)
            payment = await self._look_again_later(tx, due)
        if payment is not None and payment.state is PaymentState.AUTHORIZED and payment.provider_payment_id:
            await self.capture(due.order_id, payment.provider_payment_id)

    async def _put_off(self, due: OpenPayment) -> None:
        async with self.begin() as tx:
            await self._look_again_later(tx, due)

    async def _look_again_later(self, tx: Transaction, due: OpenPayment) -> Payment | None:
        payment = await tx.payments.of_order(due.order_id)
        if payment is not None:
            payment.note_look(self.clock.now(), self.patience)
            await tx.payments.save(payment)
        return payment
