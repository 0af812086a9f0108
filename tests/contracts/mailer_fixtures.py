"""The ways to send mail that the contract is checked on, each with a look at what arrived."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from ssl import SSLContext
from typing import Any

import httpx

from adapters.mail.maildir import MaildirMailer
from adapters.mail.resend import ResendAccount, ResendMailer
from adapters.mail.smtp import SmtpMailer, SmtpServer
from adapters.memory.mailer import MemoryMailer
from bootstrap.embedded import free_port
from ports.mailer import Mailer, Message
from tests.harness.sandbox import running_sandbox

SENDER = "Italian Shoes <orders@italianshoes.example>"
WEBHOOK_SECRET = "whsec_dGhlLXNlY3JldC1vZi10aGUtY29udHJhY3Q="


@dataclass(frozen=True, slots=True)
class MailerCase:
    """A mailer to check: what `arrived` by it, oldest first, and the same mailer when nothing answers."""

    mailer: Mailer
    unreachable: Mailer
    arrived: Callable[[], Awaitable[list[Message]]]


def memory_case() -> MailerCase:
    """In memory."""
    mailer, unreachable = MemoryMailer(), MemoryMailer()
    unreachable.unavailable = True

    async def arrived() -> list[Message]:
        return list(mailer.sent)

    return MailerCase(mailer, unreachable, arrived)


def maildir_case(directory: Path) -> MailerCase:
    """Into a Maildir; unreachable is one that would have to be inside a file."""
    blocked = directory / "file"
    blocked.touch()

    async def arrived() -> list[Message]:
        files = sorted((directory / "mail").glob("new/*"), key=lambda file: file.stat().st_mtime_ns)
        return _read(file.read_bytes() for file in files)

    return MailerCase(
        MaildirMailer(directory / "mail", sender=SENDER), MaildirMailer(blocked / "mail", sender=SENDER), arrived
    )


@asynccontextmanager
async def smtp_case() -> AsyncIterator[MailerCase]:
    """At a mail server of the test."""
    nobody = SmtpServer.at(f"smtp://127.0.0.1:{free_port()}")
    async with mail_server() as server:

        async def arrived() -> list[Message]:
            return _read(server.mails)

        yield MailerCase(
            SmtpMailer(SmtpServer.at(server.url), sender=SENDER), SmtpMailer(nobody, sender=SENDER), arrived
        )


@asynccontextmanager
async def resend_case(account: ResendAccount) -> AsyncIterator[MailerCase]:
    """At Resend's sandbox, which other tests use too: what arrived before is not ours."""
    nobody = replace(account, base_url=f"http://127.0.0.1:{free_port()}")
    async with httpx.AsyncClient() as client:
        outbox = f"{account.base_url}/_control/outbox"
        before = len((await client.get(outbox)).json())

        async def arrived() -> list[Message]:
            newest_first = (await client.get(outbox)).json()
            ids = [each["id"] for each in newest_first][::-1][before:]
            mails = [(await client.get(f"{outbox}/{each}")).json() for each in ids]
            return [_sent_through_resend(each["email"], each["tags"]["kind"]) for each in mails]

        yield MailerCase(ResendMailer(client, account), ResendMailer(client, nobody), arrived)


@contextmanager
def running_resend_sandbox(*options: str) -> Iterator[ResendAccount]:
    """A sandbox in a process of its own, ready, and how to reach it. `options` go on its command line."""
    account = ResendAccount("re_Contract_0000000001", SENDER)
    secrets = ["--api-key", account.api_key, "--webhook-secret", WEBHOOK_SECRET]
    with running_sandbox("resend", *secrets, *options) as port:
        yield replace(account, base_url=f"http://127.0.0.1:{port}")


def _sent_through_resend(email: Mapping[str, Any], kind: str) -> Message:  # Any: JSON
    (recipient,) = email["to"]
    return Message(to=recipient, subject=email["subject"], html=email["html"], text=email["text"], kind=kind)


def _read(mails: Iterable[bytes]) -> list[Message]:
    """Mails as their recipient's program shows them: of those with the same Message-ID, one."""
    parsed = [message_from_bytes(mail, EmailMessage, policy=default) for mail in mails]
    return [_shown(mail) for mail in {mail["Message-ID"]: mail for mail in parsed}.values()]


def _shown(mail: EmailMessage) -> Message:
    html, text = mail.get_body(("html",)), mail.get_body(("plain",))
    assert html is not None
    assert text is not None
    return Message(
        to=mail["To"], subject=mail["Subject"], html=html.get_content(), text=text.get_content(), kind=mail["X-Kind"]
    )


@dataclass(slots=True)
class MailServer:
    """A mail server for one test: what it got, what it heard, and what it says instead of yes.

    `replies` are by command ("RCPT": "550 5.1.1 No such user"); an empty one hangs up. With
    `tls` it takes STARTTLS, and a password after that.
    """

    port: int = 0
    offers: tuple[str, ...] = ("8BITMIME",)
    tls: SSLContext | None = None
    replies: dict[str, str] = field(default_factory=dict)
    mails: list[bytes] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"smtp://127.0.0.1:{self.port}"

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """With one client, until it leaves."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            async with closing(writer):
                await self._say(writer, self.replies.get("CONNECT", "220 mail.test ESMTP"))
                while line := (await reader.readline()).decode():
                    self.heard.append(line.strip())
                    await self._answer(line.split()[0].upper(), reader, writer)

    async def _answer(self, verb: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if verb in self.replies:
            await self._say(writer, self.replies[verb])
        elif verb == "EHLO":
            lines = ("mail.test", *self.offers)
            await self._say(writer, "\r\n".join([*(f"250-{each}" for each in lines[:-1]), f"250 {lines[-1]}"]))
        elif verb == "STARTTLS" and self.tls is not None:
            await self._say(writer, "220 Go ahead")
            await writer.start_tls(self.tls)
            self.offers = ("AUTH PLAIN",)
        elif verb == "AUTH":
            await self._say(writer, "235 Welcome")
        elif verb == "DATA":
            await self._say(writer, "354 Go ahead")
            sent = (await reader.readuntil(b"\r\n.\r\n")).removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
            if self.replies.get("END", "250").startswith("2"):
                self.mails.append(sent.replace(b"\r\n", b"\n"))
            await self._say(writer, self.replies.get("END", "250 Queued"))
        else:
            await self._say(writer, "221 Bye" if verb == "QUIT" else "250 OK")

    async def _say(self, writer: asyncio.StreamWriter, reply: str) -> None:
        if not reply:
            raise ConnectionAbortedError
        writer.write(f"{reply}\r\n".encode())
        await writer.drain()


@asynccontextmanager
async def closing(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    """Leave nothing open."""
    try:
        yield
    finally:
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def mail_server(**replies: str) -> AsyncIterator[MailServer]:
    """A mail server that listens."""
    server = MailServer(replies=replies)
    async with listening(server.converse) as server.port:
        yield server


@asynccontextmanager
async def listening(
    converse: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[None, None, None]],
    tls: SSLContext | None = None,
) -> AsyncIterator[int]:
    """A port that is answered so, encrypted with `tls`; when this ends, every conversation has ended."""
    conversations: set[asyncio.Task[None]] = set()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversations.add(asyncio.create_task(converse(reader, writer)))

    async with await asyncio.start_server(begin, "127.0.0.1", 0, ssl=tls) as listener:
        yield listener.sockets[0].getsockname()[1]
    for conversation in conversations:
        conversation.cancel()
    await asyncio.gather(*conversations, return_exceptions=True)
