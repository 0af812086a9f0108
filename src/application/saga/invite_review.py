"""A week after the delivery → how do they fit?"""

from __future__ import annotations

from datetime import timedelta

from application.saga.tell_buyer import TellBuyer
from domain.ordering.events import OrderDelivered
from domain.ordering.status import OrderStatus
from ports.deliveries import Lane
from ports.letters import Letter, ReviewInvitationLetter
from ports.order_views import OrderView


class InviteReview(TellBuyer[OrderDelivered]):
    """Not of shoes that were sent back.

    In a lane of its own: a letter that waits for a week would hold up all later ones.
    """

    name = "invite_review"
    listens_to = OrderDelivered
    lane = Lane.MAINTENANCE
    delay = timedelta(days=7)

    def letter(self, event: OrderDelivered, order: OrderView) -> Letter | None:
        """See TellBuyer."""
        if order.status is not OrderStatus.DELIVERED:
            return None
        return ReviewInvitationLetter(to=order.customer_email, order=order)
