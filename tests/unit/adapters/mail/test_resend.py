"""The Resend adapter asks as documented, and whatever comes back, it answers in the words of its port."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import anyio
import httpx
import pytest

from ports.mailer import MailRefused, MailUnavailable
from tests.harness.scripted_wire import Scripted, answering
from tests.unit.adapters.mail.resend_wire import ACCOUNT, SENT, refusal, send

pytestmark = pytest.mark.anyio

LEAKY = "asha@example.com or a password"


async def test_asks_as_documented() -> None:
    """POST /emails with the key of the API, the key of the mail, and its kind as a tag."""
    wire = answering(200, SENT)

    await send(wire)

    (request,) = wire.requests
    assert (request.method, str(request.url)) == ("POST", "https://api.resend.com/emails")
    assert json.loads(request.content) == {
        "from": "Italian Shoes <orders@italianshoes.example>",
        "to": ["asha@example.com"],
        "subject": "Thank you",
        "html": "<p>Thank you</p>",
        "text": "Thank you\n",
        "tags": [{"name": "kind", "value": "order_placed"}],
    }
    assert request.headers["authorization"] == "Bearer re_do_not_leak_this_key"
    assert request.headers["idempotency-key"] == "event-1:tell"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["user-agent"]
    assert request.extensions["timeout"] == {"connect": 2.0, "read": 10.0, "write": 10.0, "pool": 10.0}


async def test_asks_once_more_if_there_is_no_answer() -> None:
    """With the same key, which makes it safe."""
    wire = Scripted(httpx.ReadTimeout("slow"), httpx.Response(200, json=SENT))

    await send(wire)

    first, second = wire.requests
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert first.content == second.content


async def test_gives_up_after_the_second_silence() -> None:
    """Whoever sends mail has retries of their own."""
    wire = Scripted(httpx.ConnectError("nobody"))

    with pytest.raises(MailUnavailable, match="ConnectError"):
        await send(wire)

    assert len(wire.requests) == 2


@pytest.mark.parametrize("name", ["validation_error", "missing_required_field", "invalid_parameter"])
@pytest.mark.parametrize("status", [400, 422])
async def test_a_mail_that_is_no_good_is_refused(status: int, name: str) -> None:
    """With the kind of refusal, not with its words: they may quote an address."""
    with pytest.raises(MailRefused) as refused:
        await send(answering(status, refusal(status, name, LEAKY)))

    assert refused.value.reason == name
    assert LEAKY not in str(refused.value)


async def test_another_mail_under_a_used_key_is_refused() -> None:
    """The first one is on its way."""
    with pytest.raises(MailRefused, match="invalid_idempotent_request"):
        await send(answering(409, refusal(409, "invalid_idempotent_request")))


async def test_a_mail_that_is_being_sent_is_waited_for() -> None:
    """By another process, with the same key."""
    with pytest.raises(MailUnavailable, match="concurrent_idempotent_requests"):
        await send(answering(409, refusal(409, "concurrent_idempotent_requests")))


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (401, "missing_api_key"),
        (401, "restricted_api_key"),
        (403, "invalid_api_key"),
        (403, "validation_error"),
        (404, "not_found"),
        (405, "method_not_allowed"),
        (422, "invalid_from_address"),
        (422, "invalid_region"),
        (429, "daily_quota_exceeded"),
        (500, "application_error"),
    ],
)
async def test_what_is_ours_to_mend_loses_no_mail(status: int, name: str) -> None:
    """A wrong key, a domain that is not verified, a quota that is used up."""
    with pytest.raises(MailUnavailable) as failure:
        await send(answering(status, refusal(status, name, LEAKY)))

    assert LEAKY not in str(failure.value)


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [("7", 7), ("0", 1), ("1800", 1_800), ("86400", 3_600), ("-3", 1), ("soon", 1), ("9" * 5_000, 1), ("٣", 1)],
)
async def test_leaves_resend_alone_as_long_as_it_wishes_within_reason(wish: str, seconds: int) -> None:
    """At most for an hour."""
    wire = Scripted(httpx.Response(429, headers=[(b"retry-after", wish.encode())]))

    with pytest.raises(MailUnavailable) as failure:
        await send(wire)

    assert failure.value.retry_after == seconds


GARBAGE = [
    b"",
    b"null",
    b"[]",
    b"{}",
    b'{"id": ""}',
    b'{"id": 7}',
    b"<html>" + LEAKY.encode() + b"</html>",
    b'{"name": ["' + LEAKY.encode() + b'"]}',
    b'{"name": "' + LEAKY.encode() + b'"}',
    b'{"name": "' + b"x" * 61 + b'"}',
    b"\xff\xfe" + LEAKY.encode(),
    b"[" * 100_000,
    b'{"a":' * 10_000,
]


@pytest.mark.parametrize("status", [200, 400, 409, 422])
@pytest.mark.parametrize("body", GARBAGE)
async def test_garbage_is_no_answer_and_is_not_repeated_in_errors(status: int, body: bytes) -> None:
    """A proxy's page neither says that the mail is sent nor that it is refused."""
    with pytest.raises(MailUnavailable) as failure:
        await send(answering(status, raw=body))

    assert LEAKY not in str(failure.value)


@pytest.mark.parametrize("status", [201, 204, 301, 302, 408, 418, 502, 503, 504])
async def test_any_other_status_is_no_answer(status: int) -> None:
    """Redirections are not followed: the key of our account is not for others."""
    wire = answering(status, SENT, location="https://example.com/")

    with pytest.raises(MailUnavailable, match=f"HTTP {status}"):
        await send(wire)

    assert len(wire.requests) == 1


async def test_an_endless_answer_is_cut_off() -> None:
    """By its length."""

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 10_000

    with pytest.raises(MailUnavailable, match="too long"):
        await send(lambda _: httpx.Response(200, content=endless()))


async def test_an_answer_that_trickles_is_cut_off() -> None:
    """By the deadline of the whole call."""

    async def trickle() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await anyio.sleep(0.01)

    with pytest.raises(MailUnavailable, match="TimeoutError"):
        await send(lambda _: httpx.Response(200, content=trickle()), deadline=0.1)


def test_the_key_is_not_shown() -> None:
    """Accounts end up in logs."""
    assert "do_not_leak" not in repr(ACCOUNT)
