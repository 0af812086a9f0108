"""The mail sandbox as a process: mails survive it, its webhooks are believed, and it says why it can't start."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil
import pytest

from adapters.mail.resend import ResendAccount, ResendMailer
from adapters.mail.resend_notices import ResendNotices
from bootstrap.embedded import free_port
from ports.mail_notices import BounceNotice
from ports.mailer import MailUnavailable, Message
from ports.webhooks import WebhookCall, WebhookRejected
from tests.contracts.mailer_fixtures import WEBHOOK_SECRET, closing, listening, running_resend_sandbox

MESSAGE = Message(to="asha@example.com", subject="Thank you", html="<p>Hi</p>", text="Hi\n", kind="order_placed")
TO_NOBODY = Message(to="bounced@resend.dev", subject="Thank you", html="<p>Hi</p>", text="Hi\n", kind="order_placed")


async def send(account: ResendAccount, message: Message = MESSAGE, *, deadline: float = 15.0) -> None:
    """Send by the shop's own adapter, with the key "event-1:tell"."""
    async with httpx.AsyncClient() as client:
        await ResendMailer(client, account, deadline=deadline).send(message, idempotency_key="event-1:tell")


def control(account: ResendAccount, method: str, what: str, wish: object = None) -> None:
    """Order something of the sandbox: "faults", "webhooks"."""
    httpx.request(method, f"{account.base_url}/_control/{what}", json=wish).raise_for_status()


def subjects(account: ResendAccount) -> list[str]:
    """Of what is in the outbox."""
    return [mail["subject"] for mail in httpx.get(f"{account.base_url}/_control/outbox").json()]


def kill_whoever_listens_at(account: ResendAccount) -> None:
    """As a power cut does."""
    port = httpx.URL(account.base_url).port
    for child in psutil.Process().children():
        if f"--port {port} " in " ".join(child.cmdline()):
            child.kill()


def started(port: int, *options: str) -> subprocess.CompletedProcess[str]:
    """What becomes of a sandbox that is not expected to live."""
    secrets = ["--api-key", "re_x", "--webhook-secret", WEBHOOK_SECRET]
    argv = [sys.executable, "-m", "sandbox.resend", "--port", str(port), *secrets, *options]
    return subprocess.run(argv, capture_output=True, text=True, timeout=30, check=False)


class Shop:
    """Where the sandbox's webhooks go: keeps those calls, and answers 200."""

    def __init__(self) -> None:
        self.calls: asyncio.Queue[WebhookCall] = asyncio.Queue()
        self.url = ""

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """As much HTTP as a webhook needs."""
        async with closing(writer):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()[1:-1]
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head)}
            body = await reader.readexactly(int(headers["content-length"]))
            self.calls.put_nowait(WebhookCall(headers, body, datetime.now(UTC)))
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            await writer.drain()


@asynccontextmanager
async def a_shop() -> AsyncIterator[Shop]:
    """A shop that listens to webhooks."""
    shop = Shop()
    async with listening(shop.converse) as port:
        shop.url = f"http://127.0.0.1:{port}/webhooks/resend"
        yield shop


@pytest.mark.anyio
async def test_a_bounce_is_told_to_the_shop_and_believed() -> None:
    """Signed by the sandbox, verified and read by the adapter."""
    async with a_shop() as shop:
        with running_resend_sandbox("--webhook-url", shop.url) as account:
            await send(account, TO_NOBODY)
            calls = [await asyncio.wait_for(shop.calls.get(), 10) for _ in range(2)]

    notices = ResendNotices(WEBHOOK_SECRET)
    assert len({notices.authenticate(call) for call in calls}) == 2
    told = [notices.read(call.body) for call in calls]
    assert BounceNotice(("bounced@resend.dev",), "bounced: General") in told
    assert None in told


@pytest.mark.anyio
async def test_a_webhook_with_a_forged_signature_is_not_believed() -> None:
    """The sandbox sends some on demand; the genuine one comes too."""
    async with a_shop() as shop:
        with running_resend_sandbox("--webhook-url", shop.url) as account:
            control(account, "POST", "webhooks", {"mischief": {"forged": 1.0}})
            await send(account)
            calls = [await asyncio.wait_for(shop.calls.get(), 10) for _ in range(4)]

    notices, rejected = ResendNotices(WEBHOOK_SECRET), 0
    for call in calls:
        try:
            notices.authenticate(call)
        except WebhookRejected as rejection:
            rejected += rejection.reason == "bad-signature"
    assert rejected == 2


@pytest.mark.anyio
async def test_a_mail_that_was_taken_in_silence_is_not_sent_twice() -> None:
    """The worst answer is none after the work was done: the next try has the same key."""
    with running_resend_sandbox() as account:
        fault = {"kind": "timeout_after", "path": "/emails", "times": 2, "seconds": 30}
        control(account, "POST", "faults", fault)
        with pytest.raises(MailUnavailable):
            await send(account, deadline=0.5)
        control(account, "DELETE", "faults")

        await send(account)

        assert subjects(account) == ["Thank you"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "reset", "times": 2},
        {"kind": "malformed"},
        {"kind": "status", "status": 503, "body": "<html>Bad gateway</html>"},
        {"kind": "ok_with_error", "body": {"statusCode": 500, "name": "application_error"}},
    ],
)
async def test_a_bad_day_of_the_provider_is_a_technical_error_and_then_over(fault: dict[str, object]) -> None:
    """The mail is sent by the next try, once."""
    with running_resend_sandbox() as account:
        control(account, "POST", "faults", {"path": "/emails", **fault})
        with pytest.raises(MailUnavailable):
            await send(account)

        await send(account)

        assert subjects(account) == ["Thank you"]


@pytest.mark.anyio
async def test_a_killed_sandbox_still_knows_its_mails_and_keys(tmp_path: Path) -> None:
    """The worker that sends again doesn't know that it was restarted."""
    state = str(tmp_path / "resend.jsonl")
    with running_resend_sandbox("--state", state) as account:
        await send(account)
        kill_whoever_listens_at(account)

    with running_resend_sandbox("--state", state) as account:
        await send(account)

        assert subjects(account) == ["Thank you"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--state", "{tmp}/missing/resend.jsonl"], "missing"),
        (["--state", "{tmp}/damaged.jsonl"], "damaged.jsonl: line 1 is not a change of this sandbox"),
        (["--webhook-secret", "secret"], "--webhook-secret: not whsec_ and base64"),
    ],
)
def test_what_keeps_it_from_starting_is_one_clear_line(tmp_path: Path, options: list[str], told: str) -> None:
    """And nothing is touched."""
    (tmp_path / "damaged.jsonl").write_bytes(b"not a journal\n")

    refused = started(free_port(), *(option.replace("{tmp}", str(tmp_path)) for option in options))

    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert told in refused.stderr
    assert (tmp_path / "damaged.jsonl").read_bytes() == b"not a journal\n"


def test_a_busy_port_is_one_clear_line() -> None:
    """Two sandboxes on one port would share the mails at random."""
    with running_resend_sandbox() as account:
        port = httpx.URL(account.base_url).port
        assert port is not None
        second = started(port)

    assert second.returncode == 1
    assert f"127.0.0.1:{port} can't be listened on" in second.stderr
