"""Resend's rules for mails and idempotency keys, without HTTP."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

import msgspec

from sandbox.resend.entities import BatchError, Email, EmailList, Kept, KeptEmail, SentBatch, SentEmail, UsedKey, listed
from sandbox.resend.errors import Refused
from sandbox.resend.events import Event, fate, story
from sandbox.resend.requests import NewEmail, Page

_KEY_LIVES: Final = 24 * 3_600  # seconds
_MOST_KEPT: Final = 10_000


class Mailroom:
    """The mails of one team. Not for several threads.

    `record` is told of what a change leaves behind before anybody sees it; if it raises,
    nothing has changed. `past` is what an earlier mailroom recorded. `tell` hears of every
    event in a mail's life. Of more mails than ten thousand the oldest are forgotten. Every
    operation raises Refused with the answer that Resend would give.
    """

    def __init__(
        self,
        *,
        past: Iterable[Kept] = (),
        record: Callable[[Sequence[Kept]], None] = lambda kept: None,
        tell: Callable[[Event], None] = lambda event: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._record = record
        self._tell = tell
        self._clock = clock
        self._emails: dict[str, KeptEmail] = {}
        self._keys: dict[str, UsedKey] = {}
        self._keep(past)

    def send(self, asked: NewEmail, key: str | None = None) -> SentEmail:
        """Accept a mail, once per key."""
        (email_id,) = self._once(key, asked, [asked])
        return SentEmail(email_id)

    def send_batch(self, asked: list[NewEmail], errors: list[BatchError], key: str | None = None) -> SentBatch:
        """Accept the good mails of a batch, once per key; `errors` tells of the others."""
        return SentBatch([SentEmail(email_id) for email_id in self._once(key, [asked, errors], asked)], errors)

    def email(self, email_id: str) -> KeptEmail:
        """One mail."""
        if email_id not in self._emails:
            raise Refused("not_found", "Email not found")
        return self._emails[email_id]

    def emails(self, page: Page) -> EmailList:
        """A page of mails, newest first."""
        newest_first = [kept.email for kept in self.contents()]
        ids = [email.id for email in newest_first]
        if page.before is not None:
            end = self._place(ids, page.before)
            start = max(end - page.limit, 0)
            return EmailList(start > 0, [*map(listed, newest_first[start:end])])
        start = 0 if page.after is None else self._place(ids, page.after) + 1
        end = start + page.limit
        return EmailList(end < len(ids), [*map(listed, newest_first[start:end])])

    def contents(self) -> list[KeptEmail]:
        """All mails, newest first."""
        return [*self._emails.values()][::-1]

    def _once(self, key: str | None, request: object, asked: list[NewEmail]) -> list[str]:
        now, digest = self._clock(), sha256(msgspec.json.encode(request)).hexdigest()
        used = None if key is None else self._keys.get(key)
        if used is not None and now - used.at < _KEY_LIVES:
            if used.request != digest:
                raise Refused(
                    "invalid_idempotent_request", "Same idempotency key used with a different request payload."
                )
            return used.email_ids
        accepted = [_accepted(each, now) for each in asked]
        ids = [kept.email.id for kept in accepted]
        changes: list[Kept] = [*accepted, *([] if key is None else [UsedKey(key, digest, ids, now)])]
        self._record(changes)
        self._keep(changes)
        for kept in accepted:
            for event in story(kept, now):
                self._tell(event)
        return ids

    def _keep(self, changes: Iterable[Kept]) -> None:
        for each in changes:
            match each:
                case KeptEmail():
                    self._emails[each.email.id] = each
                    if len(self._emails) > _MOST_KEPT:
                        del self._emails[next(iter(self._emails))]
                case UsedKey():
                    self._keys[each.key] = each

    def _place(self, ids: list[str], cursor: str) -> int:
        try:
            return ids.index(cursor)
        except ValueError:
            raise Refused("validation_error", "The cursor is not the id of an email.") from None


def _accepted(asked: NewEmail, now: float) -> KeptEmail:
    email_id = str(uuid.uuid4())
    domain = asked.sender.rpartition("@")[2].rstrip(">")
    email = Email(
        id=email_id,
        message_id=f"<{email_id}@{domain}>",
        to=asked.to,
        sender=asked.sender,
        created_at=f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d %H:%M:%S.%f}+00",
        subject=asked.subject,
        html=asked.html,
        text=asked.text,
        bcc=asked.bcc,
        cc=asked.cc,
        reply_to=asked.reply_to,
        last_event=fate(asked.to),
    )
    return KeptEmail(email, asked.tags)
