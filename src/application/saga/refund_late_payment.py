"""Money came for an order that can't be made any more → it goes back."""

from __future__ import annotations

from dataclasses import dataclass

from application.events.handler import Handler
from application.payments.pay_back import PayBack
from domain.money import Money
from domain.ordering.events import LatePaymentUnplaceable
from ports.clock import Clock
from ports.deliveries import DeliveryKey, Lane
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class RefundLatePayment(Handler[LatePaymentUnplaceable]):
    """Asks for a refund of all that is due."""

    name = "refund_late_payment"
    listens_to = LatePaymentUnplaceable
    lane = Lane.PAYMENTS

    begin: Begin
    pay_back: PayBack
    clock: Clock

    async def __call__(self, event: LatePaymentUnplaceable, key: DeliveryKey) -> None:
        """See Handler."""
        async with self.begin() as tx:
            if await tx.receipts.record(key, self.clock.now()):
                await self.pay_back.pay(tx, event, Money(event.refund_due), "paid too late")
