"""Mail through a mail server (RFC 5321)."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Literal, Self
from urllib.parse import unquote, urlsplit

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from adapters.mail.mime import as_email
from ports.mailer import Mailer, MailRefused, MailUnavailable, Message

_TIMEOUT: Final = 10.0  # seconds, for each step
_FAREWELL: Final = 1.0  # seconds

Encryption = Literal["tls", "starttls", "starttls-if-offered"]
_PORTS: Final[dict[Encryption, int]] = {"tls": 465, "starttls": 587, "starttls-if-offered": 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """A mail server, and how we are known there. Without a user, nobody logs in."""

    host: str
    port: int
    user: str | None
    password: str = field(repr=False)
    encryption: Encryption

    @classmethod
    def at(cls, url: str) -> Self:
        """The server of a URL such as smtps://user:password@mail.example.com:465.

        smtps:// is encrypted from the first byte. smtp:// changes to TLS if the server
        offers it, and insists on it when the URL names a user: a password is never sent in
        the clear. Raises ValueError.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ValueError("a mail server is named as smtp://host or smtps://host")
        encryption: Encryption = "starttls" if parts.username else "starttls-if-offered"
        if parts.scheme == "smtps":
            encryption = "tls"
        return cls(
            host=parts.hostname,
            port=parts.port or _PORTS[encryption],
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password or ""),
            encryption=encryption,
        )


class SmtpMailer(Mailer):
    """Mailer at a mail server, which knows no idempotency keys.

    A mail that is sent again has the Message-ID that it had, so the recipient's programs
    show it once. `deadline` is in seconds, for the whole conversation.
    """

    def __init__(self, server: SmtpServer, *, sender: str, deadline: float = 30.0) -> None:
        self._server = server
        self._sender = sender
        self._deadline = deadline

    async def send(self, message: Message, *, idempotency_key: str) -> None:
        """See Mailer."""
        email = as_email(message, sender=self._sender, idempotency_key=idempotency_key)
        client = self._client()
        try:
            async with asyncio.timeout(self._deadline):
                await client.connect()
                await client.send_message(email)
        except SMTPRecipientsRefused as refusal:
            raise _meaning(refusal.recipients[0]) from None
        except (SMTPException, OSError) as failure:
            raise _meaning(failure) from None
        else:
            # The mail is on its way: whatever happens from here on is no failure.
            with suppress(SMTPException, OSError):
                await client.quit(timeout=_FAREWELL)
        finally:
            client.close()

    def _client(self) -> SMTP:
        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password if server.user else None,
            use_tls=server.encryption == "tls",
            start_tls={"tls": False, "starttls": True, "starttls-if-offered": None}[server.encryption],
            timeout=_TIMEOUT,
        )


def _meaning(failure: Exception) -> MailRefused | MailUnavailable:
    """What a failure comes to: no for good (5yz) to the recipient or the content, or not now.

    Only codes are told: the text may quote an address, or come from anybody.
    """
    if isinstance(failure, SMTPRecipientRefused | SMTPDataError) and 500 <= failure.code < 600:
        return MailRefused(f"SMTP {failure.code}")
    if isinstance(failure, SMTPResponseException):
        return MailUnavailable(f"SMTP {failure.code}")
    return MailUnavailable(type(failure).__name__)
