"""Order returned → it is back with us."""

from __future__ import annotations

from application.saga.tell_buyer import TellBuyer
from domain.ordering.events import OrderReturned
from ports.letters import Letter, ReturnedLetter
from ports.order_views import OrderView


class TellOrderReturned(TellBuyer[OrderReturned]):
    """Says that the parcel came back."""

    name = "tell_order_returned"
    listens_to = OrderReturned

    def letter(self, event: OrderReturned, order: OrderView) -> Letter | None:
        """See TellBuyer."""
        return ReturnedLetter(to=order.customer_email, order=order)
