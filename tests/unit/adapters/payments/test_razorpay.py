"""The Razorpay adapter asks as documented, repeats only what is safe to repeat, and checks signatures."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable

import httpx
import pytest

from adapters.payments.razorpay import RazorpayAccount
from ports.payment_gateway import (
    CheckoutProof,
    GatewayOrder,
    GatewayPayment,
    GatewayPaymentStatus,
    GatewayRejected,
    GatewayUnavailable,
    InvalidCheckoutSignature,
)
from tests.harness.scripted_wire import Scripted, Wire, answering
from tests.unit.adapters.payments.razorpay_wire import (
    ACCOUNT,
    AMOUNT,
    ORDER,
    PAYMENT,
    PAYMENT_ID,
    RECEIPT,
    REFUSAL,
    at,
    create,
    fetch,
)

pytestmark = pytest.mark.anyio


async def test_asks_for_an_order_as_documented() -> None:
    """POST /orders with Basic authentication, paise, and nothing that wasn't asked for."""
    wire = answering(200, ORDER)

    order = await create(wire)

    assert order == GatewayOrder("order_QaZ1wsX2edC3rf", AMOUNT, RECEIPT)
    (request,) = wire.requests
    assert (request.method, str(request.url)) == ("POST", "https://api.razorpay.com/v1/orders")
    assert json.loads(request.content) == {"amount": 649900, "currency": "INR", "receipt": "SC-1001"}
    credentials = base64.b64encode(f"{ACCOUNT.key_id}:{ACCOUNT.key_secret}".encode()).decode()
    assert request.headers["authorization"] == f"Basic {credentials}"
    assert request.headers["content-type"] == "application/json"
    assert request.extensions["timeout"] == {"connect": 2.0, "read": 10.0, "write": 10.0, "pool": 10.0}


async def test_asks_for_a_payment_as_documented() -> None:
    """GET /payments/:id."""
    wire = answering(200, PAYMENT)

    payment = await fetch(wire)

    assert payment == GatewayPayment(PAYMENT_ID, "order_QaZ1wsX2edC3rf", AMOUNT, GatewayPaymentStatus.CAPTURED, None)
    assert str(wire.requests[0].url) == f"https://api.razorpay.com/v1/payments/{PAYMENT_ID}"


@pytest.mark.parametrize("status", GatewayPaymentStatus)
async def test_every_documented_status_is_known(status: GatewayPaymentStatus) -> None:
    """In lower case on the wire."""
    payment = await fetch(answering(200, PAYMENT | {"status": status.lower()}))

    assert payment.status is status


async def test_a_payment_without_an_order_is_a_payment() -> None:
    """It is nobody's, which the caller finds by comparing."""
    assert (await fetch(answering(200, PAYMENT | {"order_id": None}))).provider_order_id is None


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ReadTimeout("read"),
        httpx.WriteTimeout("write"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("cut"),
        httpx.ConnectTimeout("connect"),
        httpx.PoolTimeout("pool"),
    ],
)
async def test_an_order_that_may_have_arrived_is_not_sent_again(failure: Exception) -> None:
    """Razorpay has no idempotency for orders."""
    wire = Scripted(failure, httpx.Response(200, json=ORDER))

    with pytest.raises(GatewayUnavailable):
        await create(wire)

    assert len(wire.requests) == 1


async def test_an_order_that_failed_there_is_not_sent_again() -> None:
    """It may have been made before the failure."""
    wire = Scripted(httpx.Response(502), httpx.Response(200, json=ORDER))

    with pytest.raises(GatewayUnavailable):
        await create(wire)

    assert len(wire.requests) == 1


async def test_an_order_that_never_left_is_sent_once_more() -> None:
    """No connection, no order."""
    wire = Scripted(httpx.ConnectError("refused"), httpx.Response(200, json=ORDER))

    assert (await create(wire)).provider_order_id == ORDER["id"]
    assert len(wire.requests) == 2


@pytest.mark.parametrize(
    "failure", [httpx.ConnectError("refused"), httpx.ReadTimeout("read"), httpx.Response(503), httpx.Response(500)]
)
async def test_a_payment_is_asked_for_twice(failure: httpx.Response | Exception) -> None:
    """Reading does no harm."""
    wire = Scripted(failure, httpx.Response(200, json=PAYMENT))

    assert (await fetch(wire)).provider_payment_id == PAYMENT_ID
    assert len(wire.requests) == 2


@pytest.mark.parametrize("ask", [create, fetch])
async def test_nothing_is_sent_a_third_time(ask: Callable[[Wire], Awaitable[object]]) -> None:
    """A gateway that is down is left alone."""
    wire = Scripted(httpx.ConnectError("refused"))

    with pytest.raises(GatewayUnavailable, match="ConnectError"):
        await ask(wire)

    assert len(wire.requests) == 2


async def test_too_many_requests_are_not_answered_with_another() -> None:
    """Whoever asks is told to wait."""
    wire = answering(429, REFUSAL)

    with pytest.raises(GatewayUnavailable):
        await fetch(wire)

    assert len(wire.requests) == 1


@pytest.mark.parametrize("payment_id", ["", "pay_", "order_QaZ1wsX2edC3rf", "pay_x/refunds", "pay_x\n", "pay_é"])
async def test_what_is_no_payment_id_never_reaches_the_wire(payment_id: str) -> None:
    """It would be a path to somewhere else."""
    wire = answering(200, PAYMENT)

    with pytest.raises(GatewayRejected):
        await at(wire).fetch_payment(payment_id)

    assert wire.requests == []


def test_the_signature_is_the_documented_one() -> None:
    """hex(HMAC_SHA256(key_secret, order_id + "|" + payment_id)), computed with openssl."""
    gateway = at(answering(500))
    signature = "3a10f39018286b46da65f0e79ae3b7170bd6cdbc30d55a0c3cccf4797dbf097e"

    gateway.verify_checkout(CheckoutProof("order_QaZ1wsX2edC3rf", PAYMENT_ID, signature))

    with pytest.raises(InvalidCheckoutSignature):
        gateway.verify_checkout(CheckoutProof("order_QaZ1wsX2edC3rf", PAYMENT_ID, signature.upper()))


def test_the_sandbox_is_named_only_when_there_is_one() -> None:
    """A slash at the end of a setting does no harm."""
    sandbox = RazorpayAccount("rzp_test_1", "secret", "http://127.0.0.1:1/v1/", "http://127.0.0.1:1/v1/")

    real = at(answering(500)).checkout(provider_order_id="order_1", amount=AMOUNT)
    local = at(answering(500), sandbox).checkout(provider_order_id="order_1", amount=AMOUNT)

    assert (real.key, real.sandbox_pay_url) == (ACCOUNT.key_id, None)
    assert local.sandbox_pay_url == "http://127.0.0.1:1/v1/_control/orders/order_1/pay"


def test_the_secret_is_not_shown() -> None:
    """Accounts are values, and values get into logs."""
    assert ACCOUNT.key_secret not in repr(ACCOUNT)
