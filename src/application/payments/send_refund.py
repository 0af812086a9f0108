"""Have a gateway give money back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.payments.settle_refund import RefundSettler, payment_of
from domain.payments.refund import Refund
from ports.payment_gateway import GatewayRefund, GatewayRejected, PaymentGateway
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class SendRefund:
    """Asks the gateway for a refund, or how one that it knows is getting on, and settles the answer.

    The gateway gives back once for our id of the refund, however often it is asked; what it
    refuses has failed. Does nothing when the end of the refund is known. Raises NotFound,
    GatewayUnavailable, and GatewayRejected when the gateway denies a refund that it has had.
    """

    begin: Begin
    gateway: PaymentGateway
    settler: RefundSettler

    async def __call__(self, order_id: UUID, refund_id: UUID) -> None:
        async with self.begin() as tx:
            refund = (await payment_of(tx, order_id)).refund(refund_id)
        if not refund.is_open:
            return
        if refund.provider_refund_id is not None:
            seen = await self.gateway.fetch_refund(refund.provider_refund_id)
        else:
            try:
                seen = await self._give_back(refund)
            except GatewayRejected as rejected:
                async with self.begin() as tx:
                    await self.settler.refuse(tx, order_id, refund_id, rejected.description)
                return
        async with self.begin() as tx:
            await self.settler.settle(tx, order_id, refund_id, seen)

    async def _give_back(self, refund: Refund) -> GatewayRefund:
        return await self.gateway.refund(refund.provider_payment_id, refund.amount, reference=refund.id.hex)
