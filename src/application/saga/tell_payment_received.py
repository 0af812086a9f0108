"""Order paid → the money is here."""

from __future__ import annotations

from application.saga.tell_buyer import TellBuyer
from domain.ordering.events import OrderPaid
from domain.ordering.status import PaymentMethod
from ports.letters import Letter, PaymentReceivedLetter
from ports.order_views import OrderView


class TellPaymentReceived(TellBuyer[OrderPaid]):
    """Cash is paid at the door, face to face: nothing to write about."""

    name = "tell_payment_received"
    listens_to = OrderPaid

    def letter(self, event: OrderPaid, order: OrderView) -> Letter | None:
        """See TellBuyer."""
        if order.payment_method is PaymentMethod.COD:
            return None
        return PaymentReceivedLetter(to=order.customer_email, order=order)
