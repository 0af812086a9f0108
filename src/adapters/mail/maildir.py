"""Mail into a Maildir: for development, and for a shop that lets another program send."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from adapters.mail.mime import as_email, key_digest
from ports.mailer import Mailer, MailUnavailable, Message


class MaildirMailer(Mailer):
    """Mailer whose mails appear in `directory`/new, complete or not at all.

    A file's name stands for the idempotency key: what is there already, read or unread, is
    not written again.
    """

    def __init__(self, directory: Path, *, sender: str) -> None:
        self._tmp, self._new, self._cur = (directory / each for each in ("tmp", "new", "cur"))
        self._sender = sender

    async def send(self, message: Message, *, idempotency_key: str) -> None:
        """See Mailer."""
        email = as_email(message, sender=self._sender, idempotency_key=idempotency_key)
        try:
            await asyncio.to_thread(self._deliver, key_digest(idempotency_key), email.as_bytes())
        except OSError as failure:
            raise MailUnavailable(type(failure).__name__) from failure

    def _deliver(self, name: str, content: bytes) -> None:
        for each in (self._tmp, self._new, self._cur):
            each.mkdir(parents=True, exist_ok=True)
        # A mail program moves what was read to cur, and puts its marks behind the name.
        if any(self._cur.glob(f"{name}*")):
            return
        with NamedTemporaryFile(dir=self._tmp) as unfinished:
            unfinished.write(content)
            unfinished.flush()
            os.fsync(unfinished.fileno())
            try:
                os.link(unfinished.name, self._new / name)
            except FileExistsError:
                return  # it was sent before
