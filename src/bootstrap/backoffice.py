"""The parts list of what customers never see, on the same ports as the shop."""

from __future__ import annotations

from dependency_injector import containers, providers

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
from application.fulfilment.shipment_desk import ShipmentDesk
from application.fulfilment.start_production import StartProduction
from application.fulfilment.start_return import StartReturn
from application.fulfilment.take_in_news import ParcelIntake
from application.fulfilment.track_shipment import TrackShipment
from application.operations.ask_operator import OperatorDesk
from application.operations.finish_task import FinishTask
from application.operations.list_tasks import ListTasks
from application.orders.cancel_for_buyer import CancelForBuyer
from application.orders.cancel_order import CancelOrder
from application.orders.get_order import GetOrder
from application.orders.list_orders import ListOrders
from application.orders.show_order import ShowOrder
from application.payments.request_refund import RequestRefund
from application.webhooks.receive_webhook import ReceiveWebhook


class BackOffice(containers.DeclarativeContainer):
    """The use cases of staff, and of third parties that call. Each is one stateless object in a process."""

    ports = providers.DependenciesContainer()

    receive_webhook = providers.Singleton(
        ReceiveWebhook, sources=ports.webhook_sources, begin=ports.begin, ids=ports.ids
    )
    list_events = providers.Singleton(ListEvents, views=ports.event_views)
    show_event = providers.Singleton(ShowEvent, views=ports.event_views)
    replay_event = providers.Singleton(ReplayEvent, begin=ports.begin, show=show_event, clock=ports.clock)
    list_deliveries = providers.Singleton(ListDeliveries, views=ports.event_views)
    show_backlog = providers.Singleton(ShowBacklog, views=ports.event_views)
    list_tasks = providers.Singleton(ListTasks, views=ports.operator_task_views)
    finish_task = providers.Singleton(FinishTask, begin=ports.begin, clock=ports.clock)

    find_order = providers.Singleton(GetOrder, views=ports.order_views)
    plan_production = providers.Singleton(PlanProduction, views=ports.production_views)
    list_orders = providers.Singleton(ListOrders, views=ports.order_views)
    show_order = providers.Singleton(ShowOrder, find=find_order)
    start_production = providers.Singleton(StartProduction, begin=ports.begin, find=find_order, clock=ports.clock)
    mark_ready = providers.Singleton(MarkReady, begin=ports.begin, find=find_order, clock=ports.clock)
    cancel_for_buyer = providers.Singleton(
        CancelForBuyer, cancel=providers.Singleton(CancelOrder, begin=ports.begin, find=find_order, clock=ports.clock)
    )
    request_refund = providers.Singleton(
        RequestRefund, begin=ports.begin, find=find_order, clock=ports.clock, ids=ports.ids
    )

    shipment_desk = providers.Singleton(ShipmentDesk, clock=ports.clock, ids=ports.ids)
    track_order = providers.Singleton(TrackShipment, find=find_order, views=ports.shipment_views)
    list_shipments = providers.Singleton(ListShipments, find=find_order, views=ports.shipment_views)
    book_shipment = providers.Singleton(
        BookShipment, begin=ports.begin, find=find_order, carriers=ports.carriers, desk=shipment_desk
    )
    start_return = providers.Singleton(
        StartReturn, begin=ports.begin, find=find_order, carriers=ports.carriers, desk=shipment_desk, clock=ports.clock
    )
    enter_awb = providers.Singleton(EnterAwb, begin=ports.begin, find=find_order, clock=ports.clock)
    cancel_shipment = providers.Singleton(CancelShipment, begin=ports.begin, find=find_order, clock=ports.clock)
    operator_desk = providers.Singleton(OperatorDesk, clock=ports.clock, ids=ports.ids)
    parcel_intake = providers.Singleton(ParcelIntake, desk=operator_desk, clock=ports.clock)
    report_parcel = providers.Singleton(
        ReportParcel, begin=ports.begin, find=find_order, intake=parcel_intake, clock=ports.clock
    )
    answer_failed_delivery = providers.Singleton(
        AnswerFailedDelivery, begin=ports.begin, find=find_order, carriers=ports.carriers
    )
