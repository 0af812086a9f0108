"""What Razorpay answers, read with suspicion: anything but the documented shape is no answer.

Only the fields that we use are declared, so whatever else an answer holds can't hurt:
`notes`, for one, is `[]` when empty and an object otherwise.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeVar

import httpx
import msgspec

from domain.money import Money
from ports.payment_gateway import (
    GatewayOrder,
    GatewayPayment,
    GatewayPaymentStatus,
    GatewayRefund,
    GatewayRefundStatus,
    GatewayRejected,
    GatewayUnavailable,
)

PROVIDER: Final = "razorpay"

_Paise = Annotated[int, msgspec.Meta(ge=0)]
# Documented as 14 alphanumerics; how many there are is Razorpay's business, that they are safe in a URL is ours.
OrderId = Annotated[str, msgspec.Meta(pattern=r"\Aorder_[A-Za-z0-9]{1,40}\Z")]
PaymentId = Annotated[str, msgspec.Meta(pattern=r"\Apay_[A-Za-z0-9]{1,40}\Z")]
RefundId = Annotated[str, msgspec.Meta(pattern=r"\Arfnd_[A-Za-z0-9]{1,40}\Z")]


class OrderAnswer(msgspec.Struct, frozen=True):
    """Of an order entity, what we use."""

    id: OrderId
    amount: _Paise
    currency: Literal["INR"]
    receipt: str | None

    def confirming(self, amount: Money, receipt: str) -> GatewayOrder:
        """The order, if it is the one that was asked for; GatewayUnavailable if not."""
        if (self.amount, self.currency, self.receipt) != (amount.minor, amount.currency, receipt):
            raise GatewayUnavailable("the answer is about another order")
        return GatewayOrder(self.id, amount, receipt)


class PaymentAnswer(msgspec.Struct, frozen=True):
    """Of a payment entity, what we use."""

    id: PaymentId
    order_id: OrderId | None
    amount: _Paise
    currency: Literal["INR"]
    status: Literal["created", "authorized", "captured", "refunded", "failed"]
    created_at: int
    error_reason: str | None = None

    def confirming(self, payment_id: str) -> GatewayPayment:
        """The payment, if it is the one that was asked for; GatewayUnavailable if not."""
        if self.id != payment_id:
            raise GatewayUnavailable("the answer is about another payment")
        return self.told()

    def told(self) -> GatewayPayment:
        """The payment in the words of the port."""
        reason = None if self.error_reason is None else _one_line(self.error_reason, 100)
        status = GatewayPaymentStatus(self.status.upper())
        return GatewayPayment(self.id, self.order_id, Money(self.amount, self.currency), status, reason)


class PaymentsAnswer(msgspec.Struct, frozen=True):
    """The collection of an order's payments."""

    items: list[PaymentAnswer]

    def confirming(self, order_id: str) -> list[GatewayPayment]:
        """The payments, newest first, if all are of the order that was asked for; GatewayUnavailable if not."""
        if any(each.order_id != order_id for each in self.items):
            raise GatewayUnavailable("the answer is about another order")
        return [each.told() for each in sorted(self.items, key=lambda each: each.created_at, reverse=True)]


class RefundAnswer(msgspec.Struct, frozen=True):
    """Of a refund entity, what we use. `receipt` is the reference that we gave it."""

    id: RefundId
    payment_id: PaymentId
    amount: _Paise
    currency: Literal["INR"]
    status: Literal["pending", "processed", "failed"]
    receipt: str | None = None

    def confirming(self, refund_id: str) -> GatewayRefund:
        """The refund, if it is the one that was asked about; GatewayUnavailable if not."""
        if self.id != refund_id:
            raise GatewayUnavailable("the answer is about another refund")
        return self.told()

    def granting(self, payment_id: str, amount: Money, reference: str) -> GatewayRefund:
        """The refund, if it is the one that was asked for; GatewayUnavailable if not."""
        if (self.payment_id, self.amount, self.receipt) != (payment_id, amount.minor, reference):
            raise GatewayUnavailable("the answer is about another refund")
        return self.told()

    def told(self) -> GatewayRefund:
        """The refund in the words of the port."""
        reference = None if self.receipt is None else _one_line(self.receipt, 40)
        status = GatewayRefundStatus(self.status.upper())
        return GatewayRefund(self.id, self.payment_id, Money(self.amount, self.currency), status, reference)


class _Refusal(msgspec.Struct, frozen=True):
    description: str


class _RefusalAnswer(msgspec.Struct, frozen=True):
    error: _Refusal


_Answer = TypeVar("_Answer", OrderAnswer, PaymentAnswer, PaymentsAnswer, RefundAnswer, _RefusalAnswer)


def read_answer(response: httpx.Response, body: bytes, kind: type[_Answer]) -> _Answer:
    """The entity that a response carries.

    A refusal that is Razorpay's own raises GatewayRejected. All else raises
    GatewayUnavailable: answers of proxies and firewalls, wrong keys of ours (which no
    customer can mend), too many requests, refusals that pass by themselves, entities that
    don't hold what they should.
    """
    if response.status_code == httpx.codes.OK:
        return _decode(body, kind)
    if response.status_code not in _OUR_REQUEST_IS_WRONG:
        raise failure_told_by(response)
    description = _one_line(_decode(body, _RefusalAnswer).error.description, 200)
    if _WITHOUT_MONEY in description:
        raise GatewayUnavailable("our account's balance is too low", retry_after=60)
    if response.status_code == httpx.codes.CONFLICT and not description.startswith(_OTHER_REQUEST):
        raise GatewayUnavailable("the same request is under way")
    raise GatewayRejected(PROVIDER, description)


def failure_told_by(response: httpx.Response) -> GatewayUnavailable:
    """What a status that means no answer comes to, with the wait that the response wishes for."""
    return GatewayUnavailable(f"HTTP {response.status_code}", retry_after=_retry_after(response))


_OUR_REQUEST_IS_WRONG: Final = frozenset({400, 404, 409, 422})
# Two refusals that only their words tell from the others.
_WITHOUT_MONEY: Final = "does not have enough balance"
_OTHER_REQUEST: Final = "Different request"


def _decode(body: bytes, kind: type[_Answer]) -> _Answer:
    try:
        return msgspec.json.decode(body, type=kind)
    except (ValueError, RecursionError):  # ValueError: msgspec's errors, and bytes that aren't UTF-8
        # `from None`: what the other side sent must not reach a log through the chain of causes.
        raise GatewayUnavailable("the answer does not have the documented shape") from None


def _one_line(text: str, longest: int) -> str:
    return "".join(char for char in text if char.isprintable())[:longest]


def _retry_after(response: httpx.Response) -> int:
    """Seconds to leave the gateway alone: its own wish within reason, else 1."""
    wish = response.headers.get("retry-after", "")
    return min(max(int(wish), 1), 60) if wish.isascii() and wish.isdigit() and len(wish) < 10 else 1
