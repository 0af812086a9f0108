"""Razorpay's webhooks are checked and read as documented, whatever they hold."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest

from adapters.payments.razorpay_notices import RazorpayNotices
from domain.money import Money
from ports.payment_gateway import GatewayPayment, GatewayPaymentStatus, GatewayRefund, GatewayRefundStatus
from ports.payment_notices import PaymentNotice, RefundNotice
from ports.webhooks import WebhookCall, WebhookRejected, WebhookUnreadable
from tests.unit.adapters.payments.razorpay_wire import PAYMENT, REFUND

EVENT = {
    "entity": "event",
    "account_id": "acc_Ab12Cd34Ef56Gh",
    "event": "payment.captured",
    "contains": ["payment"],
    "payload": {"payment": {"entity": PAYMENT}},
    "created_at": 1777872105,
}
REFUND_EVENT = EVENT | {"event": "refund.processed", "payload": {"refund": {"entity": REFUND}}}
BODY = json.dumps(EVENT).encode()
NOW = datetime.fromtimestamp(1_777_872_110, UTC)

AUTHENTIC = GatewayPayment(
    "pay_Pl0kmN9ijB8uhv", "order_QaZ1wsX2edC3rf", Money(649_900), GatewayPaymentStatus.CAPTURED, None
)


def call(body: bytes = BODY, *, key: str = "now", event_id: str | None = "e1") -> WebhookCall:
    """A message as it comes, signed with that secret."""
    headers = {"x-razorpay-signature": hmac.new(key.encode(), body, "sha256").hexdigest()}
    if event_id is not None:
        headers["x-razorpay-event-id"] = event_id
    return WebhookCall(headers, body, NOW)


def read(event: object) -> PaymentNotice | RefundNotice | None:
    """What a message with that body tells."""
    return RazorpayNotices("now").read(json.dumps(event).encode())


def test_the_signature_is_the_documented_one() -> None:
    """hex(HMAC_SHA256(webhook secret, raw body)), computed with openssl."""
    body = b'{"event":"payment.captured"}'
    signature = "3678582a4f7bc9b3f4999be27465fd8a960bf0393f938a47aa5a2b4f8ced5ef6"
    signed = WebhookCall({"x-razorpay-signature": signature, "x-razorpay-event-id": "EAdKPSKOBlcy5J"}, body, NOW)

    assert RazorpayNotices("the-webhook-secret").authenticate(signed) == "EAdKPSKOBlcy5J"


def test_the_secret_before_the_last_change_is_still_good() -> None:
    """For a day, repetitions of old events come with it; nothing comes with the one before."""
    notices = RazorpayNotices("now", previous_secret="before")

    for secret in ("now", "before"):
        assert notices.authenticate(call(key=secret)) == "e1"
    with pytest.raises(WebhookRejected, match="authenticated"):
        notices.authenticate(call(key="long ago"))


@pytest.mark.parametrize("previous", [None, ""])
def test_without_a_secret_nobody_is_let_in(previous: str | None) -> None:
    """Least of all who signs with nothing."""
    with pytest.raises(WebhookRejected):
        RazorpayNotices("", previous_secret=previous).authenticate(call(key=""))


@pytest.mark.parametrize("event_id", [None, "", "x" * 65, "a b", "é", "x\n"])
def test_without_a_usable_event_id_the_body_is_the_id(event_id: str | None) -> None:
    """Its repetitions have the same body."""
    given = RazorpayNotices("now").authenticate(call(event_id=event_id))

    assert given == f"sha256-{hashlib.sha256(BODY).hexdigest()}"


def test_how_old_is_stale_can_be_set() -> None:
    """Five seconds is older than four."""
    with pytest.raises(WebhookRejected) as rejected:
        RazorpayNotices("now", oldest=timedelta(seconds=4)).authenticate(call())

    assert rejected.value.reason == "stale"


@pytest.mark.parametrize("created_at", [None, "today", -1, 10**30, 1777872105.5, {}])
def test_a_message_that_does_not_tell_its_age_is_let_in(created_at: object) -> None:
    """It is signed; whether it can be read is another matter."""
    body = json.dumps(EVENT | {"created_at": created_at}).encode()

    assert RazorpayNotices("now").authenticate(call(body)) == "e1"


@pytest.mark.parametrize("kind", ["payment.authorized", "payment.captured", "payment.failed", "order.paid"])
def test_a_payment_is_read_from_each_kind(kind: str) -> None:
    """`order.paid` brings an order too, which says nothing new."""
    assert read(EVENT | {"event": kind}) == PaymentNotice(AUTHENTIC)


def test_the_entity_counts_not_the_name_of_the_event() -> None:
    """A late `payment.failed` may tell of a payment that was captured meanwhile."""
    captured = read(EVENT | {"event": "payment.failed"})

    assert captured == PaymentNotice(AUTHENTIC)


@pytest.mark.parametrize("kind", ["refund.created", "refund.processed", "refund.failed", "refund.speed_changed"])
def test_a_refund_is_read_from_each_kind(kind: str) -> None:
    """With our reference."""
    refund = GatewayRefund(
        "rfnd_Kq2Wm8Zt5Lp0Xc",
        "pay_Pl0kmN9ijB8uhv",
        Money(649_900),
        GatewayRefundStatus.PROCESSED,
        "refund-0000000001",
    )

    assert read(REFUND_EVENT | {"event": kind}) == RefundNotice(refund)


@pytest.mark.parametrize("kind", ["payment.downtime.started", "settlement.processed", "payment.dispute.created", ""])
@pytest.mark.parametrize("payload", [{}, None, 7, {"payment": 7}])
def test_other_kinds_do_not_concern_us(kind: str, payload: object) -> None:
    """Whatever they hold."""
    assert read(EVENT | {"event": kind, "payload": payload}) is None


@pytest.mark.parametrize("wrong", [{"event": None}, {"event": 7}, {"payload": None}, {"payload": {}}, {"payload": []}])
def test_a_message_without_its_entity_is_unreadable(wrong: dict[str, object]) -> None:
    """A person has to look."""
    with pytest.raises(WebhookUnreadable):
        read(EVENT | wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "../payments"},
        {"amount": "649900"},
        {"amount": -1},
        {"currency": "USD"},
        {"status": "settled"},
        {"order_id": 7},
    ],
)
def test_a_payment_that_makes_no_sense_is_unreadable(wrong: dict[str, object]) -> None:
    """And nothing of it gets into the message of the error."""
    with pytest.raises(WebhookUnreadable) as unreadable:
        read(EVENT | {"payload": {"payment": {"entity": PAYMENT | wrong | {"note": "hunter2"}}}})

    assert "settled" not in str(unreadable.value)
    assert unreadable.value.__suppress_context__


def test_a_payment_in_a_refunds_place_is_unreadable() -> None:
    """The kind says what must be there."""
    with pytest.raises(WebhookUnreadable):
        read(EVENT | {"event": "refund.processed"})


def test_the_secrets_are_not_shown() -> None:
    """Adapters get into logs."""
    notices = RazorpayNotices("hunter2", previous_secret="hunter1")

    assert "hunter" not in repr(notices)
