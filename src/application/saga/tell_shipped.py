"""Order shipped → who carries it, and where to follow it."""

from __future__ import annotations

from application.saga.tell_buyer import TellBuyer
from domain.ordering.events import OrderShipped
from ports.letters import Letter, ShippedLetter
from ports.order_views import OrderView


class TellShipped(TellBuyer[OrderShipped]):
    """Says how to follow the parcel."""

    name = "tell_shipped"
    listens_to = OrderShipped

    def letter(self, event: OrderShipped, order: OrderView) -> Letter | None:
        """See TellBuyer."""
        return ShippedLetter(
            to=order.customer_email,
            order=order,
            courier=event.courier,
            awb=event.awb,
            tracking_url=event.tracking_url,
            expected_at=event.expected_at,
        )
