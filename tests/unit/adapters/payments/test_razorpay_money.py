"""The Razorpay adapter captures and gives back as documented, and never twice."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

import httpx
import pytest

from domain.money import Money
from ports.payment_gateway import (
    GatewayPayment,
    GatewayPaymentStatus,
    GatewayRefund,
    GatewayRefundStatus,
    GatewayRejected,
    GatewayUnavailable,
)
from tests.harness.scripted_wire import Scripted, Wire, answering
from tests.unit.adapters.payments.razorpay_wire import (
    AMOUNT,
    ORDER_ID,
    PAYMENT,
    PAYMENT_ID,
    REFERENCE,
    REFUND,
    REFUND_ID,
    at,
    attempts,
    capture,
    fetch_refund,
    refund,
)

pytestmark = pytest.mark.anyio

API = "https://api.razorpay.com/v1"


def refusal(description: str, status: int = 400) -> httpx.Response:
    """A refusal in Razorpay's shape."""
    return httpx.Response(status, json={"error": {"code": "BAD_REQUEST_ERROR", "description": description}})


async def test_asks_for_the_payments_of_an_order_as_documented() -> None:
    """GET /orders/:id/payments; newest first, whatever order they come in."""
    older = PAYMENT | {"id": "pay_Older", "status": "failed", "error_reason": "payment_failed", "created_at": 1}
    wire = answering(200, {"entity": "collection", "count": 2, "items": [older, PAYMENT]})

    payments = await attempts(wire)

    assert payments == [
        GatewayPayment(PAYMENT_ID, ORDER_ID, AMOUNT, GatewayPaymentStatus.CAPTURED, None),
        GatewayPayment("pay_Older", ORDER_ID, AMOUNT, GatewayPaymentStatus.FAILED, "payment_failed"),
    ]
    assert str(wire.requests[0].url) == f"{API}/orders/{ORDER_ID}/payments"


async def test_captures_as_documented() -> None:
    """POST /payments/:id/capture with the amount and the currency."""
    wire = answering(200, PAYMENT)

    payment = await capture(wire)

    assert payment.status is GatewayPaymentStatus.CAPTURED
    (request,) = wire.requests
    assert (request.method, str(request.url)) == ("POST", f"{API}/payments/{PAYMENT_ID}/capture")
    assert json.loads(request.content) == {"amount": 649900, "currency": "INR"}


@pytest.mark.parametrize("status", ["captured", "refunded"])
async def test_what_was_captured_before_is_told_as_it_is(status: str) -> None:
    """By whatever words the second capture was refused."""
    refused = refusal("This payment has already been captured")
    wire = Scripted(refused, httpx.Response(200, json=PAYMENT | {"status": status}))

    payment = await capture(wire)

    assert payment.status == status.upper()
    assert str(wire.requests[1].url) == f"{API}/payments/{PAYMENT_ID}"


@pytest.mark.parametrize("status", ["created", "authorized", "failed"])
async def test_what_was_not_captured_stays_refused(status: str) -> None:
    """With the words of the refusal."""
    refused = refusal("Capture amount must be equal to the amount authorized.")
    wire = Scripted(refused, httpx.Response(200, json=PAYMENT | {"status": status}))

    with pytest.raises(GatewayRejected) as rejected:
        await capture(wire)

    assert rejected.value.description == "Capture amount must be equal to the amount authorized."


async def test_a_capture_without_an_answer_is_asked_again() -> None:
    """If the first was done, the second is refused, and then the payment tells."""
    already = refusal("This payment has already been captured")
    wire = Scripted(httpx.ReadTimeout("read"), already, httpx.Response(200, json=PAYMENT))

    assert (await capture(wire)).status is GatewayPaymentStatus.CAPTURED


async def test_asks_for_a_refund_as_documented() -> None:
    """POST /payments/:id/refund with our reference as the key and as the receipt."""
    wire = answering(200, REFUND)

    given = await refund(wire)

    assert given == GatewayRefund(REFUND_ID, PAYMENT_ID, AMOUNT, GatewayRefundStatus.PROCESSED, REFERENCE)
    (request,) = wire.requests
    assert (request.method, str(request.url)) == ("POST", f"{API}/payments/{PAYMENT_ID}/refund")
    assert json.loads(request.content) == {"amount": 649900, "receipt": REFERENCE, "speed": "normal"}
    assert request.headers["x-refund-idempotency"] == REFERENCE


@pytest.mark.parametrize(
    "failure", [httpx.ReadTimeout("read"), httpx.RemoteProtocolError("cut"), httpx.Response(502), httpx.Response(500)]
)
async def test_a_refund_without_an_answer_is_asked_for_again(failure: httpx.Response | Exception) -> None:
    """Once, with the same key: it is the same refund."""
    wire = Scripted(failure, httpx.Response(200, json=REFUND))

    assert (await refund(wire)).provider_refund_id == REFUND_ID
    first, second = wire.requests
    assert first.headers["x-refund-idempotency"] == second.headers["x-refund-idempotency"]
    assert first.content == second.content


@pytest.mark.parametrize("ask", [attempts, capture, refund, fetch_refund])
async def test_nothing_is_sent_a_third_time(ask: Callable[[Wire], Awaitable[object]]) -> None:
    """A gateway that is down is left alone."""
    wire = Scripted(httpx.Response(503))

    with pytest.raises(GatewayUnavailable):
        await ask(wire)

    assert len(wire.requests) == 2


async def test_another_request_with_the_same_key_is_refused() -> None:
    """409 in these words will be 409 for ever."""
    wire = Scripted(refusal("Different request with the same idempotency key has already been processed.", 409))

    with pytest.raises(GatewayRejected):
        await refund(wire)


async def test_a_refund_that_is_under_way_is_no_refusal() -> None:
    """409 in other words: another process asks for the same at this moment."""
    wire = Scripted(refusal("Request with the same idempotency key is in progress.", 409))

    with pytest.raises(GatewayUnavailable):
        await refund(wire)


async def test_an_account_without_money_is_no_refusal() -> None:
    """The same request will do when there is some again."""
    told = "Your account does not have enough balance to carry out the refund operation."

    with pytest.raises(GatewayUnavailable) as failure:
        await refund(Scripted(refusal(told)))

    assert failure.value.retry_after == 60


async def test_asks_for_a_refund_by_its_id() -> None:
    """GET /refunds/:id; one that somebody made at the dashboard has no reference of ours."""
    wire = answering(200, REFUND | {"receipt": None, "status": "pending"})

    seen = await fetch_refund(wire)

    assert seen == GatewayRefund(REFUND_ID, PAYMENT_ID, AMOUNT, GatewayRefundStatus.PENDING, None)
    assert str(wire.requests[0].url) == f"{API}/refunds/{REFUND_ID}"


@pytest.mark.parametrize("wrong", ["", "x" * 41, "short", "a b c d e f", "../../orders", "line\r\nbreak-1", "é" * 10])
async def test_what_is_no_id_never_reaches_the_wire(wrong: str) -> None:
    """It would be a path to somewhere else, or a header of its own."""
    wire = answering(200, REFUND)

    for asked in (
        at(wire).payments_of(wrong),
        at(wire).capture(wrong, AMOUNT),
        at(wire).refund(wrong, AMOUNT, reference=REFERENCE),
        at(wire).refund(PAYMENT_ID, Money(100), reference=wrong),
        at(wire).fetch_refund(wrong),
    ):
        with pytest.raises(GatewayRejected):
            await asked

    assert wire.requests == []
