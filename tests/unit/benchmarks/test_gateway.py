"""The messages of the measured gateway are such as the shop takes from the real one."""

from __future__ import annotations

from datetime import UTC, datetime

from adapters.payments.razorpay_notices import RazorpayNotices
from benchmarks.gateway import WEBHOOK, TellOfPayments
from benchmarks.shopping import BegunPayment
from domain.money import Money
from ports.payment_gateway import GatewayPayment, GatewayPaymentStatus
from ports.payment_notices import PaymentNotice
from ports.webhooks import WebhookCall

PAYMENTS = [BegunPayment(f"order_{number}", 499_900) for number in range(2)]


def calls(wanted: int) -> list[WebhookCall]:
    """What two who take turns send."""
    journey = TellOfPayments("shop", "secret", PAYMENTS, wanted)
    return [call_of(next(unit)[1]) for shopper in range(2) for unit in journey.units(shopper)]


def call_of(sent: bytes) -> WebhookCall:
    head, _, body = sent.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    assert first.split()[:2] == ["POST", WEBHOOK]
    headers = dict(line.split(": ", 1) for line in lines)
    return WebhookCall({name.lower(): value for name, value in headers.items()}, body, datetime.now(UTC))


def test_a_message_tells_of_a_captured_payment() -> None:
    notices = RazorpayNotices("secret")
    [call] = calls(1)
    assert notices.authenticate(call).startswith("evt_")
    assert notices.read(call.body) == PaymentNotice(
        GatewayPayment("pay_0", "order_0", Money(499_900, "INR"), GatewayPaymentStatus.CAPTURED, None)
    )


def test_payments_take_turns_and_every_message_is_one_of_its_own() -> None:
    sent = calls(5)
    assert [b'"order_0"' in call.body for call in sent] == [True, False, True, False, True]
    assert len({call.headers["x-razorpay-event-id"] for call in sent}) == 5
