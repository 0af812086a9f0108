"""Mail into a Maildir: for development, and for a shop that lets another program send."""

from __future__ import annotations

import asyncio
import os
from mailbox import Maildir
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
        self._directory = directory
        self._sender = sender

    async def send(self, message: Message, *, idempotency_key: str) -> None:
        """See Mailer."""
        email = as_email(message, sender=self._sender, idempotency_key=idempotency_key)
        try:
            await asyncio.to_thread(self._deliver, key_digest(idempotency_key), email.as_bytes())
        except OSError as failure:
            raise MailUnavailable(type(failure).__name__) from failure

    def _deliver(self, name: str, content: bytes) -> None:
        self._directory.parent.mkdir(parents=True, exist_ok=True)
        if name in Maildir(self._directory):
            return
        with NamedTemporaryFile(dir=self._directory / "tmp") as unfinished:
            unfinished.write(content)
            unfinished.flush()
            os.fsync(unfinished.fileno())
            try:
                os.link(unfinished.name, self._directory / "new" / name)
            except FileExistsError:
                return  # by another process, just now
