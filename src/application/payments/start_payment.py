"""Ask for the money of an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from application.orders.get_order import GetOrder
from application.orders.owned_order import owned_order
from application.payments.view import PaymentView
from domain.actor import Actor
from domain.ordering.errors import PaymentNotAllowed
from domain.payments.payment import Payment
from domain.payments.watching import PATIENCE
from ports.clock import Clock
from ports.idempotency import IdempotencyKey
from ports.ids import Ids
from ports.order_views import OrderView
from ports.payment_gateway import CheckoutParameters, GatewayOrder, PaymentGateway
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class StartPaymentCommand:
    """Which order (id or order number) is to be paid online."""

    actor: Actor
    order: str
    idempotency: IdempotencyKey


@dataclass(frozen=True, slots=True)
class StartedPayment:
    """The payment and what the browser's checkout needs."""

    payment: PaymentView
    checkout: CheckoutParameters
    replayed: bool


@dataclass(frozen=True, slots=True)
class StartPayment:
    """Announces the order's total at the gateway, and keeps one open payment per order.

    The gateway is called between two transactions. When two requests race, or a crash
    comes between, the gateway may know an order that we don't: nobody can pay it, because
    only the kept one is handed out. When nothing is heard of it for `patience`, the gateway
    is asked. Raises NotFound, PaymentNotAllowed, GatewayUnavailable, GatewayRejected,
    IdempotencyKeyReused, IdempotencyInFlight.
    """

    begin: Begin
    find: GetOrder
    gateway: PaymentGateway
    clock: Clock
    ids: Ids
    patience: timedelta = PATIENCE

    async def __call__(self, command: StartPaymentCommand) -> StartedPayment:
        order = await self.find(command.actor, command.order)
        async with self.begin() as tx:
            known = await tx.payments.of_order(order.id)
        announced = None
        if known is None and order.awaits_payment:
            announced = await self.gateway.create_order(amount=order.total, receipt=order.ext_id)
        async with self.begin() as tx:
            done = await tx.idempotency.claim(command.idempotency, PaymentView)
            if done is not None:
                return self._started(done, replayed=True)
            (await owned_order(tx, command.actor, order.id)).check_payable()
            payment = await tx.payments.of_order(order.id)
            if payment is None:
                payment = self._payment(order, announced)
                await tx.payments.add(payment)
            view = PaymentView.of(payment, order)
            await tx.idempotency.complete(command.idempotency, view)
        return self._started(view, replayed=False)

    def _payment(self, order: OrderView, announced: GatewayOrder | None) -> Payment:
        if announced is None:
            raise PaymentNotAllowed(f"order {order.ext_id} was not awaiting a payment")
        return Payment.start(
            id=self.ids.new_id(),
            order_id=order.id,
            provider=self.gateway.provider,
            provider_order_id=announced.provider_order_id,
            amount=order.total,
            at=self.clock.now(),
            patience=self.patience,
        )

    def _started(self, view: PaymentView, *, replayed: bool) -> StartedPayment:
        checkout = self.gateway.checkout(provider_order_id=view.provider_order_id, amount=view.amount)
        return StartedPayment(view, checkout, replayed)
