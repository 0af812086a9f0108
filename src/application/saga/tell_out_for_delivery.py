"""Parcel out for delivery → today."""

from __future__ import annotations

from uuid import UUID

from application.saga.tell_buyer import TellBuyer
from domain.ordering.status import FulfillmentStatus
from domain.shipping.events import ParcelOutForDelivery
from ports.letters import Letter, OutForDeliveryLetter
from ports.order_views import OrderView


class TellOutForDelivery(TellBuyer[ParcelOutForDelivery]):
    """Says that somebody has to be at home, unless the parcel has been there already."""

    name = "tell_out_for_delivery"
    listens_to = ParcelOutForDelivery

    def order_of(self, event: ParcelOutForDelivery) -> UUID:
        """See TellBuyer."""
        return event.order_id

    def letter(self, event: ParcelOutForDelivery, order: OrderView) -> Letter | None:
        """See TellBuyer."""
        if order.fulfillment_status is not FulfillmentStatus.SHIPPED:
            return None
        return OutForDeliveryLetter(
            to=order.customer_email,
            order=order,
            courier=event.courier,
            awb=event.awb,
            tracking_url=event.tracking_url,
        )
