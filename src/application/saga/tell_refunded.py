"""Refund done → money is on its way to the bank."""

from __future__ import annotations

from uuid import UUID

from application.saga.tell_buyer import TellBuyer
from domain.money import Money
from domain.payments.events import RefundSettled
from domain.payments.refund import RefundState
from ports.letters import Letter, OrderRefundedLetter
from ports.order_views import OrderView


class TellRefunded(TellBuyer[RefundSettled]):
    """Tells of every amount that went back; of one that failed only the workshop hears."""

    name = "tell_refunded"
    listens_to = RefundSettled

    def order_of(self, event: RefundSettled) -> UUID:
        """See TellBuyer."""
        return event.order_id

    def letter(self, event: RefundSettled, order: OrderView) -> Letter | None:
        """See TellBuyer."""
        if event.state != RefundState.PROCESSED:
            return None
        return OrderRefundedLetter(to=order.customer_email, order=order, amount=Money(event.amount))
