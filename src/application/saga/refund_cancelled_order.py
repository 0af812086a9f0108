"""Order cancelled that was paid → its money goes back."""

from __future__ import annotations

from dataclasses import dataclass

from application.events.handler import Handler
from application.payments.pay_back import PayBack
from domain.money import Money
from domain.ordering.events import OrderCancelled
from ports.clock import Clock
from ports.deliveries import DeliveryKey, Lane
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class RefundCancelledOrder(Handler[OrderCancelled]):
    """Asks for a refund of all that is due."""

    name = "refund_cancelled_order"
    listens_to = OrderCancelled
    lane = Lane.PAYMENTS

    begin: Begin
    pay_back: PayBack
    clock: Clock

    async def __call__(self, event: OrderCancelled, key: DeliveryKey) -> None:
        """See Handler."""
        if not event.refund_due:
            return
        async with self.begin() as tx:
            if await tx.receipts.record(key, self.clock.now()):
                await self.pay_back.pay(tx, event, Money(event.refund_due), f"cancelled: {event.reason}")
