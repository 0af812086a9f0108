"""What Resend keeps and answers, in the shape in which it is sent."""

from __future__ import annotations

from typing import Literal

import msgspec

LastEvent = Literal["delivered", "bounced", "complained", "suppressed"]


class Email(msgspec.Struct, frozen=True, kw_only=True, tag_field="object", tag="email"):
    """A mail, as GET /emails/{id} shows it. No mail stops half-way here, so `last_event` is its end."""

    id: str
    message_id: str
    to: list[str]
    sender: str = msgspec.field(name="from")
    created_at: str
    subject: str
    html: str | None
    text: str | None
    bcc: list[str]
    cc: list[str]
    reply_to: list[str]
    last_event: LastEvent


class KeptEmail(msgspec.Struct, frozen=True, tag_field="kept", tag="email"):
    """A mail with what is only shown elsewhere."""

    email: Email
    tags: dict[str, str]


class UsedKey(msgspec.Struct, frozen=True, tag_field="kept", tag="key"):
    """An idempotency key, a digest of what was asked with it, and the mails that came of it."""

    key: str
    request: str
    email_ids: list[str]
    at: float


Kept = KeptEmail | UsedKey


class SentEmail(msgspec.Struct, frozen=True):
    """The answer to POST /emails."""

    id: str


class BatchError(msgspec.Struct, frozen=True):
    """Why a mail of a permissive batch wasn't sent."""

    index: int
    message: str


class SentBatch(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer to POST /emails/batch."""

    data: list[SentEmail]
    errors: list[BatchError] = []


class ListedEmail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail in a list; where there are no addresses it says null."""

    id: str
    message_id: str
    to: list[str]
    sender: str = msgspec.field(name="from")
    created_at: str
    subject: str
    bcc: list[str] | None
    cc: list[str] | None
    reply_to: list[str] | None
    last_event: LastEvent
    scheduled_at: str | None = None


class EmailList(msgspec.Struct, frozen=True, tag_field="object", tag="list"):
    """A page of mails, newest first."""

    has_more: bool
    data: list[ListedEmail]


def listed(email: Email) -> ListedEmail:
    """A mail as lists show it."""
    return ListedEmail(
        id=email.id,
        message_id=email.message_id,
        to=email.to,
        sender=email.sender,
        created_at=email.created_at,
        subject=email.subject,
        bcc=email.bcc or None,
        cc=email.cc or None,
        reply_to=email.reply_to or None,
        last_event=email.last_event,
    )
