"""Order delivered → how to care for it."""

from __future__ import annotations

from application.saga.tell_buyer import TellBuyer
from domain.ordering.events import OrderDelivered
from ports.letters import DeliveredLetter, Letter
from ports.order_views import OrderView


class TellOrderDelivered(TellBuyer[OrderDelivered]):
    """Says what to do with new shoes."""

    name = "tell_order_delivered"
    listens_to = OrderDelivered

    def letter(self, event: OrderDelivered, order: OrderView) -> Letter | None:
        """See TellBuyer."""
        return DeliveredLetter(to=order.customer_email, order=order)
