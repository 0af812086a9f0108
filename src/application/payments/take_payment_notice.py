"""Take in what a gateway tells of a payment by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from application.payments.take_in_payment import PaymentIntake
from ports.clock import Clock
from ports.deliveries import DeliveryKey
from ports.payment_gateway import GatewayPayment, GatewayPaymentStatus, PaymentGateway
from ports.payment_views import PaymentViews
from ports.transactions import Begin

_MONEY: Final = frozenset({GatewayPaymentStatus.AUTHORIZED, GatewayPaymentStatus.CAPTURED})


@dataclass(frozen=True, slots=True)
class TakePaymentNotice:
    """Settles the payment of the order that it is about; money for no order of ours goes to a person.

    What is captured stays so, and is taken at its word: orders are confirmed while the
    gateway's API is down. Anything else may be further by now, or come in the wrong order, so
    the gateway is asked how it is. Raises GatewayUnavailable, GatewayRejected.
    """

    begin: Begin
    gateway: PaymentGateway
    views: PaymentViews
    intake: PaymentIntake
    clock: Clock

    async def __call__(self, told: GatewayPayment, key: DeliveryKey) -> None:
        seen = told
        if told.status is not GatewayPaymentStatus.CAPTURED:
            seen = await self.gateway.fetch_payment(told.provider_payment_id)
        order_id = await self._order_of(seen)
        async with self.begin() as tx:
            if not await tx.receipts.record(key, self.clock.now()):
                return
            if order_id is not None:
                await self.intake.take(tx, order_id, seen)
            elif seen.status in _MONEY:
                await self.intake.leave_to_people(tx, seen, "it is for no order of this shop")

    async def _order_of(self, seen: GatewayPayment) -> UUID | None:
        if seen.provider_order_id is None:
            return None
        return await self.views.order_of(self.gateway.provider, seen.provider_order_id)
