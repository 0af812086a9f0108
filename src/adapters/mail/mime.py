"""Mails as the internet carries them (RFC 5322), for the ways that take them whole."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from hashlib import sha256

from domain.customers.email import Email
from domain.errors import InvalidValue
from ports.mailer import MailRefused, Message


def key_digest(idempotency_key: str) -> str:
    """Forty characters that stand for a key where the key itself can't: in a file name, in an id."""
    return sha256(idempotency_key.encode()).hexdigest()[:40]


def as_email(message: Message, *, sender: str, idempotency_key: str) -> EmailMessage:
    """The mail with both its bodies; the same key gives the same Message-ID.

    Raises MailRefused when it is to something that is no address.
    """
    try:
        recipient = Email(message.to)
    except InvalidValue:
        raise MailRefused("not an address") from None
    email = EmailMessage()
    email["From"] = sender
    email["To"] = recipient.value
    email["Subject"] = message.subject
    email["Date"] = formatdate()
    email["Message-ID"] = f"<{key_digest(idempotency_key)}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    email["X-Kind"] = message.kind
    email.set_content(message.text)
    email.add_alternative(message.html, subtype="html")
    return email
