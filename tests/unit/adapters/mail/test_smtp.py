"""The SMTP adapter keeps passwords to itself, and knows a no for good from a no for now."""

from __future__ import annotations

import asyncio
import base64
import ssl
from pathlib import Path

import pytest

from adapters.mail.smtp import SmtpMailer, SmtpServer
from ports.mailer import MailRefused, MailUnavailable, Message
from tests.contracts.mailer_fixtures import SENDER, MailServer, closing, listening, mail_server

pytestmark = pytest.mark.anyio

# The key and the certificate (until 2120) of a mail server at 127.0.0.1, made for these tests alone.
LOOPBACK = Path(__file__).parent / "loopback.pem"

MESSAGE = Message(to="asha@example.com", subject="Thank you", html="<p>Hi</p>", text="Hi\n", kind="order_placed")


async def send(server: MailServer, *, url: str | None = None, deadline: float = 10.0) -> None:
    """Send MESSAGE there."""
    mailer = SmtpMailer(SmtpServer.at(url or server.url), sender=SENDER, deadline=deadline)
    await mailer.send(MESSAGE, idempotency_key="event-1:tell")


@pytest.mark.parametrize("command", ["RCPT", "DATA", "END"])
@pytest.mark.parametrize("code", [550, 552, 554])
async def test_a_recipient_or_content_that_is_refused_for_good_is_refused(command: str, code: int) -> None:
    """With the code alone: the words may quote an address."""
    async with mail_server(**{command: f"{code} 5.1.1 asha@example.com is unknown"}) as server:
        with pytest.raises(MailRefused) as refusal:
            await send(server)

    assert refusal.value.reason == f"SMTP {code}"
    assert server.mails == []


@pytest.mark.parametrize("command", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "END"])
@pytest.mark.parametrize("reply", ["421 4.3.2 Closing", "451 4.7.1 Greylisted, asha@example.com", ""])
async def test_a_no_for_now_is_a_technical_error(command: str, reply: str) -> None:
    """So is a server that hangs up, whenever it does."""
    async with mail_server(**{command: reply, "HELO": reply}) as server:
        with pytest.raises(MailUnavailable) as failure:
            await send(server)

    assert "asha" not in str(failure.value)
    assert server.mails == []


@pytest.mark.parametrize("command", ["CONNECT", "MAIL"])
async def test_what_is_ours_to_mend_loses_no_mail(command: str) -> None:
    """A server that doesn't want us or our sender at all."""
    async with mail_server(**{command: "550 5.7.1 Not from you"}) as server:
        with pytest.raises(MailUnavailable, match="SMTP 550"):
            await send(server)


@pytest.mark.parametrize("reply", ["garbage", "99999 what", "250-", "\x00\xff"])
async def test_a_server_that_babbles_is_a_technical_error(reply: str) -> None:
    """Never another exception."""
    async with mail_server(RCPT=reply) as server:
        with pytest.raises(MailUnavailable):
            await send(server, deadline=0.5)


@pytest.mark.parametrize("farewell", ["500 What?", ""])
async def test_a_mail_that_was_taken_is_sent_however_the_farewell_goes(farewell: str) -> None:
    """It must not be sent again for a server that hangs up early."""
    async with mail_server(QUIT=farewell) as server:
        await send(server)

    assert len(server.mails) == 1


async def test_a_server_that_says_nothing_is_a_technical_error() -> None:
    """After the deadline of the whole conversation."""

    async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with closing(writer):
            await reader.read()

    async with listening(silence) as port:
        with pytest.raises(MailUnavailable, match="TimeoutError"):
            await send(MailServer(port=port), deadline=0.1)


async def test_a_password_is_never_sent_in_the_clear() -> None:
    """Even to a server that would take it so."""
    async with mail_server() as server:
        server.offers = ("AUTH PLAIN LOGIN",)
        with pytest.raises(MailUnavailable):
            await send(server, url=f"smtp://shoes:hunter2@127.0.0.1:{server.port}")

    assert not [line for line in server.heard if line.startswith(("AUTH", "MAIL"))]


@pytest.fixture
def server_tls() -> ssl.SSLContext:
    """The server's side of an encrypted conversation."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(LOOPBACK)
    return context


async def test_a_password_is_sent_once_the_conversation_is_encrypted(
    server_tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By STARTTLS, with a server whose certificate this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(LOOPBACK))
    async with mail_server() as server:
        server.offers, server.tls = ("STARTTLS",), server_tls
        await send(server, url=f"smtp://shoes:hunter2@127.0.0.1:{server.port}")

    login = base64.b64encode(b"\0shoes\0hunter2").decode()
    assert server.heard[1:3] == ["STARTTLS", server.heard[0]]
    assert server.heard[3] == f"AUTH PLAIN {login}"
    assert len(server.mails) == 1


async def test_a_server_may_be_encrypted_from_the_first_byte(
    server_tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As smtps:// says."""
    monkeypatch.setenv("SSL_CERT_FILE", str(LOOPBACK))
    server = MailServer()
    async with listening(server.converse, server_tls) as port:
        await send(server, url=f"smtps://127.0.0.1:{port}")

    assert len(server.mails) == 1


async def test_a_server_that_nobody_vouches_for_gets_nothing(server_tls: ssl.SSLContext) -> None:
    """Neither the password nor the mail."""
    server = MailServer()
    async with listening(server.converse, server_tls) as port:
        with pytest.raises(MailUnavailable):
            await send(server, url=f"smtps://shoes:hunter2@127.0.0.1:{port}")

    assert server.heard == []


async def test_a_repeated_mail_has_the_message_id_that_it_had() -> None:
    """At our own domain; another key gives another."""
    async with mail_server() as server:
        await send(server)
        await send(server)
        mailer = SmtpMailer(SmtpServer.at(server.url), sender=SENDER)
        await mailer.send(MESSAGE, idempotency_key="event-2:tell")

    ids = [line for mail in server.mails for line in mail.splitlines() if line.startswith(b"Message-ID:")]
    assert len(ids) == 3
    assert len(set(ids)) == 2
    assert ids[0] == ids[1]
    assert ids[0].endswith(b"@italianshoes.example>")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        (
            "smtp://mail.example",
            SmtpServer(host="mail.example", port=25, user=None, password="", encryption="starttls-if-offered"),
        ),
        (
            "smtp://shoes:p%40ss@mail.example",
            SmtpServer(host="mail.example", port=587, user="shoes", password="p@ss", encryption="starttls"),
        ),
        (
            "smtps://sh%40oes:pass@mail.example:4650",
            SmtpServer(host="mail.example", port=4650, user="sh@oes", password="pass", encryption="tls"),
        ),
        (
            "smtps://mail.example",
            SmtpServer(host="mail.example", port=465, user=None, password="", encryption="tls"),
        ),
    ],
)
def test_a_url_says_how_to_reach_a_server(url: str, server: SmtpServer) -> None:
    """With the usual port of each way."""
    assert SmtpServer.at(url) == server
    assert SmtpServer.at(url).password == server.password


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://mail.example:mail"])
def test_what_is_no_server_is_a_value_error(url: str) -> None:
    """The settings tell it."""
    with pytest.raises(ValueError, match=r"."):
        SmtpServer.at(url)


def test_the_password_is_not_shown() -> None:
    """Servers end up in logs."""
    assert "hunter2" not in repr(SmtpServer.at("smtps://shoes:hunter2@mail.example"))
