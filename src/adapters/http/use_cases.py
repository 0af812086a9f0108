"""What the routes call, and how it gets into them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TypeVar

from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation

from application.cart.add_to_cart import AddToCart
from application.cart.change_item import ChangeCartItem
from application.cart.clear_cart import ClearCart
from application.cart.get_cart import GetCart
from application.cart.remove_item import RemoveCartItem
from application.checkout.quote_checkout import QuoteCheckout
from application.designs.get_design import GetDesign
from application.designs.quote_design import QuoteDesign
from application.designs.save_design import SaveDesign
from application.events.list_deliveries import ListDeliveries
from application.events.list_events import ListEvents
from application.events.replay_event import ReplayEvent
from application.events.show_backlog import ShowBacklog
from application.events.show_event import ShowEvent
from application.fulfilment.answer_failed_delivery import AnswerFailedDelivery
from application.fulfilment.book_shipment import BookShipment
from application.fulfilment.cancel_shipment import CancelShipment
from application.fulfilment.enter_awb import EnterAwb
from application.fulfilment.list_shipments import ListShipments
from application.fulfilment.mark_ready import MarkReady
from application.fulfilment.plan_production import PlanProduction
from application.fulfilment.report_parcel import ReportParcel
from application.fulfilment.start_production import StartProduction
from application.fulfilment.start_return import StartReturn
from application.fulfilment.track_shipment import TrackShipment
from application.operations.finish_task import FinishTask
from application.operations.list_tasks import ListTasks
from application.orders.cancel_for_buyer import CancelForBuyer
from application.orders.cancel_order import CancelOrder
from application.orders.get_order import GetOrder
from application.orders.get_timeline import GetTimeline
from application.orders.list_orders import ListOrders
from application.orders.place_order import PlaceOrder
from application.orders.show_order import ShowOrder
from application.payments.confirm_payment import ConfirmPayment
from application.payments.request_refund import RequestRefund
from application.payments.start_payment import StartPayment
from application.webhooks.receive_webhook import ReceiveWebhook
from ports.catalogue_views import CatalogueViews

T = TypeVar("T")

Provider = Callable[[], T]
"""Gives the thing when it is called: a provider of the container, or a lambda."""

Provided = NamedDependency[SkipValidation[T]]
"""A route's parameter of this type is what the provider of the same name gives.

It is taken as it is: what the container gives needs no validation, and a protocol allows none.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases:
    """Providers of every use case and view that a route asks for, by the name it asks with.

    They are called once a request, so that replacing what a provider gives (a test does)
    reaches the very next request.
    """

    catalogue: Provider[CatalogueViews]
    quote_design: Provider[QuoteDesign]
    save_design: Provider[SaveDesign]
    get_design: Provider[GetDesign]
    get_cart: Provider[GetCart]
    add_to_cart: Provider[AddToCart]
    change_cart_item: Provider[ChangeCartItem]
    remove_cart_item: Provider[RemoveCartItem]
    clear_cart: Provider[ClearCart]
    quote_checkout: Provider[QuoteCheckout]
    place_order: Provider[PlaceOrder]
    get_order: Provider[GetOrder]
    get_timeline: Provider[GetTimeline]
    cancel_order: Provider[CancelOrder]
    start_payment: Provider[StartPayment]
    confirm_payment: Provider[ConfirmPayment]
    track_order: Provider[TrackShipment]
    start_return: Provider[StartReturn]
    receive_webhook: Provider[ReceiveWebhook]
    list_events: Provider[ListEvents]
    show_event: Provider[ShowEvent]
    replay_event: Provider[ReplayEvent]
    list_deliveries: Provider[ListDeliveries]
    show_backlog: Provider[ShowBacklog]
    list_tasks: Provider[ListTasks]
    finish_task: Provider[FinishTask]
    list_orders: Provider[ListOrders]
    plan_production: Provider[PlanProduction]
    show_order: Provider[ShowOrder]
    start_production: Provider[StartProduction]
    mark_ready: Provider[MarkReady]
    cancel_for_buyer: Provider[CancelForBuyer]
    request_refund: Provider[RequestRefund]
    list_shipments: Provider[ListShipments]
    book_shipment: Provider[BookShipment]
    enter_awb: Provider[EnterAwb]
    cancel_shipment: Provider[CancelShipment]
    report_parcel: Provider[ReportParcel]
    answer_failed_delivery: Provider[AnswerFailedDelivery]

    def dependencies(self) -> dict[str, Provide]:
        """All of them, as Litestar wants them."""
        return {field.name: provide(getattr(self, field.name)) for field in fields(self)}


def provide(provider: Provider[T]) -> Provide:
    """The bridge from a provider of the container to a dependency of a route."""
    # The lambda, because Litestar reads the signature of what it is given, and a provider has none.
    return Provide(lambda: provider(), sync_to_thread=False)
