"""A workshop whose money is followed to its end: a gateway that calls, handlers that listen, pollers that ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any, Final

from dependency_injector import providers

from adapters.memory.payment_gateway import MemoryPaymentGateway
from adapters.memory.payment_notices import MemoryPaymentNotices
from application.events.handle_deliveries import HandleDeliveries
from application.events.handler import Handler, subscription_of
from application.events.relay_events import LEASE
from application.events.retry_policy import RetryPolicy
from application.operations.ask_operator import OperatorDesk
from application.payments.capture_payment import CapturePayment
from application.payments.pay_back import PayBack
from application.payments.reconcile_payments import ReconcilePayments
from application.payments.reconcile_refunds import ReconcileRefunds
from application.payments.request_refund import RequestedRefund, RequestRefund, RequestRefundCommand
from application.payments.send_refund import SendRefund
from application.payments.settle_refund import RefundSettler
from application.payments.take_in_payment import PaymentIntake
from application.payments.take_payment_notice import TakePaymentNotice
from application.payments.take_refund_notice import TakeRefundNotice
from application.saga.capture_authorized import CaptureAuthorized
from application.saga.refund_cancelled_order import RefundCancelledOrder
from application.saga.refund_late_payment import RefundLatePayment
from application.saga.refund_returned_order import RefundReturnedOrder
from application.saga.retry_failed_refund import RetryFailedRefund
from application.saga.send_requested_refund import SendRequestedRefund
from application.saga.take_payment_webhook import TakePaymentWebhook
from application.webhooks.open_message import MessageOpener
from application.webhooks.receive_webhook import ReceiveWebhook
from domain.actor import Actor, Guest, Staff
from domain.money import Money
from domain.operations.task import OperatorTask, TaskKind
from domain.operations.webhooks import WebhookReceived
from domain.ordering.order import Order
from domain.payments.payment import Payment
from domain.permissions import Permission
from ports.deliveries import DeliveryKey
from ports.idempotency import IdempotencyKey
from ports.order_views import OrderView
from ports.payment_gateway import (
    CheckoutProof,
    GatewayPayment,
    GatewayPaymentStatus,
    GatewayRefund,
    GatewayRefundStatus,
)
from tests.builders import a_product, fresh_id
from tests.unit.application.workshop import Workshop, key

PROVIDER: Final = "payments"
_TAKEN: Final = {GatewayPaymentStatus.CAPTURED, GatewayPaymentStatus.REFUNDED}
CLERK: Final = Staff(fresh_id(), frozenset({Permission.PAYMENTS_REFUND}))


class CarelessGateway(MemoryPaymentGateway):
    """Takes money for an order that is paid, as real ones do now and then; `refuses_refunds` while it is poor."""

    refuses_refunds = False
    captures = 0

    def pay_again(self, provider_order_id: str) -> CheckoutProof:
        """Play a customer who pays in two windows."""
        self._paid.discard(provider_order_id)
        return self.pay(provider_order_id)

    async def capture(self, provider_payment_id: str, amount: Money) -> GatewayPayment:
        """See PaymentGateway."""
        self.captures += 1
        return await super().capture(provider_payment_id, amount)

    async def refund(self, provider_payment_id: str, amount: Money, *, reference: str) -> GatewayRefund:
        """See PaymentGateway."""
        if self.refuses_refunds:
            raise self._no("your account does not have enough balance")
        return await super().refund(provider_payment_id, amount, reference=reference)

    @property
    def given_back(self) -> list[int]:
        """The refunds that it made, in paise."""
        return [refund.amount.minor for refund in self._refunds.values()]

    @property
    def refunds(self) -> list[GatewayRefund]:
        """The refunds that it made."""
        return list(self._refunds.values())

    @property
    def payments(self) -> list[GatewayPayment]:
        """The payments that it has."""
        return list(self._payments.values())

    @property
    def kept(self) -> Money:
        """What it took, without what it gave back."""
        return Money.total(payment.amount for payment in self.payments if payment.status in _TAKEN) - Money.total(
            refund.amount for refund in self.refunds if refund.status is not GatewayRefundStatus.FAILED
        )

    def finish_refunds(self) -> None:
        """Play banks that pay out all that is under way."""
        for refund in self.refunds:
            if refund.status is GatewayRefundStatus.PENDING:
                self.settle_refund(refund.provider_refund_id)


@dataclass(frozen=True, slots=True)
class Till:
    """The shop, its gateway, and everything of the saga that is about money."""

    workshop: Workshop
    gateway: CarelessGateway
    notices: MemoryPaymentNotices = field(default_factory=MemoryPaymentNotices)
    event_ids: Iterator[int] = field(default_factory=count)

    @classmethod
    async def opened(cls, workshop: Workshop | None = None) -> Till:
        """A shop that sells the Oxford Roma."""
        opened = cls(workshop or await Workshop.opened(a_product().build()), CarelessGateway())
        return opened.at(opened.gateway)

    def at(self, gateway: CarelessGateway) -> Till:
        """The same shop, at another gateway."""
        self.workshop.ports.payment_gateway.override(providers.Object(gateway))
        return replace(self, gateway=gateway)

    # what people and the gateway do

    async def order(self) -> tuple[OrderView, Guest, str]:
        """An order that waits for money, its buyer, and what the gateway calls it."""
        order, guest = await self.workshop.order_waiting_for_money()
        started = await self.workshop.start_payment(guest, order)
        return order, guest, started.payment.provider_order_id

    async def paid_order(self) -> tuple[OrderView, Guest, str]:
        """An order that was paid."""
        order, guest, at_gateway = await self.order()
        await self.workshop.confirm(guest, order, self.gateway.pay(at_gateway))
        await self.work()
        return order, guest, at_gateway

    async def webhook(self, told: GatewayPayment | GatewayRefund, event_id: str | None = None) -> None:
        """The gateway calls."""
        now = self.workshop.memory.clock.now()
        await self.receive(
            PROVIDER, self.notices.call(told, event_id=event_id or f"evt_{next(self.event_ids)}", at=now)
        )

    async def refund(
        self,
        order: OrderView,
        paise: int | None = None,
        actor: Actor = CLERK,
        idempotency: IdempotencyKey | None = None,
    ) -> RequestedRefund:
        """Staff give money back."""
        amount = None if paise is None else Money(paise)
        command = RequestRefundCommand(actor, order.ext_id, amount, "does not fit", idempotency or key())
        return await self.request_refund(command)

    async def work(self) -> None:
        """Let the handlers do all that is due."""
        deliveries, now = self.workshop.memory.deliveries, self.workshop.memory.clock.now()
        subscriptions = [subscription_of(handler) for handler in self.handlers]
        while due := await deliveries.hand_out(subscriptions, now, lease=LEASE, most=99):
            await self.handle([each.key for each in due])

    async def take_the_last_message(self) -> None:
        """Let a handler take it, by a worker that dies before it can say so."""
        [handler] = [each for each in self.handlers if isinstance(each, TakePaymentWebhook)]
        memory = self.workshop.memory
        await memory.deliveries.hand_out([subscription_of(handler)], memory.clock.now(), lease=LEASE, most=99)
        [message] = [each for each in memory.outbox if isinstance(each, WebhookReceived)][-1:]
        [event] = await memory.event_views.events(name=message.name, aggregate_id=None, before=None, limit=1)
        await handler(message, DeliveryKey(event.id, handler.name))

    async def finish(self, task: OperatorTask) -> None:
        """A person has done it."""
        async with self.workshop.memory.begin() as tx:
            mine = await tx.tasks.get(task.id)
            mine.finish(self.workshop.memory.clock.now())
            await tx.tasks.save(mine)

    # what has become of it

    async def order_of(self, order: OrderView) -> Order:
        """The order by now."""
        async with self.workshop.memory.begin() as tx:
            return await tx.orders.get(order.id)

    async def payment_of(self, order: OrderView) -> Payment:
        """Its payment by now."""
        async with self.workshop.memory.begin() as tx:
            payment = await tx.payments.of_order(order.id)
        assert payment is not None
        return payment

    async def tasks(self, kind: TaskKind | None = None) -> list[OperatorTask]:
        """What waits for a person."""
        tasks = await self.workshop.memory.operator_task_views.open_tasks(100)
        return [task for task in tasks if kind in (None, task.kind)]

    # the parts

    @property
    def desk(self) -> OperatorDesk:
        """Opens tasks."""
        return OperatorDesk(self.workshop.memory.clock, self.workshop.memory.ids)

    @property
    def intake(self) -> PaymentIntake:
        """Takes in payments."""
        return PaymentIntake(self.workshop.use.payment_settler(), self.desk)

    @property
    def capture(self) -> CapturePayment:
        """Captures."""
        return CapturePayment(self.workshop.memory.begin, self.gateway, self.intake)

    @property
    def receive(self) -> ReceiveWebhook:
        """The door for webhooks."""
        return ReceiveWebhook({PROVIDER: self.notices}, self.workshop.memory.begin, self.workshop.memory.ids)

    @property
    def refund_settler(self) -> RefundSettler:
        """Settles refunds."""
        return RefundSettler(self.workshop.memory.clock, self.desk)

    @property
    def send(self) -> SendRefund:
        """Sends refunds."""
        return SendRefund(self.workshop.memory.begin, self.gateway, self.refund_settler)

    @property
    def request_refund(self) -> RequestRefund:
        """What staff call."""
        memory = self.workshop.memory
        return RequestRefund(memory.begin, self.workshop.use.get_order(), memory.clock, memory.ids)

    @property
    def reconcile_payments(self) -> ReconcilePayments:
        """The poller of payments."""
        memory = self.workshop.memory
        return ReconcilePayments(
            memory.begin, self.gateway, memory.payment_views, self.intake, self.capture, memory.clock
        )

    @property
    def reconcile_refunds(self) -> ReconcileRefunds:
        """The poller of refunds."""
        memory = self.workshop.memory
        return ReconcileRefunds(memory.begin, self.gateway, memory.payment_views, self.send, memory.clock)

    @property
    def handlers(self) -> tuple[Handler[Any], ...]:  # each of an event of its own
        """Those who listen to what is about money."""
        memory, gateway = self.workshop.memory, self.gateway
        begin, clock, desk = memory.begin, memory.clock, self.desk
        pay_back = PayBack(clock, memory.ids, desk)
        return (
            CaptureAuthorized(self.capture),
            RefundCancelledOrder(begin, pay_back, clock),
            RefundLatePayment(begin, pay_back, clock),
            RefundReturnedOrder(begin, pay_back, clock),
            SendRequestedRefund(self.send),
            RetryFailedRefund(begin, desk, clock, memory.ids),
            TakePaymentWebhook(
                {PROVIDER: self.notices},
                MessageOpener(begin, desk, clock),
                TakePaymentNotice(begin, gateway, memory.payment_views, self.intake, clock),
                TakeRefundNotice(begin, gateway, memory.payment_views, self.refund_settler, desk, clock),
            ),
        )

    @property
    def handle(self) -> HandleDeliveries:
        """A worker."""
        memory = self.workshop.memory
        return HandleDeliveries(
            deliveries=memory.deliveries,
            handlers={handler.name: handler for handler in self.handlers},
            begin=memory.begin,
            bell=memory.bell,
            clock=memory.clock,
            ids=memory.ids,
            retries=RetryPolicy(attempts=3, first=timedelta(seconds=2)),
        )
