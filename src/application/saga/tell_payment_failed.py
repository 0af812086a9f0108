"""Payment failed → try again."""

from __future__ import annotations

from application.saga.tell_buyer import TellBuyer
from domain.ordering.events import OrderPaymentFailed
from ports.letters import Letter, PaymentFailedLetter
from ports.order_views import OrderView


class TellPaymentFailed(TellBuyer[OrderPaymentFailed]):
    """Only while another attempt makes sense: often the next one has succeeded by now."""

    name = "tell_payment_failed"
    listens_to = OrderPaymentFailed

    def letter(self, event: OrderPaymentFailed, order: OrderView) -> Letter | None:
        """See TellBuyer."""
        return PaymentFailedLetter(to=order.customer_email, order=order) if order.awaits_payment else None
