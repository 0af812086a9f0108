"""Order placed → thank you."""

from __future__ import annotations

from application.saga.tell_buyer import TellBuyer
from domain.ordering.events import OrderPlaced
from ports.letters import Letter, OrderPlacedLetter
from ports.order_views import OrderView


class TellOrderPlaced(TellBuyer[OrderPlaced]):
    """Confirms what was bought."""

    name = "tell_order_placed"
    listens_to = OrderPlaced

    def letter(self, event: OrderPlaced, order: OrderView) -> Letter | None:
        """See TellBuyer."""
        return OrderPlacedLetter(to=order.customer_email, order=order)
