"""Where processes are killed: what has just been done there, or is about to be, by whom, and on what errand.

Each is after a write, around a commit, or between something outside and its record. All are
passed on their errands, several times.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from adapters.db.deliveries import SqlDeliveries
from adapters.db.idempotency import SqlIdempotencyKeys
from adapters.db.inbox import SqlInbox
from adapters.db.orders import SqlOrders
from adapters.db.payments import SqlPayments
from adapters.db.receipts import SqlReceipts
from adapters.db.reservations import SqlReservations
from adapters.db.session import Session
from adapters.db.shipments import SqlShipments
from adapters.mail.resend import ResendMailer
from adapters.payments.razorpay import RazorpayGateway
from adapters.shipping.shiprocket.carrier import ShiprocketCarrier
from adapters.worker.beat import PatientScheduler
from adapters.worker.queue import CeleryTaskQueue
from application.cart.close_cart import CartCloser
from application.events.handle_deliveries import HandleDeliveries
from application.events.relay_events import RelayEvents
from application.fulfilment.mark_ready import MarkReady
from application.fulfilment.take_parcel_notice import TakeParcelNotice
from application.orders.cancel_order import CancelOrder
from application.orders.place_order import PlaceOrder
from application.payments.confirm_payment import ConfirmPayment
from application.payments.reconcile_payments import ReconcilePayments
from application.payments.send_refund import SendRefund
from application.payments.start_payment import StartPayment
from application.payments.take_payment_notice import TakePaymentNotice
from application.saga.book_parcel import BookParcel
from application.saga.start_booking import StartBooking
from application.webhooks.receive_webhook import ReceiveWebhook
from tests.harness.kill_switch import KillPoint, after, before


class Errand(StrEnum):
    """What a customer has in mind, or what becomes of it."""

    PREPAID = "paid online, delivered"
    CASH = "paid at the door, delivered"
    PUT_ASIDE = "put aside by the bank, to be captured by the shop; delivered"
    FORGOTTEN = "paid online, which neither browser nor gateway tells; delivered"
    GIVEN_UP = "paid online, given up, refunded"


_TO_THE_DOOR: Final = (Errand.PREPAID, Errand.CASH)

API: Final[dict[KillPoint, tuple[Errand, ...]]] = {
    KillPoint("order-key-claimed", PlaceOrder, after(SqlIdempotencyKeys.claim)): _TO_THE_DOOR,
    KillPoint("order-held", PlaceOrder, after(SqlReservations.hold)): _TO_THE_DOOR,
    KillPoint("order-added", PlaceOrder, after(SqlOrders.add)): _TO_THE_DOOR,
    KillPoint("order-result-kept", PlaceOrder, after(SqlIdempotencyKeys.complete)): _TO_THE_DOOR,
    KillPoint("order-before-commit", PlaceOrder, before(Session.commit)): _TO_THE_DOOR,
    KillPoint("order-committed", PlaceOrder, after(Session.commit)): _TO_THE_DOOR,
    KillPoint("order-before-answer", PlaceOrder, after(CartCloser.close)): _TO_THE_DOOR,
    KillPoint("payment-announced", StartPayment, after(RazorpayGateway.create_order)): (Errand.PREPAID,),
    KillPoint("payment-added", StartPayment, after(SqlPayments.add)): (Errand.PREPAID,),
    KillPoint("payment-committed", StartPayment, after(Session.commit)): (Errand.PREPAID,),
    KillPoint("confirming-payment-saved", ConfirmPayment, after(SqlPayments.save)): (Errand.PREPAID,),
    KillPoint("confirming-order-saved", ConfirmPayment, after(SqlOrders.save)): (Errand.PREPAID,),
    KillPoint("confirming-before-commit", ConfirmPayment, before(Session.commit)): (Errand.PREPAID,),
    KillPoint("confirming-committed", ConfirmPayment, after(Session.commit)): (Errand.PREPAID,),
    KillPoint("cancelling-order-saved", CancelOrder, after(SqlOrders.save)): (Errand.GIVEN_UP,),
    KillPoint("cancelling-pairs-released", CancelOrder, after(SqlReservations.save)): (Errand.GIVEN_UP,),
    KillPoint("cancelling-committed", CancelOrder, after(Session.commit)): (Errand.GIVEN_UP,),
    KillPoint("webhook-kept", ReceiveWebhook, after(SqlInbox.add)): (Errand.PREPAID,),
    KillPoint("webhook-before-commit", ReceiveWebhook, before(Session.commit)): (Errand.PREPAID,),
    KillPoint("webhook-committed", ReceiveWebhook, after(Session.commit)): (Errand.PREPAID,),
    KillPoint("boxed-committed", MarkReady, after(Session.commit)): (Errand.CASH,),
}
RELAY: Final[dict[KillPoint, tuple[Errand, ...]]] = {
    KillPoint("hand-out-before-commit", RelayEvents, before(Session.commit)): _TO_THE_DOOR,
    KillPoint("hand-out-committed", RelayEvents, before(CeleryTaskQueue.put)): _TO_THE_DOOR,
    KillPoint("hand-out-sent", RelayEvents, after(CeleryTaskQueue.put)): _TO_THE_DOOR,
}
WORKER: Final[dict[KillPoint, tuple[Errand, ...]]] = {
    KillPoint("delivery-begun", HandleDeliveries, after(SqlDeliveries.start)): _TO_THE_DOOR,
    KillPoint("effect-receipt-written", HandleDeliveries, after(SqlReceipts.record)): _TO_THE_DOOR,
    KillPoint("effect-before-commit", HandleDeliveries, before(Session.commit)): _TO_THE_DOOR,
    KillPoint("effect-committed", HandleDeliveries, after(Session.commit)): _TO_THE_DOOR,
    KillPoint("delivery-before-finish", HandleDeliveries, before(SqlDeliveries.finish)): _TO_THE_DOOR,
    KillPoint("delivery-finished", HandleDeliveries, after(SqlDeliveries.finish)): _TO_THE_DOOR,
    KillPoint("payment-news-before-commit", TakePaymentNotice, before(Session.commit)): (Errand.PREPAID,),
    KillPoint("payment-news-committed", TakePaymentNotice, after(Session.commit)): (Errand.PREPAID,),
    KillPoint("money-captured", None, after(RazorpayGateway.capture)): (Errand.PUT_ASIDE,),
    KillPoint("payments-looked-up", ReconcilePayments, after(RazorpayGateway.payments_of)): (Errand.FORGOTTEN,),
    KillPoint("payments-reconciled", ReconcilePayments, after(Session.commit)): (Errand.FORGOTTEN,),
    KillPoint("money-given-back", SendRefund, after(RazorpayGateway.refund)): (Errand.GIVEN_UP,),
    KillPoint("refund-before-commit", SendRefund, before(Session.commit)): (Errand.GIVEN_UP,),
    KillPoint("refund-committed", SendRefund, after(Session.commit)): (Errand.GIVEN_UP,),
    KillPoint("booking-asked-for", StartBooking, after(SqlShipments.add)): (Errand.CASH,),
    KillPoint("parcel-announced", BookParcel, after(ShiprocketCarrier.announce)): (Errand.CASH,),
    KillPoint("parcel-assigned", BookParcel, after(ShiprocketCarrier.assign)): (Errand.CASH,),
    KillPoint("pickup-scheduled", BookParcel, after(ShiprocketCarrier.schedule_pickup)): (Errand.CASH,),
    KillPoint("papers-made", BookParcel, after(ShiprocketCarrier.papers)): (Errand.CASH,),
    KillPoint("booking-step-committed", BookParcel, after(Session.commit)): (Errand.CASH,),
    KillPoint("parcel-news-before-commit", TakeParcelNotice, before(Session.commit)): (Errand.CASH,),
    KillPoint("parcel-news-committed", TakeParcelNotice, after(Session.commit)): (Errand.CASH,),
    KillPoint("mail-sent", None, after(ResendMailer.send)): _TO_THE_DOOR,
}
BEAT: Final[dict[KillPoint, tuple[Errand, ...]]] = {
    KillPoint("beat-before-asking", None, before(PatientScheduler.apply_entry)): (Errand.FORGOTTEN,),
    KillPoint("beat-asked", None, after(PatientScheduler.apply_entry)): (Errand.FORGOTTEN,),
}
POINTS: Final = API | RELAY | WORKER | BEAT
