"""Every source of payment notices lets in what is authentic and fresh, and nothing else."""

from __future__ import annotations

import hmac
import json
from abc import abstractmethod
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

import pytest

from adapters.memory.payment_notices import MemoryPaymentNotices
from adapters.payments.razorpay_notices import RazorpayNotices
from domain.money import Money
from ports.payment_gateway import GatewayPayment, GatewayPaymentStatus, GatewayRefund, GatewayRefundStatus
from ports.payment_notices import PaymentNotice, PaymentNotices, RefundNotice
from ports.webhooks import WebhookCall, WebhookRejected, WebhookUnreadable

NOW: Final = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
PAYMENT: Final = GatewayPayment(
    "pay_Pl0kmN9ijB8uhv", "order_QaZ1wsX2edC3rf", Money(649_900), GatewayPaymentStatus.CAPTURED, None
)
REFUND: Final = GatewayRefund(
    "rfnd_Kq2Wm8Zt5Lp0Xc", "pay_Pl0kmN9ijB8uhv", Money(649_900), GatewayRefundStatus.PROCESSED, "refund-0000000001"
)


class Sender(Protocol):
    """The third party's end."""

    @abstractmethod
    def call(self, told: GatewayPayment | GatewayRefund | None, *, event_id: str, at: datetime) -> WebhookCall:
        """The message that tells of it; of None, one of a kind that doesn't concern us."""

    @abstractmethod
    def signed(self, body: bytes, *, event_id: str, at: datetime) -> WebhookCall:
        """Any body, signed."""


@dataclass(frozen=True, slots=True)
class NoticesCase:
    """A source of notices to check, and who sends them."""

    notices: PaymentNotices
    sender: Sender
    provider: str


class _Razorpay(Sender):
    def call(self, told: GatewayPayment | GatewayRefund | None, *, event_id: str, at: datetime) -> WebhookCall:
        event, payload = "settlement.processed", {}
        if isinstance(told, GatewayPayment):
            event, payload = f"payment.{told.status.lower()}", {"payment": {"entity": _payment_entity(told)}}
        elif isinstance(told, GatewayRefund):
            event, payload = f"refund.{told.status.lower()}", {"refund": {"entity": _refund_entity(told)}}
        body = {"entity": "event", "event": event, "payload": payload, "created_at": int(at.timestamp())}
        return self.signed(json.dumps(body).encode(), event_id=event_id, at=at)

    def signed(self, body: bytes, *, event_id: str, at: datetime) -> WebhookCall:
        signature = hmac.new(b"webhook-secret", body, "sha256").hexdigest()
        return WebhookCall({"x-razorpay-signature": signature, "x-razorpay-event-id": event_id}, body, at)


def _payment_entity(payment: GatewayPayment) -> dict[str, object]:
    return {
        "id": payment.provider_payment_id,
        "order_id": payment.provider_order_id,
        "amount": payment.amount.minor,
        "currency": "INR",
        "status": payment.status.lower(),
        "error_reason": payment.error_reason,
        "created_at": 1_777_872_100,
    }


def _refund_entity(refund: GatewayRefund) -> dict[str, object]:
    return {
        "id": refund.provider_refund_id,
        "payment_id": refund.provider_payment_id,
        "amount": refund.amount.minor,
        "currency": "INR",
        "status": refund.status.lower(),
        "receipt": refund.reference,
    }


class _Memory(Sender):
    def __init__(self, notices: MemoryPaymentNotices) -> None:
        self._notices = notices

    def call(self, told: GatewayPayment | GatewayRefund | None, *, event_id: str, at: datetime) -> WebhookCall:
        return self._notices.call(told, event_id=event_id, at=at)

    def signed(self, body: bytes, *, event_id: str, at: datetime) -> WebhookCall:
        return self._notices.signed(body, event_id=event_id, at=at)


@pytest.fixture(params=["memory", "razorpay"])
def case(request: pytest.FixtureRequest) -> NoticesCase:
    if request.param == "memory":
        notices = MemoryPaymentNotices()
        return NoticesCase(notices, _Memory(notices), "memory")
    return NoticesCase(RazorpayNotices("webhook-secret"), _Razorpay(), "razorpay")


def rejection(case: NoticesCase, call: WebhookCall) -> str:
    """Why a message that must be rejected is."""
    with pytest.raises(WebhookRejected) as rejected:
        case.notices.authenticate(call)
    return rejected.value.reason


