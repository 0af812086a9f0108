"""Production started → the leather is being cut."""

from __future__ import annotations

from application.saga.tell_buyer import TellBuyer
from domain.ordering.events import ProductionStarted
from ports.letters import InProductionLetter, Letter
from ports.order_views import OrderView


class TellProductionStarted(TellBuyer[ProductionStarted]):
    """Says that the workshop has begun."""

    name = "tell_production_started"
    listens_to = ProductionStarted

    def letter(self, event: ProductionStarted, order: OrderView) -> Letter | None:
        """See TellBuyer."""
        return InProductionLetter(to=order.customer_email, order=order)
