"""Payments."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from adapters.http import links
from adapters.http.schemas.base import Amount, Form, Href, Resource
from adapters.http.schemas.order_links import OrderLinks
from adapters.http.schemas.orders import OrderResource
from application.payments.confirm_payment import ConfirmedPayment
from application.payments.start_payment import StartedPayment
from application.payments.view import PaymentView
from domain.payments.payment import PaymentState
from ports.payment_gateway import CheckoutParameters, CheckoutProof

_Proof = Annotated[str, Meta(min_length=1, max_length=256, pattern="^[!-~]+$")]


class ConfirmPaymentForm(Form, rename={}):
    """What the gateway's checkout handed to the browser, under the gateway's own names."""

    razorpay_order_id: Annotated[_Proof, Meta(examples=["order_9A33XWu170gUtm"])]
    razorpay_payment_id: Annotated[_Proof, Meta(examples=["pay_29QQoUBi66xm2f"])]
    razorpay_signature: Annotated[
        _Proof, Meta(examples=["9ef4dffbfd84f1318f6739a3ce19f9d85851857ae648f114332d8401e0949a3d"])
    ]

    def proof(self) -> CheckoutProof:
        """The same for the use case."""
        return CheckoutProof(self.razorpay_order_id, self.razorpay_payment_id, self.razorpay_signature)


class PrefillResource(Resource):
    """What the checkout's form is filled with."""

    name: str
    email: str
    contact: str


class SandboxResource(Resource):
    """Where a POST plays the customer, as long as the gateway is a stand-in."""

    pay_url: str


class CheckoutResource(Resource):
    """What a browser opens the gateway's checkout with."""

    key: Annotated[str, Meta(description="The public key of our account.")]
    order_id: Annotated[str, Meta(description="Of the gateway.")]
    amount: Annotated[int, Meta(description="In paise.")]
    currency: str
    prefill: PrefillResource
    sandbox: Annotated[SandboxResource | UnsetType, Meta(description="Only in development.")]

    @classmethod
    def of(cls, checkout: CheckoutParameters, payment: PaymentView) -> CheckoutResource:
        """The checkout of a payment."""
        url = checkout.sandbox_pay_url
        return cls(
            key=checkout.key,
            order_id=checkout.provider_order_id,
            amount=checkout.amount.minor,
            currency=checkout.amount.currency,
            prefill=PrefillResource(
                name=payment.customer_name, email=payment.customer_email, contact=payment.customer_phone
            ),
            sandbox=UNSET if url is None else SandboxResource(pay_url=url),
        )


class PaymentLinks(Resource):
    """The order that is paid, and where its payment is confirmed."""

    order: Href
    confirm: Href

    @classmethod
    def of(cls, order: str) -> PaymentLinks:
        """The links of a payment of an order (number or id)."""
        return cls(order=links.order(order), confirm=f"{links.order(order)}/payments/confirm")


class PaymentResource(Resource):
    """A payment that was asked for."""

    id: UUID
    provider: str
    provider_order_id: str
    amount: Amount
    status: PaymentState
    checkout: CheckoutResource
    links: PaymentLinks = field(name="_links")

    @classmethod
    def of(cls, started: StartedPayment, order: str) -> PaymentResource:
        """A payment of an order (number or id)."""
        payment = started.payment
        return cls(
            id=payment.id,
            provider=payment.provider,
            provider_order_id=payment.provider_order_id,
            amount=Amount.of(payment.amount),
            status=payment.status,
            checkout=CheckoutResource.of(started.checkout, payment),
            links=PaymentLinks.of(order),
        )


class ConfirmedPaymentResource(Resource):
    """A payment after its proof was taken, and its order."""

    id: UUID
    provider: str
    provider_order_id: str
    amount: Amount
    status: PaymentState
    order: OrderResource
    links: PaymentLinks = field(name="_links")

    @classmethod
    def of(cls, confirmed: ConfirmedPayment) -> ConfirmedPaymentResource:
        """A payment and its order."""
        payment, order = confirmed.payment, confirmed.order
        return cls(
            id=payment.id,
            provider=payment.provider,
            provider_order_id=payment.provider_order_id,
            amount=Amount.of(payment.amount),
            status=payment.status,
            order=OrderResource.of(order, OrderLinks.for_buyer(order)),
            links=PaymentLinks.of(order.ext_id),
        )
