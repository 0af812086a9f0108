"""A payment gateway that lives in this process, for features, tests and demonstrations."""

from __future__ import annotations

import hmac
import secrets
from typing import Final, Literal

from domain.money import Money
from ports.payment_gateway import (
    CheckoutParameters,
    CheckoutProof,
    GatewayOrder,
    GatewayPayment,
    GatewayPaymentStatus,
    GatewayRejected,
    GatewayUnavailable,
    InvalidCheckoutSignature,
    PaymentGateway,
)

_LEAST: Final = Money(100)
_LONGEST_RECEIPT: Final = 40


class MemoryPaymentGateway(PaymentGateway):
    """PaymentGateway with the rules of a real one and a customer who pays on demand.

    While `unavailable` is True, whatever would need the network raises GatewayUnavailable.
    """

    provider = "memory"

    def __init__(self) -> None:
        self.unavailable = False
        self._secret = secrets.token_bytes(32)
        self._orders: dict[str, GatewayOrder] = {}
        self._payments: dict[str, GatewayPayment] = {}
        self._paid: set[str] = set()

    async def create_order(self, *, amount: Money, receipt: str) -> GatewayOrder:
        """See PaymentGateway."""
        self._reach()
        if amount < _LEAST:
            raise GatewayRejected(self.provider, "the amount must be at least ₹1.00")
        if len(receipt) > _LONGEST_RECEIPT:
            raise GatewayRejected(self.provider, f"the receipt has more than {_LONGEST_RECEIPT} characters")
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
        try:
            return self._payments[provider_payment_id]
        except KeyError:
            raise GatewayRejected(self.provider, "no such payment") from None

    def pay(self, provider_order_id: str, outcome: Literal["success", "failure"] = "success") -> CheckoutProof:
        """Play the customer: make a CAPTURED payment of the order, or a FAILED one.

        The proof of a failed payment has an empty signature, because a gateway signs none.
        Raises GatewayRejected for an order that is unknown or already paid.
        """
        order = self._orders.get(provider_order_id)
        if order is None:
            raise GatewayRejected(self.provider, "no such order")
        if provider_order_id in self._paid:
            raise GatewayRejected(self.provider, "the order is already paid")
        payment_id = _new_id("pay")
        if outcome == "failure":
            status, reason, signature = GatewayPaymentStatus.FAILED, "payment_failed", ""
        else:
            status, reason, signature = (
                GatewayPaymentStatus.CAPTURED,
                None,
                self._signature(provider_order_id, payment_id),
            )
            self._paid.add(provider_order_id)
        self._payments[payment_id] = GatewayPayment(payment_id, provider_order_id, order.amount, status, reason)
        return CheckoutProof(provider_order_id, payment_id, signature)

    def _signature(self, order_id: str, payment_id: str) -> str:
        signed = f"{order_id}|{payment_id}".encode(errors="surrogatepass")
        return hmac.new(self._secret, signed, "sha256").hexdigest()

    def _reach(self) -> None:
        if self.unavailable:
            raise GatewayUnavailable("switched off")


def _new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(7)}"
