"""Refund failed → it is tried again, and at last a person has to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from application.events.handler import Handler
from application.operations.ask_operator import OperatorDesk
from application.payments.settle_refund import payment_of
from domain.operations.task import TaskKind
from domain.payments.events import RefundSettled
from domain.payments.refund import RefundState
from ports.clock import Clock
from ports.deliveries import DeliveryKey, Lane
from ports.ids import Ids
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class RetryFailedRefund(Handler[RefundSettled]):
    """Asks for another refund an hour later: by then an account may have a balance again.

    The hour also leaves time to hear that it was done after all. In a lane of its own, where
    what waits holds up no other refund of the payment.
    """

    name = "retry_failed_refund"
    listens_to = RefundSettled
    lane = Lane.MAINTENANCE
    delay = timedelta(hours=1)

    begin: Begin
    desk: OperatorDesk
    clock: Clock
    ids: Ids

    async def __call__(self, event: RefundSettled, key: DeliveryKey) -> None:
        """See Handler."""
        async with self.begin() as tx:
            if not await tx.receipts.record(key, self.clock.now()):
                return
            payment = await payment_of(tx, event.order_id)
            refund = payment.refund(event.refund_id)
            if refund.state is not RefundState.FAILED:
                return
            if refund.is_last:
                subject = f"refund {refund.id} of payment {refund.provider_payment_id}"
                detail = f"{refund.amount} after {refund.attempt} attempts: {refund.failure}"
                await self.desk.ask(tx, TaskKind.REFUND_FAILED, subject, detail, event.order_id)
                return
            payment.retry_refund(refund.id, self.ids.new_id(), self.clock.now())
            await tx.payments.save(payment)
