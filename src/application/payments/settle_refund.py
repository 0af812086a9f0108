"""Take in what the gateway says of a refund: the one way for its answer, its webhook and the poller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from application.operations.ask_operator import OperatorDesk
from domain.errors import NotFound
from domain.operations.task import TaskKind
from domain.ordering.order import Order
from domain.payments.errors import AmountMismatch, InvalidPaymentTransition, RefundTooLarge
from domain.payments.payment import Payment
from domain.payments.refund import Refund
from ports.clock import Clock
from ports.payment_gateway import GatewayRefund, GatewayRefundStatus
from ports.transactions import Transaction

_FAILED_THERE: Final = "the gateway could not pay it out"


@dataclass(frozen=True, slots=True)
class RefundSettler:
    """Moves a refund and its order together, inside the caller's transaction.

    An order counts a refund when its money is gone, once, and never what was paid beside it.
    What contradicts what we know goes to a person, and is no error.
    """

    clock: Clock
    desk: OperatorDesk

    async def settle(self, tx: Transaction, order_id: UUID, refund_id: UUID, seen: GatewayRefund) -> None:
        """Take in `seen`, which is what the gateway has under our reference of that refund."""
        order, now = await tx.orders.get(order_id), self.clock.now()
        payment = await payment_of(tx, order_id)
        refund = payment.refund(refund_id)
        try:
            _take_in(order, payment, refund, seen, now)
        except (AmountMismatch, InvalidPaymentTransition, RefundTooLarge) as contradiction:
            subject = f"refund {seen.provider_refund_id} of order {order.ext_id}"
            detail = f"{seen.status} at the gateway, {refund.state} here: {contradiction}"
            await self.desk.ask(tx, TaskKind.PAYMENT_UNEXPLAINED, subject, detail, order_id)
        payment.note_refund_look(refund_id, now)
        await tx.payments.save(payment)
        await tx.orders.save(order)

    async def refuse(self, tx: Transaction, order_id: UUID, refund_id: UUID, reason: str) -> None:
        """The gateway did not even begin."""
        payment = await payment_of(tx, order_id)
        if payment.refund(refund_id).is_open:
            payment.fail_refund(refund_id, reason, self.clock.now())
            await tx.payments.save(payment)


async def payment_of(tx: Transaction, order_id: UUID) -> Payment:
    """The payment of an order that has refunds, to be changed. Raises NotFound."""
    payment = await tx.payments.of_order(order_id)
    if payment is None:
        raise NotFound("payment", order_id)
    return payment


def _take_in(order: Order, payment: Payment, refund: Refund, seen: GatewayRefund, now: datetime) -> None:
    if seen.amount != refund.amount:
        raise AmountMismatch(refund.amount, seen.amount)
    match seen.status:
        case GatewayRefundStatus.PENDING:
            payment.accept_refund(refund.id, seen.provider_refund_id, now)
        case GatewayRefundStatus.FAILED:
            payment.fail_refund(refund.id, _FAILED_THERE, now)
        case GatewayRefundStatus.PROCESSED:
            is_new = payment.complete_refund(refund.id, seen.provider_refund_id, now)
            if is_new and not payment.is_surplus(refund.provider_payment_id):
                order.record_refund(refund.amount, now)
