"""Shoes came back → the money that is owed for them goes back."""

from __future__ import annotations

from dataclasses import dataclass

from application.events.handler import Handler
from application.payments.pay_back import PayBack
from domain.ordering.events import OrderReturned
from domain.ordering.refund_policy import NothingOwed, OperatorDecides, RefundOwed, owed_after_return
from domain.ordering.status import ReturnCause
from ports.clock import Clock
from ports.deliveries import DeliveryKey, Lane
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class RefundReturnedOrder(Handler[OrderReturned]):
    """Asks for a refund of what the policy says, or has a person decide."""

    name = "refund_returned_order"
    listens_to = OrderReturned
    lane = Lane.PAYMENTS

    begin: Begin
    pay_back: PayBack
    clock: Clock

    async def __call__(self, event: OrderReturned, key: DeliveryKey) -> None:
        """See Handler."""
        async with self.begin() as tx:
            if not await tx.receipts.record(key, self.clock.now()):
                return
            match owed_after_return(await tx.orders.get(event.aggregate_id), ReturnCause(event.cause)):
                case RefundOwed(amount):
                    await self.pay_back.pay(tx, event, amount, f"returned: {event.cause}")
                case OperatorDecides(at_most, reason):
                    await self.pay_back.leave_to_people(tx, event, f"at most {at_most}: {reason}")
                case NothingOwed():
                    return
