"""A payment gateway that lives in this process, for features, tests and demonstrations."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import replace
from typing import Final, Literal

from domain.money import NOTHING, Money
from ports.payment_gateway import (
    CheckoutParameters,
    CheckoutProof,
    GatewayOrder,
    GatewayPayment,
    GatewayPaymentStatus,
    GatewayRefund,
    GatewayRefundStatus,
    GatewayRejected,
    GatewayUnavailable,
    InvalidCheckoutSignature,
    PaymentGateway,
)

_LEAST: Final = Money(100)
_LONGEST_RECEIPT: Final = 40
_REFERENCE: Final = re.compile(r"[A-Za-z0-9_-]{10,40}")
_TAKEN: Final = frozenset({GatewayPaymentStatus.CAPTURED, GatewayPaymentStatus.REFUNDED})


class MemoryPaymentGateway(PaymentGateway):
    """PaymentGateway with the rules of a real one, a customer who pays on demand and a bank that does as it is told.

    While `unavailable` is True, whatever would need the network raises GatewayUnavailable.
    `new_refunds` is the status that refunds begin with.
    """

    provider = "memory"

    def __init__(self) -> None:
        self.unavailable = False
        self.new_refunds: Literal[GatewayRefundStatus.PENDING, GatewayRefundStatus.PROCESSED] = (
            GatewayRefundStatus.PROCESSED
        )
        self._secret = secrets.token_bytes(32)
        self._orders: dict[str, GatewayOrder] = {}
        self._payments: dict[str, GatewayPayment] = {}
        self._paid: set[str | None] = set()
        self._refunds: dict[str, GatewayRefund] = {}

    async def create_order(self, *, amount: Money, receipt: str) -> GatewayOrder:
        """See PaymentGateway."""
        self._reach()
        if amount < _LEAST:
            raise self._no("the amount must be at least ₹1.00")
        if len(receipt) > _LONGEST_RECEIPT:
            raise self._no(f"the receipt has more than {_LONGEST_RECEIPT} characters")
        order = GatewayOrder(_new_id("order"), amount, receipt)
        self._orders[order.provider_order_id] = order
        return order

    def checkout(self, *, provider_order_id: str, amount: Money) -> CheckoutParameters:
        """See PaymentGateway."""
        return CheckoutParameters(self.provider, provider_order_id, amount, sandbox_pay_url=None)

    def verify_checkout(self, proof: CheckoutProof) -> None:
        """See PaymentGateway."""
        expected = self._signature(proof.provider_order_id, proof.provider_payment_id)
        if not hmac.compare_digest(expected.encode(), proof.signature.encode(errors="surrogatepass")):
            raise InvalidCheckoutSignature(proof.provider_order_id)

    async def fetch_payment(self, provider_payment_id: str) -> GatewayPayment:
        """See PaymentGateway."""
        self._reach()
        return self._payment(provider_payment_id)

    async def payments_of(self, provider_order_id: str) -> list[GatewayPayment]:
        """See PaymentGateway."""
        self._reach()
        self._order(provider_order_id)
        attempts = [each for each in self._payments.values() if each.provider_order_id == provider_order_id]
        return attempts[::-1]

    async def capture(self, provider_payment_id: str, amount: Money) -> GatewayPayment:
        """See PaymentGateway."""
        self._reach()
        payment = self._payment(provider_payment_id)
        if payment.status in _TAKEN:
            return payment
        if payment.status is not GatewayPaymentStatus.AUTHORIZED:
            raise self._no("the payment is not authorised")
        if payment.amount != amount:
            raise self._no("the amount is not the one that was authorised")
        if payment.provider_order_id in self._paid:
            raise self._no("the order is already paid")
        return self._keep(replace(payment, status=GatewayPaymentStatus.CAPTURED))

    async def refund(self, provider_payment_id: str, amount: Money, *, reference: str) -> GatewayRefund:
        """See PaymentGateway."""
        self._reach()
        payment = self._payment(provider_payment_id)
        if _REFERENCE.fullmatch(reference) is None:
            raise self._no("not a reference")
        for earlier in self._refunds.values():
            if earlier.reference == reference:
                if (earlier.provider_payment_id, earlier.amount) != (provider_payment_id, amount):
                    raise self._no("the reference is another refund's")
                return earlier
        if not _LEAST <= amount <= self._refundable(payment):
            raise self._no("there is not so much to give back")
        refund = GatewayRefund(_new_id("rfnd"), provider_payment_id, amount, self.new_refunds, reference)
        return self._settle(refund)

    async def fetch_refund(self, provider_refund_id: str) -> GatewayRefund:
        """See PaymentGateway."""
        self._reach()
        return self._refund(provider_refund_id)

    # the customer and the bank

    def pay(
        self, provider_order_id: str, outcome: Literal["success", "authorized", "failure"] = "success"
    ) -> CheckoutProof:
        """Play the customer: make a CAPTURED payment of the order, an AUTHORIZED or a FAILED one.

        The proof of a failed payment has an empty signature, because a gateway signs none.
        Raises GatewayRejected for an order that is unknown or already paid.
        """
        order = self._order(provider_order_id)
        if provider_order_id in self._paid:
            raise self._no("the order is already paid")
        payment_id = _new_id("pay")
        status, reason = _OUTCOMES[outcome]
        self._keep(GatewayPayment(payment_id, provider_order_id, order.amount, status, reason))
        signature = "" if outcome == "failure" else self._signature(provider_order_id, payment_id)
        return CheckoutProof(provider_order_id, payment_id, signature)

    def authorize_late(self, provider_payment_id: str) -> GatewayPayment:
        """Play the bank: a FAILED payment is AUTHORIZED after all. Raises GatewayRejected."""
        payment = self._payment(provider_payment_id)
        if payment.status is not GatewayPaymentStatus.FAILED:
            raise self._no("the payment has not failed")
        return self._keep(replace(payment, status=GatewayPaymentStatus.AUTHORIZED, error_reason=None))

    def settle_refund(self, provider_refund_id: str) -> GatewayRefund:
        """Play the bank: a PENDING refund has arrived. Raises GatewayRejected."""
        return self._settle(replace(self._pending(provider_refund_id), status=GatewayRefundStatus.PROCESSED))

    def fail_refund(self, provider_refund_id: str) -> GatewayRefund:
        """Play the bank: a PENDING refund can't be paid out. Raises GatewayRejected."""
        return self._settle(replace(self._pending(provider_refund_id), status=GatewayRefundStatus.FAILED))

    # the books

    def _order(self, order_id: str) -> GatewayOrder:
        if order_id not in self._orders:
            raise self._no("no such order")
        return self._orders[order_id]

    def _payment(self, payment_id: str) -> GatewayPayment:
        if payment_id not in self._payments:
            raise self._no("no such payment")
        return self._payments[payment_id]

    def _refund(self, refund_id: str) -> GatewayRefund:
        if refund_id not in self._refunds:
            raise self._no("no such refund")
        return self._refunds[refund_id]

    def _pending(self, refund_id: str) -> GatewayRefund:
        refund = self._refund(refund_id)
        if refund.status is not GatewayRefundStatus.PENDING:
            raise self._no("the refund is not pending")
        return refund

    def _refundable(self, payment: GatewayPayment) -> Money:
        if payment.status not in _TAKEN:
            return NOTHING
        given = (
            each.amount
            for each in self._refunds.values()
            if each.provider_payment_id == payment.provider_payment_id and each.status is not GatewayRefundStatus.FAILED
        )
        return payment.amount - Money.total(given)

    def _keep(self, payment: GatewayPayment) -> GatewayPayment:
        self._payments[payment.provider_payment_id] = payment
        if payment.status in _TAKEN:
            self._paid.add(payment.provider_order_id)
        return payment

    def _settle(self, refund: GatewayRefund) -> GatewayRefund:
        self._refunds[refund.provider_refund_id] = refund
        payment = self._payments[refund.provider_payment_id]
        is_all = self._refundable(payment) == NOTHING
        self._keep(replace(payment, status=GatewayPaymentStatus.REFUNDED if is_all else GatewayPaymentStatus.CAPTURED))
        return refund

    def _signature(self, order_id: str, payment_id: str) -> str:
        signed = f"{order_id}|{payment_id}".encode(errors="surrogatepass")
        return hmac.new(self._secret, signed, "sha256").hexdigest()

    def _no(self, description: str) -> GatewayRejected:
        return GatewayRejected(self.provider, description)

    def _reach(self) -> None:
        if self.unavailable:
            raise GatewayUnavailable("switched off")


_OUTCOMES: Final = {
    "success": (GatewayPaymentStatus.CAPTURED, None),
    "authorized": (GatewayPaymentStatus.AUTHORIZED, None),
    "failure": (GatewayPaymentStatus.FAILED, "payment_failed"),
}


def _new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(7)}"
