"""Take in what a gateway tells of a refund by itself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.operations.ask_operator import OperatorDesk
from application.payments.settle_refund import RefundSettler
from domain.operations.task import TaskKind
from ports.clock import Clock
from ports.deliveries import DeliveryKey
from ports.payment_gateway import GatewayRefund, PaymentGateway
from ports.payment_views import PaymentViews
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class TakeRefundNotice:
    """Settles the refund that it is about.

    Of one that somebody made at the gateway without us, a person learns when it was our
    money; what the gateway gives back of money that we never took is its own affair.
    """

    begin: Begin
    gateway: PaymentGateway
    views: PaymentViews
    settler: RefundSettler
    desk: OperatorDesk
    clock: Clock

    async def __call__(self, seen: GatewayRefund, key: DeliveryKey) -> None:
        refund_id = _our_id(seen)
        ours = await self.views.order_of_refund(refund_id) if refund_id else None
        paid = await self.views.order_paid_by(self.gateway.provider, seen.provider_payment_id) if not ours else None
        async with self.begin() as tx:
            if not await tx.receipts.record(key, self.clock.now()):
                return
            if ours and refund_id:
                await self.settler.settle(tx, ours, refund_id, seen)
            elif paid:
                subject = f"refund {seen.provider_refund_id}"
                detail = f"{seen.amount} of payment {seen.provider_payment_id} went back without this shop"
                await self.desk.ask(tx, TaskKind.PAYMENT_UNEXPLAINED, subject, detail, paid)


def _our_id(seen: GatewayRefund) -> UUID | None:
    """What we called it when we asked for it."""
    try:
        return UUID(hex=seen.reference or "")
    except ValueError:
        return None
