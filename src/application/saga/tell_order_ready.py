"""Order ready → it is boxed."""

from __future__ import annotations

from application.saga.tell_buyer import TellBuyer
from domain.ordering.events import OrderReady
from ports.letters import Letter, ReadyToShipLetter
from ports.order_views import OrderView


class TellOrderReady(TellBuyer[OrderReady]):
    """Says that the parcel will leave soon."""

    name = "tell_order_ready"
    listens_to = OrderReady

    def letter(self, event: OrderReady, order: OrderView) -> Letter | None:
        """See TellBuyer."""
        return ReadyToShipLetter(to=order.customer_email, order=order)
