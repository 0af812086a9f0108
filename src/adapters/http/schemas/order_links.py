"""Where an order is, and what can be done with it now."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from adapters.http import links
from adapters.http.schemas.base import Href, Resource
from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentMethod, PaymentStatus, has_passed
from ports.order_views import OrderView

_Step = Href | UnsetType


class OrderLinks(Resource):
    """Where an order is, what happened to it, and what can be done with it now, by whoever asks."""

    self: Href
    timeline: Annotated[_Step, Meta(description="For its buyer.")]
    cancel: Annotated[_Step, Meta(description="While it can be cancelled.")]
    pay: Annotated[_Step, Meta(description="For its buyer, while it awaits payment.")]
    tracking: Annotated[_Step, Meta(description="For its buyer, once a courier has it.")]
    returns: Annotated[_Step, Meta(description="For its buyer, once it was handed over.")]
    start_production: Annotated[_Step, Meta(description="For staff, while it waits to be made.")]
    ready: Annotated[_Step, Meta(description="For staff, while it is being made.")]
    shipments: Annotated[_Step, Meta(description="For staff: where parcels are listed and booked.")]
    refunds: Annotated[_Step, Meta(description="For staff, while there is money that could go back.")]

    @classmethod
    def for_buyer(cls, order: OrderView) -> OrderLinks:
        """What its buyer can do."""
        here = links.order(order.ext_id)
        shipped = has_passed(order.fulfillment_status, FulfillmentStatus.SHIPPED)
        return cls(
            self=here,
            timeline=f"{here}/timeline",
            cancel=f"{here}/cancel" if order.is_cancellable else UNSET,
            pay=f"{here}/payments" if order.awaits_payment else UNSET,
            tracking=f"{here}/tracking" if shipped else UNSET,
            returns=f"{here}/returns" if order.fulfillment_status is FulfillmentStatus.DELIVERED else UNSET,
            start_production=UNSET,
            ready=UNSET,
            shipments=UNSET,
            refunds=UNSET,
        )

    @classmethod
    def for_staff(cls, order: OrderView) -> OrderLinks:
        """What the workshop can do."""
        here, stage = links.admin_order(order.ext_id), order.fulfillment_status
        waits = order.status is OrderStatus.CONFIRMED and stage is FulfillmentStatus.UNFULFILLED
        paid = order.payment_status in {PaymentStatus.PAID, PaymentStatus.PARTIALLY_REFUNDED}
        return cls(
            self=here,
            timeline=UNSET,
            cancel=f"{here}/cancel" if order.is_cancellable else UNSET,
            pay=UNSET,
            tracking=UNSET,
            returns=UNSET,
            start_production=f"{here}/start-production" if waits else UNSET,
            ready=f"{here}/ready" if stage is FulfillmentStatus.IN_PRODUCTION else UNSET,
            shipments=f"{here}/shipments" if has_passed(stage, FulfillmentStatus.READY_TO_SHIP) else UNSET,
            refunds=f"{here}/refunds" if paid and order.payment_method is PaymentMethod.PREPAID else UNSET,
        )
