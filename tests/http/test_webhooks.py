"""What third parties tell is kept when it is theirs, refused when it is not, and never read here."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Final

import httpx
import pytest

from adapters.memory.shop import MemoryShop
from application.webhooks.receive_webhook import ReceiveWebhook
from bootstrap.memory import MemoryAdapters
from ports.errors import PortUnavailable
from ports.transactions import Transaction
from ports.webhooks import WebhookCall
from tests.builders import NOW
from tests.http.guest import API, problem
from tests.http.senders import CARRIER, GATEWAY, SENDERS, Sender
from tests.http.stage import Stage

pytestmark = pytest.mark.anyio

LIMIT: Final = 256 * 1024

every_sender = pytest.mark.parametrize("sender", SENDERS, ids=lambda sender: sender.source)


async def send(http: httpx.AsyncClient, sender: Sender, call: WebhookCall, **headers: str) -> httpx.Response:
    """As it would come over the wire; headers by their names with underscores."""
    others = {name.replace("_", "-"): value for name, value in headers.items()}
    return await http.post(API + sender.path, content=call.body, headers={**call.headers, **others})


def received(memory: MemoryShop) -> int:
    """How many messages those who listen will hear of."""
    return sum(event.name == "webhook.received" for event in memory.outbox)


@every_sender
async def test_an_authentic_message_is_kept(sender: Sender, http: httpx.AsyncClient, memory: MemoryShop) -> None:
    """200 and no word more; those who listen hear of it later."""
    answer = await send(http, sender, sender.signed(memory), Content_Type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"received": True})
    assert answer.headers["cache-control"] == "no-store"
    assert not {"set-cookie", "access-control-allow-origin"} & answer.headers.keys()
    [event] = memory.outbox
    async with memory.begin() as tx:
        message = await tx.inbox.get(event.aggregate_id)
    assert (message.provider, message.body, message.received_at) == (sender.source, sender.signed(memory).body, NOW)


@every_sender
async def test_a_repetition_is_answered_like_the_first(
    sender: Sender, http: httpx.AsyncClient, memory: MemoryShop
) -> None:
    """So that the sender stops; nobody hears of it twice."""
    call = sender.signed(memory)
    answers = [await send(http, sender, call) for _ in range(3)]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {"received": True})] * 3
    assert received(memory) == 1


@every_sender
async def test_a_forged_message_is_refused(sender: Sender, http: httpx.AsyncClient, memory: MemoryShop) -> None:
    """Unsigned, signed by another, or signed for another body: 401, and no effect."""
    call = sender.signed(memory)
    wrong = dict.fromkeys(call.headers, "0" * 64)
    forged = [replace(call, headers={}), replace(call, headers=wrong)]
    if sender is not CARRIER:  # whose key is of no particular message
        forged.append(replace(call, body=call.body + b" "))
    for each in forged:
        answer = await send(http, sender, each)
        problem(answer, "invalid-signature")
        assert "0000" not in answer.text
    assert received(memory) == 0


@every_sender
async def test_a_key_is_of_one_sender(sender: Sender, http: httpx.AsyncClient, memory: MemoryShop) -> None:
    """What one has signed is nothing at another's address."""
    for other in set(SENDERS) - {sender}:
        problem(await send(http, other, sender.signed(memory)), "invalid-signature")
    assert received(memory) == 0


@every_sender
@pytest.mark.parametrize(
    "body",
    [b"", b"\x00", b"\xff\xfe\xfd", b"{", b"[" * 100_000, os.urandom(4_096), b"{}" * (LIMIT // 2)],
    ids=["empty", "null", "not-utf-8", "truncated", "nested", "random", "at-the-limit"],
)
async def test_garbage_is_refused_by_its_signature(sender: Sender, body: bytes, http: httpx.AsyncClient) -> None:
    """401 whatever it is: nobody reads what nobody has signed."""
    headers = {"x-signature": "\xe9", "x-event-id": "1", "x-api-key": "\xfc", "x-id": "", "x-time": "now"}
    sent = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
    problem(await http.post(API + sender.path, content=body, headers=sent), "invalid-signature")
    problem(await http.post(API + sender.path, content=body), "invalid-signature")


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "nonsense"]
)
@every_sender
async def test_the_signature_counts_and_not_the_content_type(
    sender: Sender, content_type: str, http: httpx.AsyncClient, memory: MemoryShop
) -> None:
    """Providers send what they like."""
    answer = await send(http, sender, sender.signed(memory), Content_Type=content_type)
    assert answer.status_code == 200


@every_sender
async def test_what_is_above_the_limit_is_not_read(sender: Sender, http: httpx.AsyncClient) -> None:
    """413, by its announced length or as soon as it is too long."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100:
            sent += 1
            yield b" " * 65_536

    problem(await http.post(API + sender.path, content=b" " * (LIMIT + 1)), "payload-too-large")
    problem(await http.post(API + sender.path, content=endless()), "payload-too-large")
    assert sent <= 6


async def test_what_is_at_the_limit_is_kept_whole(http: httpx.AsyncClient, memory: MemoryShop) -> None:
    """And a byte more is 413 with the right signature too, and leaves nothing behind: half a message would be none."""
    longest, longer = (
        memory.payment_notices.signed(b" " * size, event_id="evt_1", at=NOW) for size in (LIMIT, LIMIT + 1)
    )
    problem(await send(http, GATEWAY, longer), "payload-too-large")
    assert received(memory) == 0
    assert (await send(http, GATEWAY, longest)).status_code == 200
    [event] = memory.outbox
    async with memory.begin() as tx:
        assert (await tx.inbox.get(event.aggregate_id)).body == longest.body


@pytest.mark.parametrize("path", ["/webhooks", "/webhooks/payments", "/webhooks/payments/stripe", "/webhooks/fax"])
async def test_an_unknown_sender_has_no_address(path: str, http: httpx.AsyncClient) -> None:
    """404, whatever is sent."""
    problem(await http.post(API + path, content=b"{}"), "resource-not-found")


@every_sender
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_messages_are_posted(method: str, sender: Sender, http: httpx.AsyncClient) -> None:
    """405 for anything else."""
    problem(await http.request(method, API + sender.path), "method-not-allowed")


@every_sender
async def test_a_message_that_can_t_be_kept_is_to_be_sent_again(
    sender: Sender, http: httpx.AsyncClient, served: Stage, adapters: MemoryAdapters, memory: MemoryShop
) -> None:
    """503 with Retry-After: nothing was lost, nothing was acknowledged."""

    def down() -> AbstractAsyncContextManager[Transaction]:
        raise PortUnavailable("database")

    receive = ReceiveWebhook(adapters.webhook_sources(), down, memory.ids)
    served.use_cases = replace(served.use_cases, receive_webhook=lambda: receive)
    answer = await send(http, sender, sender.signed(memory))
    problem(answer, "service-unavailable")
    assert answer.headers["retry-after"] == "1"


async def test_the_courier_s_address_does_not_name_the_carrier() -> None:
    """Shiprocket refuses addresses with its name in them."""
    assert not any(word in f"{API}{CARRIER.path}" for word in ("shiprocket", "kartrocket", "/sr", "/kr"))
