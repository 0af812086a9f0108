"""The parts list of what happens by itself: who reacts to which event, and the chores that time brings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from dependency_injector import containers, providers

from application.events.handle_deliveries import HandleDeliveries
from application.events.handler import AnyHandler, subscription_of
from application.events.relay_events import RelayEvents
from application.fulfilment.call_off import CallOff
from application.fulfilment.follow_parcels import FollowParcels
from application.fulfilment.shipment_desk import ShipmentDesk
from application.fulfilment.take_in_news import ParcelIntake
from application.fulfilment.take_parcel_notice import TakeParcelNotice
from application.operations.ask_operator import OperatorDesk
from application.operations.tidy_up import TidyUp
from application.orders.expire_unpaid_orders import ExpireUnpaidOrders
from application.payments.capture_payment import CapturePayment
from application.payments.pay_back import PayBack
from application.payments.reconcile_payments import ReconcilePayments
from application.payments.reconcile_refunds import ReconcileRefunds
from application.payments.send_refund import SendRefund
from application.payments.settle_payment import PaymentSettler
from application.payments.settle_refund import RefundSettler
from application.payments.take_in_payment import PaymentIntake
from application.payments.take_payment_notice import TakePaymentNotice
from application.payments.take_refund_notice import TakeRefundNotice
from application.saga.book_parcel import BookParcel
from application.saga.call_off_failed_booking import CallOffFailedBooking
from application.saga.call_off_parcel import CallOffParcel
from application.saga.capture_authorized import CaptureAuthorized
from application.saga.count_order import CountOrder
from application.saga.invite_review import InviteReview
from application.saga.post import Post
from application.saga.refund_cancelled_order import RefundCancelledOrder
from application.saga.refund_late_payment import RefundLatePayment
from application.saga.refund_returned_order import RefundReturnedOrder
from application.saga.report_lost_parcel import ReportLostParcel
from application.saga.report_undelivered_parcel import ReportUndeliveredParcel
from application.saga.retry_failed_refund import RetryFailedRefund
from application.saga.send_requested_refund import SendRequestedRefund
from application.saga.start_booking import StartBooking
from application.saga.take_bounce_webhook import TakeBounceWebhook
from application.saga.take_parcel_webhook import TakeParcelWebhook
from application.saga.take_payment_webhook import TakePaymentWebhook
from application.saga.tell_late_payment import TellLatePayment
from application.saga.tell_operator import TellOperator
from application.saga.tell_order_cancelled import TellOrderCancelled
from application.saga.tell_order_delivered import TellOrderDelivered
from application.saga.tell_order_placed import TellOrderPlaced
from application.saga.tell_order_ready import TellOrderReady
from application.saga.tell_order_returned import TellOrderReturned
from application.saga.tell_out_for_delivery import TellOutForDelivery
from application.saga.tell_payment_failed import TellPaymentFailed
from application.saga.tell_payment_received import TellPaymentReceived
from application.saga.tell_production_started import TellProductionStarted
from application.saga.tell_refunded import TellRefunded
from application.saga.tell_shipped import TellShipped
from application.webhooks.open_message import MessageOpener
from ports.carrier_notices import CarrierNotices
from ports.deliveries import Subscription


def _by_name(*handlers: AnyHandler) -> dict[str, AnyHandler]:
    named = {handler.name: handler for handler in handlers}
    if len(named) < len(handlers):
        raise ValueError("two handlers have one name")
    return named


def _subscriptions(handlers: dict[str, AnyHandler]) -> tuple[Subscription, ...]:
    return tuple(map(subscription_of, handlers.values()))


def _sender(notices: Mapping[str, CarrierNotices]) -> str:
    """The carrier whose messages come in, whoever carries by default."""
    [carrier] = {each.provider for each in notices.values()}
    return carrier


class Saga(containers.DeclarativeContainer):
    """Everything that reacts. Each part is one stateless object in a process."""

    ports = providers.DependenciesContainer()

    operator_desk = providers.Singleton(OperatorDesk, clock=ports.clock, ids=ports.ids)
    post = providers.Singleton(Post, letters=ports.letters, mailer=ports.mailer, begin=ports.begin)

    # payments
    payment_settler = providers.Singleton(PaymentSettler, clock=ports.clock, ids=ports.ids)
    payment_intake = providers.Singleton(PaymentIntake, settler=payment_settler, desk=operator_desk)
    capture_payment = providers.Singleton(
        CapturePayment, begin=ports.begin, gateway=ports.payment_gateway, intake=payment_intake
    )
    refund_settler = providers.Singleton(RefundSettler, clock=ports.clock, desk=operator_desk)
    send_refund = providers.Singleton(
        SendRefund, begin=ports.begin, gateway=ports.payment_gateway, settler=refund_settler
    )
    pay_back = providers.Singleton(PayBack, clock=ports.clock, ids=ports.ids, desk=operator_desk)
    reconcile_payments = providers.Singleton(
        ReconcilePayments,
        begin=ports.begin,
        gateway=ports.payment_gateway,
        views=ports.payment_views,
        intake=payment_intake,
        capture=capture_payment,
        clock=ports.clock,
        patience=ports.payment_patience,
    )
    reconcile_refunds = providers.Singleton(
        ReconcileRefunds,
        begin=ports.begin,
        gateway=ports.payment_gateway,
        views=ports.payment_views,
        send=send_refund,
        clock=ports.clock,
    )
    _taking: ClassVar = {"begin": ports.begin, "gateway": ports.payment_gateway, "views": ports.payment_views}
    take_payment_notice = providers.Singleton(TakePaymentNotice, **_taking, intake=payment_intake, clock=ports.clock)
    take_refund_notice = providers.Singleton(
        TakeRefundNotice, **_taking, settler=refund_settler, desk=operator_desk, clock=ports.clock
    )

    # parcels
    shipment_desk = providers.Singleton(ShipmentDesk, clock=ports.clock, ids=ports.ids)
    parcel_intake = providers.Singleton(ParcelIntake, desk=operator_desk, clock=ports.clock)
    call_off = providers.Singleton(
        CallOff, begin=ports.begin, carriers=ports.carriers, desk=operator_desk, clock=ports.clock
    )
    take_parcel_notice = providers.Singleton(
        TakeParcelNotice,
        carrier=providers.Callable(_sender, ports.carrier_notices),
        begin=ports.begin,
        intake=parcel_intake,
        clock=ports.clock,
    )
    follow_parcels = providers.Singleton(
        FollowParcels,
        begin=ports.begin,
        views=ports.shipment_views,
        carriers=ports.carriers,
        intake=parcel_intake,
        clock=ports.clock,
    )

    opener = providers.Singleton(MessageOpener, begin=ports.begin, desk=operator_desk, clock=ports.clock)
    expire_unpaid_orders = providers.Singleton(
        ExpireUnpaidOrders, begin=ports.begin, views=ports.order_views, clock=ports.clock
    )

    _tells: ClassVar = {"orders": ports.order_views, "post": post}
    _pays_back: ClassVar = {"begin": ports.begin, "pay_back": pay_back, "clock": ports.clock}
    _reports: ClassVar = {"begin": ports.begin, "desk": operator_desk, "clock": ports.clock}
    handlers = providers.Singleton(
        _by_name,
        providers.Singleton(CountOrder, analytics=ports.analytics),
        # what third parties tell
        providers.Singleton(
            TakePaymentWebhook,
            providers=ports.payment_notices,
            opener=opener,
            take_payment=take_payment_notice,
            take_refund=take_refund_notice,
        ),
        providers.Singleton(TakeParcelWebhook, providers=ports.carrier_notices, opener=opener, take=take_parcel_notice),
        providers.Singleton(
            TakeBounceWebhook, providers=ports.mail_notices, opener=opener, begin=ports.begin, clock=ports.clock
        ),
        # money
        providers.Singleton(CaptureAuthorized, capture=capture_payment),
        providers.Singleton(RefundCancelledOrder, **_pays_back),
        providers.Singleton(RefundLatePayment, **_pays_back),
        providers.Singleton(RefundReturnedOrder, **_pays_back),
        providers.Singleton(SendRequestedRefund, send=send_refund),
        providers.Singleton(RetryFailedRefund, **_reports, ids=ports.ids),
        # parcels
        providers.Singleton(
            StartBooking, begin=ports.begin, carriers=ports.carriers, desk=shipment_desk, clock=ports.clock
        ),
        providers.Singleton(BookParcel, **_reports, carriers=ports.carriers, terms=ports.courier_terms),
        providers.Singleton(CallOffParcel, call_off=call_off),
        providers.Singleton(CallOffFailedBooking, call_off=call_off),
        providers.Singleton(ReportUndeliveredParcel, **_reports),
        providers.Singleton(ReportLostParcel, **_reports),
        # mail
        providers.Singleton(TellOrderPlaced, **_tells),
        providers.Singleton(TellPaymentReceived, **_tells),
        providers.Singleton(TellPaymentFailed, **_tells),
        providers.Singleton(TellOrderCancelled, **_tells),
        providers.Singleton(TellLatePayment, **_tells),
        providers.Singleton(TellRefunded, **_tells),
        providers.Singleton(TellProductionStarted, **_tells),
        providers.Singleton(TellOrderReady, **_tells),
        providers.Singleton(TellShipped, **_tells),
        providers.Singleton(TellOutForDelivery, **_tells),
        providers.Singleton(TellOrderDelivered, **_tells),
        providers.Singleton(TellOrderReturned, **_tells),
        providers.Singleton(InviteReview, **_tells),
        providers.Singleton(TellOperator, operator=ports.operator_email, post=post),
    )
    subscriptions = providers.Singleton(_subscriptions, handlers)

    relay_events = providers.Singleton(
        RelayEvents,
        deliveries=ports.deliveries,
        queue=ports.task_queue,
        subscriptions=subscriptions,
        clock=ports.clock,
    )
    handle_deliveries = providers.Singleton(
        HandleDeliveries,
        deliveries=ports.deliveries,
        handlers=handlers,
        begin=ports.begin,
        bell=ports.bell,
        clock=ports.clock,
        ids=ports.ids,
        retries=ports.retry_policy,
    )
    upkeep = providers.Dict(
        expire_unpaid_orders=expire_unpaid_orders,
        reconcile_payments=reconcile_payments,
        reconcile_refunds=reconcile_refunds,
        follow_parcels=follow_parcels,
        tidy_up=providers.Singleton(TidyUp, leftovers=ports.leftovers, clock=ports.clock),
    )
