"""Take the customer's proof that an order was paid."""

from __future__ import annotations

from dataclasses import dataclass

from application.orders.get_order import GetOrder
from application.orders.owned_order import owned_order
from application.payments.settle_payment import PaymentSettler
from application.payments.view import PaymentView
from domain.actor import Actor
from domain.ordering.errors import PaymentNotAllowed
from domain.payments.payment import Payment
from ports.idempotency import IdempotencyKey
from ports.order_views import OrderView
from ports.payment_gateway import (
    CheckoutProof,
    GatewayPayment,
    GatewayPaymentStatus,
    GatewayUnavailable,
    PaymentGateway,
)
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class ConfirmPaymentCommand:
    """The proof that the gateway's checkout handed to the browser, for an order (id or order number)."""

    actor: Actor
    order: str
    proof: CheckoutProof
    idempotency: IdempotencyKey


@dataclass(frozen=True, slots=True)
class ConfirmedPayment:
    """The payment and its order after it. `replayed`: this request had been answered before."""

    payment: PaymentView
    order: OrderView
    replayed: bool


@dataclass(frozen=True, slots=True)
class ConfirmPayment:
    """Verifies the proof, asks the gateway how far the payment is, and settles it.

    When the gateway doesn't answer, the proof alone makes the payment AUTHORIZED: what
    is certain is kept, and capturing is learnt later. Raises NotFound,
    InvalidCheckoutSignature, PaymentNotAllowed, AmountMismatch, GatewayRejected,
    IdempotencyKeyReused, IdempotencyInFlight.
    """

    begin: Begin
    find: GetOrder
    gateway: PaymentGateway
    settler: PaymentSettler

    async def __call__(self, command: ConfirmPaymentCommand) -> ConfirmedPayment:
        order_view = await self.find(command.actor, command.order)
        self.gateway.verify_checkout(command.proof)
        seen = await self._seen(command.proof, order_view)
        async with self.begin() as tx:
            done = await tx.idempotency.claim(command.idempotency, PaymentView)
            if done is not None:
                return ConfirmedPayment(done, order_view, replayed=True)
            order = await owned_order(tx, command.actor, order_view.id)
            payment = _matching(await tx.payments.of_order(order.id), command.proof, seen)
            await self.settler.settle(tx, order, payment, seen)
            order_view = OrderView.of(order)
            view = PaymentView.of(payment, order_view)
            await tx.idempotency.complete(command.idempotency, view)
        return ConfirmedPayment(view, order_view, replayed=False)

    async def _seen(self, proof: CheckoutProof, order: OrderView) -> GatewayPayment:
        try:
            return await self.gateway.fetch_payment(proof.provider_payment_id)
        except GatewayUnavailable:
            return GatewayPayment(
                proof.provider_payment_id,
                proof.provider_order_id,
                order.total,
                GatewayPaymentStatus.AUTHORIZED,
                error_reason=None,
            )


def _matching(payment: Payment | None, proof: CheckoutProof, seen: GatewayPayment) -> Payment:
    """The payment, when proof and gateway speak of the gateway order that we announced for it."""
    if payment is None or payment.provider_order_id != proof.provider_order_id:
        raise PaymentNotAllowed("this proof belongs to no payment of this order")
    if seen.provider_order_id != payment.provider_order_id:
        raise PaymentNotAllowed("the gateway knows this payment for another order")
    return payment
