"""What webhook, capture and poller do with what a gateway says of a payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from application.operations.ask_operator import OperatorDesk
from application.payments.settle_payment import PaymentSettler
from domain.operations.task import TaskKind
from domain.payments.errors import AmountMismatch
from ports.payment_gateway import GatewayPayment, GatewayPaymentStatus
from ports.transactions import Transaction

# From what says least to what says most.
_RANK: Final = (
    GatewayPaymentStatus.CREATED,
    GatewayPaymentStatus.REFUNDED,
    GatewayPaymentStatus.FAILED,
    GatewayPaymentStatus.AUTHORIZED,
)


@dataclass(frozen=True, slots=True)
class PaymentIntake:
    """Settles it, inside the caller's transaction; what doesn't add up goes to a person, and is no error."""

    settler: PaymentSettler
    desk: OperatorDesk

    async def take(self, tx: Transaction, order_id: UUID, seen: GatewayPayment) -> None:
        """Take in `seen`, which is of a gateway order that we announced for that order."""
        order = await tx.orders.get(order_id)
        payment = await tx.payments.of_order(order_id)
        if payment is None or payment.provider_order_id != seen.provider_order_id:
            await self.leave_to_people(tx, seen, f"it is of an earlier payment of order {order.ext_id}", order_id)
            return
        try:
            await self.settler.settle(tx, order, payment, seen)
        except AmountMismatch as mismatch:
            payment.stop_looking()
            await tx.payments.save(payment)
            await self.leave_to_people(tx, seen, f"order {order.ext_id}: {mismatch}", order_id)

    async def leave_to_people(
        self, tx: Transaction, seen: GatewayPayment, detail: str, order_id: UUID | None = None
    ) -> None:
        """Have somebody look at a payment, once while nobody has."""
        subject = f"payment {seen.provider_payment_id}"
        told = f"{seen.amount} {seen.status}: {detail}"
        await self.desk.ask(tx, TaskKind.PAYMENT_UNEXPLAINED, subject, told, order_id)


def decisive(attempts: Sequence[GatewayPayment]) -> Sequence[GatewayPayment]:
    """Of all attempts (newest first), what counts: the money that came; without any, the one that got furthest."""
    captured = [seen for seen in reversed(attempts) if seen.status is GatewayPaymentStatus.CAPTURED]
    return captured or sorted(attempts, key=lambda seen: -_RANK.index(seen.status))[:1]
