"""Whatever comes back from the wire, the Razorpay adapter answers in the words of its port."""

from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
import httpx
import pytest

from ports.payment_gateway import GatewayRejected, GatewayUnavailable
from tests.harness.scripted_wire import Scripted, answering
from tests.unit.adapters.payments.razorpay_wire import (
    AMOUNT,
    ORDER,
    PAYMENT,
    RECEIPT,
    REFUND,
    REFUSAL,
    at,
    attempts,
    capture,
    create,
    fetch,
    fetch_refund,
    refund,
)

pytestmark = pytest.mark.anyio

ASKS = [create, fetch, attempts, capture, refund, fetch_refund]
LEAKY = "Traceback: password=hunter2"


@pytest.mark.parametrize("notes", [[], {}, {"order": "SC-1001"}, None, 7])
async def test_notes_may_have_any_shape(notes: object) -> None:
    """An empty one is a list, a full one an object; we use neither."""
    await create(answering(200, ORDER | {"notes": notes}))
    await fetch(answering(200, PAYMENT | {"notes": notes}))
    await refund(answering(200, REFUND | {"notes": notes}))


async def test_the_reason_of_a_failure_is_kept_short_and_printable() -> None:
    """It ends up in our books and logs."""
    failed = PAYMENT | {"status": "failed", "error_reason": "payment_\x1b[31mcancelled\n" + "x" * 500}

    reason = (await fetch(answering(200, failed))).error_reason

    assert reason is not None
    assert reason.startswith("payment_[31mcancelledxxx")
    assert len(reason) == 100


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 649901},
        {"amount": 6499},
        {"amount": "649900"},
        {"amount": 649900.0},
        {"amount": -649900},
        {"amount": None},
        {"amount": 10**30},
        {"currency": "USD"},
        {"currency": None},
        {"receipt": "SC-1002"},
        {"receipt": None},
        {"id": ""},
        {"id": 7},
        {"id": "../payments"},
        {"id": "order_QaZ1wsX2edC3rf\n"},
    ],
)
async def test_an_order_that_was_not_asked_for_is_no_answer(wrong: dict[str, object]) -> None:
    """No customer is sent to pay another amount, in another currency, for another order."""
    with pytest.raises(GatewayUnavailable):
        await create(answering(200, ORDER | wrong))


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "pay_AnotherPayment"},
        {"amount": "649900"},
        {"amount": -1},
        {"currency": "USD"},
        {"status": "settled"},
        {"status": None},
        {"order_id": 7},
        {"order_id": "pay_Pl0kmN9ijB8uhv"},
        {"error_reason": {"deep": "structure"}},
        {"created_at": "today"},
    ],
)
async def test_a_payment_that_makes_no_sense_is_no_answer(wrong: dict[str, object]) -> None:
    """Least of all one that would be booked with a wrong amount."""
    with pytest.raises(GatewayUnavailable):
        await fetch(answering(200, PAYMENT | wrong))


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": None},
        {"items": {}},
        {"items": [7]},
        {"items": [PAYMENT, PAYMENT | {"amount": "649900"}]},
        {"items": [PAYMENT, PAYMENT | {"order_id": "order_Another"}]},
        {"items": [PAYMENT | {"order_id": None}]},
        {"items": [PAYMENT | {"created_at": None}]},
    ],
)
async def test_a_list_with_one_wrong_payment_is_no_answer(wrong: dict[str, object]) -> None:
    """What is left out of it might be the one that was paid."""
    with pytest.raises(GatewayUnavailable):
        await attempts(answering(200, wrong))


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "rfnd_Another"},
        {"id": "../refunds"},
        {"payment_id": "order_QaZ1wsX2edC3rf"},
        {"amount": "649900"},
        {"amount": -1},
        {"currency": "USD"},
        {"status": "created"},
        {"receipt": 7},
    ],
)
async def test_a_refund_that_makes_no_sense_is_no_answer(wrong: dict[str, object]) -> None:
    """Money that went back is not guessed at."""
    with pytest.raises(GatewayUnavailable):
        await fetch_refund(answering(200, REFUND | wrong))