def test_names_its_provider(case: NoticesCase) -> None:
    """Messages are kept under the provider's name, so it never changes."""
    assert case.notices.provider == case.provider


def test_repetitions_have_the_same_id(case: NoticesCase) -> None:
    """Whenever they come; another message has another."""
    first = case.sender.call(PAYMENT, event_id="evt-1", at=NOW)
    other = case.sender.call(PAYMENT, event_id="evt-2", at=NOW)

    ids = [case.notices.authenticate(each) for each in (first, replace(first, at=NOW + timedelta(hours=24)), other)]

    assert ids == ["evt-1", "evt-1", "evt-2"]


@pytest.mark.parametrize(
    "status", [GatewayPaymentStatus.AUTHORIZED, GatewayPaymentStatus.CAPTURED, GatewayPaymentStatus.FAILED]
)
@pytest.mark.parametrize("order_id", ["order_QaZ1wsX2edC3rf", None])
def test_tells_of_a_payment(case: NoticesCase, status: GatewayPaymentStatus, order_id: str | None) -> None:
    """As it was then, even one that belongs to no order."""
    reason = "payment_cancelled" if status is GatewayPaymentStatus.FAILED else None
    payment = replace(PAYMENT, status=status, provider_order_id=order_id, error_reason=reason)

    call = case.sender.call(payment, event_id="evt-1", at=NOW)

    assert case.notices.read(call.body) == PaymentNotice(payment)


@pytest.mark.parametrize("status", [GatewayRefundStatus.PROCESSED, GatewayRefundStatus.FAILED])
@pytest.mark.parametrize("reference", ["refund-0000000001", None])
def test_tells_of_a_refund(case: NoticesCase, status: GatewayRefundStatus, reference: str | None) -> None:
    """Even one that somebody made without us."""
    refund = replace(REFUND, status=status, reference=reference)

    call = case.sender.call(refund, event_id="evt-1", at=NOW)

    assert case.notices.read(call.body) == RefundNotice(refund)


def test_what_does_not_concern_us_is_authentic_and_tells_nothing(case: NoticesCase) -> None:
    """A gateway sends more than we asked for."""
    call = case.sender.call(None, event_id="evt-1", at=NOW)

    assert case.notices.authenticate(call) == "evt-1"
    assert case.notices.read(call.body) is None


def test_a_changed_body_is_rejected(case: NoticesCase) -> None:
    """Not a byte may be another."""
    call = case.sender.call(PAYMENT, event_id="evt-1", at=NOW)

    for changed in (call.body.replace(b"649900", b"649901"), call.body + b" ", call.body[:-1], b""):
        assert rejection(case, replace(call, body=changed)) == "bad-signature"


@pytest.mark.parametrize("signature", ["", "0" * 64, "é" * 64, "\ud800", "x" * 100_000])
def test_any_other_signature_is_rejected(case: NoticesCase, signature: str) -> None:
    """Whatever it is made of."""
    call = case.sender.call(PAYMENT, event_id="evt-1", at=NOW)
    headers = {name: signature if "signature" in name else value for name, value in call.headers.items()}

    assert rejection(case, replace(call, headers=headers)) == "bad-signature"


def test_an_unsigned_message_is_rejected(case: NoticesCase) -> None:
    """With a word of its own, because it is a misconfiguration more often than an attack."""
    call = case.sender.call(PAYMENT, event_id="evt-1", at=NOW)

    assert rejection(case, replace(call, headers={})) == "missing-signature"


def test_a_message_of_days_ago_is_stale(case: NoticesCase) -> None:
    """No sender repeats for so long: somebody has kept it."""
    call = case.sender.call(PAYMENT, event_id="evt-1", at=NOW)

    assert case.notices.authenticate(replace(call, at=NOW + timedelta(days=3))) == "evt-1"
    assert rejection(case, replace(call, at=NOW + timedelta(days=3, seconds=1))) == "stale"


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b"7", b"\xff", b"[" * 100_000, b'{"payload": 7}'])
def test_what_is_signed_but_makes_no_sense_is_unreadable(case: NoticesCase, body: bytes) -> None:
    """It is let in, because it is from them, and then a person has to look."""
    call = case.sender.signed(body, event_id="evt-1", at=NOW)

    assert case.notices.authenticate(call) == "evt-1"
    with pytest.raises(WebhookUnreadable) as unreadable:
        case.notices.read(call.body)
    assert unreadable.value.provider == case.provider
