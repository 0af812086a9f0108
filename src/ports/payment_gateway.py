"""Where customers' money comes in and goes back: an order at a gateway, its payments, their refunds."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from domain.errors import DomainError
from domain.money import Money
from ports.errors import PortUnavailable


@dataclass(frozen=True, slots=True)
class GatewayOrder:
    """What the gateway expects to be paid. `receipt` is our own reference, as it was given."""

    provider_order_id: str
    amount: Money
    receipt: str


@dataclass(frozen=True, slots=True)
class CheckoutParameters:
    """What a browser needs to open the gateway's checkout. Holds nothing secret.

    `key` is the public key of our account. `sandbox_pay_url` is where a POST plays the
    customer, and None at a real gateway.
    """

    key: str
    provider_order_id: str
    amount: Money
    sandbox_pay_url: str | None


@dataclass(frozen=True, slots=True)
class CheckoutProof:
    """What the checkout hands to the browser as proof that it was paid.

    `provider_order_id` is the one that we stored for the payment, never the browser's word
    for it: otherwise the proof of somebody else's cheaper order would do.
    """

    provider_order_id: str
    provider_payment_id: str
    signature: str


class GatewayPaymentStatus(StrEnum):
    """How far a payment has come at the gateway.

    AUTHORIZED is put aside by the bank, CAPTURED is ours (and stays so when a part went
    back), REFUNDED has gone back in full. FAILED is not the end: a bank may still
    authorise it days later.
    """

    CREATED = "CREATED"
    AUTHORIZED = "AUTHORIZED"
    CAPTURED = "CAPTURED"
    REFUNDED = "REFUNDED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class GatewayPayment:
    """One attempt to pay, as the gateway sees it at this moment.

    `provider_order_id` is None for a payment that belongs to no order, so never to one of
    ours. `error_reason` is the gateway's short code for what went wrong ("payment_cancelled").
    """

    provider_payment_id: str
    provider_order_id: str | None
    amount: Money
    status: GatewayPaymentStatus
    error_reason: str | None


class GatewayRefundStatus(StrEnum):
    """How far a refund has come at the gateway. PENDING may take a week; FAILED left the money with us."""

    PENDING = "PENDING"
    PROCESSED = "PROCESSED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class GatewayRefund:
    """A refund as the gateway sees it at this moment.

    `reference` is our own id of it, as it was given; None for a refund that somebody made
    at the gateway without us.
    """

    provider_refund_id: str
    provider_payment_id: str
    amount: Money
    status: GatewayRefundStatus
    reference: str | None


class GatewayUnavailable(PortUnavailable):
    """The gateway failed, was too slow, or answered what can't be made sense of.

    Whether it has done the work meanwhile is unknown. Asking again is safe everywhere: an
    order that nobody pays does no harm, and captures and refunds are done once.
    """

    def __init__(self, reason: str = "no answer", *, retry_after: int = 1) -> None:
        super().__init__("payment-gateway", reason, retry_after=retry_after)


class GatewayRejected(DomainError):
    """The gateway understood the request and refused it: the same request won't ever do.

    `description` is the gateway's own sentence: for logs, not for customers.
    """

    code = "payment-not-allowed"

    def __init__(self, provider: str, description: str) -> None:
        super().__init__("the payment provider refused the request")
        self.provider = provider
        self.description = description


class InvalidCheckoutSignature(DomainError):
    """The proof of a payment was not signed with our secret: forged, or of another order."""

    code = "invalid-signature"

    def __init__(self, provider_order_id: str) -> None:
        super().__init__("the payment's signature is not valid")
        self.provider_order_id = provider_order_id


class PaymentGateway(Protocol):
    """A payment service provider where we have an account."""

    @property
    @abstractmethod
    def provider(self) -> str:
        """The stable name that payments are stored under: "razorpay", "memory"."""

    @abstractmethod
    async def create_order(self, *, amount: Money, receipt: str) -> GatewayOrder:
        """Announce that `amount` (at least ₹1.00) is to be paid; `receipt` has at most 40 characters.

        Not idempotent: every call makes another order. Raises GatewayUnavailable and
        GatewayRejected.
        """

    @abstractmethod
    def checkout(self, *, provider_order_id: str, amount: Money) -> CheckoutParameters:
        """What the browser needs to have that order paid. Local: asks nobody, never fails."""

    @abstractmethod
    def verify_checkout(self, proof: CheckoutProof) -> None:
        """Raise InvalidCheckoutSignature unless the gateway signed this proof for us.

        Local and in constant time. A valid proof says that the payment was authorised or
        captured for that order, not which of the two: `fetch_payment` does.
        """

    @abstractmethod
    async def fetch_payment(self, provider_payment_id: str) -> GatewayPayment:
        """A payment as it is now.

        Raises GatewayUnavailable, and GatewayRejected when there is no such payment.
        """

    @abstractmethod
    async def payments_of(self, provider_order_id: str) -> Sequence[GatewayPayment]:
        """Every attempt to pay an order, newest first. Raises GatewayUnavailable, GatewayRejected."""

    @abstractmethod
    async def capture(self, provider_payment_id: str, amount: Money) -> GatewayPayment:
        """Take all of an authorised payment; one that was captured before is told as it is.

        Raises GatewayUnavailable, and GatewayRejected when there is nothing (left) to take.
        """

    @abstractmethod
    async def refund(self, provider_payment_id: str, amount: Money, *, reference: str) -> GatewayRefund:
        """Give back a part of a captured payment, once for each `reference` (10 to 40 of [A-Za-z0-9_-]).

        Asked again with the same reference and amount, it tells of the same refund. Raises
        GatewayUnavailable, and GatewayRejected when more is asked than is left.
        """

    @abstractmethod
    async def fetch_refund(self, provider_refund_id: str) -> GatewayRefund:
        """A refund as it is now. Raises GatewayUnavailable, GatewayRejected."""