@pytest.mark.parametrize(
    "wrong", [{"amount": 649_899}, {"payment_id": "pay_Another"}, {"receipt": "refund-0000000002"}, {"receipt": None}]
)
async def test_a_refund_that_was_not_asked_for_is_no_answer(wrong: dict[str, object]) -> None:
    """Least of all another amount."""
    with pytest.raises(GatewayUnavailable):
        await refund(answering(200, REFUND | wrong))


GARBAGE = [
    b"",
    b"null",
    b"[]",
    b"{}",
    b"<html>" + LEAKY.encode() + b"</html>",
    b'{"error": "' + LEAKY.encode() + b'"}',
    b'{"error": {"description": ["' + LEAKY.encode() + b'"]}}',
    b'{"error": null, "detail": "' + LEAKY.encode() + b'"}',
    b"\xff\xfe" + LEAKY.encode(),
    b"[" * 100_000,
    b'{"a":' * 100_000,
]


@pytest.mark.parametrize("status", [200, 400, 404, 409, 422])
@pytest.mark.parametrize("body", GARBAGE)
async def test_garbage_is_no_answer_and_is_not_repeated_in_errors(status: int, body: bytes) -> None:
    """A proxy's page is neither an order nor a refusal, and doesn't get into our logs."""
    for ask in ASKS:
        with pytest.raises(GatewayUnavailable) as failure:
            await ask(answering(status, raw=body))

        assert LEAKY not in str(failure.value)
        assert failure.value.__suppress_context__


@pytest.mark.parametrize("status", [201, 204, 301, 302, 401, 403, 408, 418, 429, 500, 502, 503, 504])
async def test_a_status_that_is_not_about_our_request_is_no_answer(status: int) -> None:
    """Even with a well-formed body: wrong keys and redirections are ours to mend, not the customer's."""
    for ask in ASKS:
        with pytest.raises(GatewayUnavailable, match=f"HTTP {status}"):
            await ask(answering(status, REFUSAL, location="https://example.com/"))


@pytest.mark.parametrize("status", [400, 404, 422])
async def test_a_refusal_in_razorpays_words_is_a_refusal(status: int) -> None:
    """The words are for the log, the code for the customer."""
    with pytest.raises(GatewayRejected) as refusal:
        await create(answering(status, REFUSAL))

    assert refusal.value.code == "payment-not-allowed"
    assert refusal.value.description == "The amount must be at least INR 1.00"
    assert "INR" not in str(refusal.value)


async def test_an_overlong_refusal_is_cut() -> None:
    """And made one line."""
    with pytest.raises(GatewayRejected) as refusal:
        await create(answering(400, {"error": {"description": "no\r\n" + "x" * 10_000}}))

    assert refusal.value.description == "no" + "x" * 198


@pytest.mark.parametrize(
    ("wish", "seconds"), [("7", 7), ("0", 1), ("86400", 60), ("-3", 1), ("soon", 1), ("9" * 5_000, 1), ("٣", 1)]
)
@pytest.mark.parametrize("status", [429, 503])
async def test_the_wished_pause_is_kept_within_reason(status: int, wish: str, seconds: int) -> None:
    """A minute at most, and a second if it can't be read."""
    response = httpx.Response(status, headers=[(b"retry-after", wish.encode())])

    with pytest.raises(GatewayUnavailable) as failure:
        await create(Scripted(response))

    assert failure.value.retry_after == seconds


async def test_an_endless_answer_is_cut_off() -> None:
    """Memory is not filled by what the other side sends."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield b" " * 65_536

    with pytest.raises(GatewayUnavailable, match="too long"):
        await create(lambda request: httpx.Response(200, content=endless()))

    assert sent < 40


async def test_an_answer_that_trickles_is_given_up() -> None:
    """Each byte resets a read timeout, none resets the deadline."""

    async def stuck() -> AsyncIterator[bytes]:
        yield b"{"
        await anyio.sleep_forever()

    gateway = at(lambda request: httpx.Response(200, content=stuck()), deadline=0.05)
    with pytest.raises(GatewayUnavailable, match="TimeoutError"):
        await gateway.create_order(amount=AMOUNT, receipt=RECEIPT)
