"""Take money that the bank has put aside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.payments.take_in_payment import PaymentIntake
from domain.money import Money
from domain.ordering.status import OrderStatus
from domain.payments.payment import PaymentState
from ports.payment_gateway import GatewayPaymentStatus, GatewayRejected, PaymentGateway
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class CapturePayment:
    """Asks how far the payment is, takes its money if the order still wants it, and settles what came of it.

    Money for an order that its buyer gave up is left where it is: it goes back by itself. Safe
    to repeat, and to race with everything else: money that turns out not to be wanted after
    all is settled like any other. Raises GatewayUnavailable, GatewayRejected.
    """

    begin: Begin
    gateway: PaymentGateway
    intake: PaymentIntake

    async def __call__(self, order_id: UUID, provider_payment_id: str) -> None:
        seen, refusal = await self.gateway.fetch_payment(provider_payment_id), None
        wanted = await self._wanted(order_id) if seen.status is GatewayPaymentStatus.AUTHORIZED else None
        if wanted is not None:
            try:
                seen = await self.gateway.capture(provider_payment_id, wanted)
            except GatewayRejected as rejected:
                seen, refusal = await self.gateway.fetch_payment(provider_payment_id), rejected
        async with self.begin() as tx:
            await self.intake.take(tx, order_id, seen)
            if refusal is not None and seen.status is GatewayPaymentStatus.AUTHORIZED:
                detail = f"it can't be captured: {refusal.description}"
                await self.intake.leave_to_people(tx, seen, detail, order_id)

    async def _wanted(self, order_id: UUID) -> Money | None:
        """What the order lacks."""
        async with self.begin() as tx:
            order = await tx.orders.get(order_id)
            payment = await tx.payments.of_order(order_id)
        if payment is None or payment.state is PaymentState.CAPTURED:
            return None
        return payment.amount if order.status is OrderStatus.PENDING or order.can_be_reinstated else None
