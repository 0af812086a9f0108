"""Order cancelled → why, and what goes back."""

from __future__ import annotations

from application.saga.tell_buyer import TellBuyer
from domain.money import Money
from domain.ordering.events import OrderCancelled
from domain.ordering.record import PAYMENT_TIMEOUT
from ports.letters import Letter, OrderCancelledLetter, PaymentExpiredLetter
from ports.order_views import OrderView


class TellOrderCancelled(TellBuyer[OrderCancelled]):
    """Whom the clock cancelled learns that no money came; who cancelled learns what goes back."""

    name = "tell_order_cancelled"
    listens_to = OrderCancelled

    def letter(self, event: OrderCancelled, order: OrderView) -> Letter | None:
        """See TellBuyer."""
        if event.reason == PAYMENT_TIMEOUT:
            return PaymentExpiredLetter(to=order.customer_email, order=order)
        return OrderCancelledLetter(to=order.customer_email, order=order, refund_due=Money(event.refund_due))
