"""Money came too late → it goes back."""

from __future__ import annotations

from application.saga.tell_buyer import TellBuyer
from domain.money import Money
from domain.ordering.events import LatePaymentUnplaceable
from ports.letters import Letter, OrderCancelledLetter
from ports.order_views import OrderView


class TellLatePayment(TellBuyer[LatePaymentUnplaceable]):
    """The order stays cancelled, and its money is on the way back."""

    name = "tell_late_payment"
    listens_to = LatePaymentUnplaceable

    def letter(self, event: LatePaymentUnplaceable, order: OrderView) -> Letter | None:
        """See TellBuyer."""
        return OrderCancelledLetter(to=order.customer_email, order=order, refund_due=Money(event.refund_due))
