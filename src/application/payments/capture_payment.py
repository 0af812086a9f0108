"""Take money that the bank has put aside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.payments.take_in_payment import PaymentIntake, decisive
from domain.ordering.status import OrderStatus
from domain.payments.payment import Payment, PaymentState
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
        seen = await self.gateway.fetch_payment(provider_payment_id)
        lacking = await self._lacking(order_id) if seen.status is GatewayPaymentStatus.AUTHORIZED else None
        if lacking is not None:
            try:
                seen = await self.gateway.capture(provider_payment_id, lacking.amount)
            except GatewayRejected as refusal:
                await self._refused(lacking, refusal)
                return
        async with self.begin() as tx:
            await self.intake.take(tx, order_id, seen)

    async def _lacking(self, order_id: UUID) -> Payment | None:
        """The payment of an order that still wants its money."""
        async with self.begin() as tx:
            order = await tx.orders.get(order_id)
            payment = await tx.payments.of_order(order_id)
        if payment is None or payment.state is PaymentState.CAPTURED:
            return None
        return payment if order.status is OrderStatus.PENDING or order.can_be_reinstated else None

    async def _refused(self, payment: Payment, refusal: GatewayRejected) -> None:
        """Perhaps another attempt has paid for it, or this one came to nothing; if not, a person has to look."""
        attempts = decisive(await self.gateway.payments_of(payment.provider_order_id))
        async with self.begin() as tx:
            for seen in attempts:
                await self.intake.take(tx, payment.order_id, seen)
                if seen.status is GatewayPaymentStatus.AUTHORIZED:
                    detail = f"it can't be captured: {refusal.description}"
                    await self.intake.leave_to_people(tx, seen, detail, payment.order_id)
