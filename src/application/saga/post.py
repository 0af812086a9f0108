"""How the saga's letters get on their way."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from domain.customers.email import Email
from ports.deliveries import DeliveryKey
from ports.letters import Letter, Letters
from ports.mailer import Mailer, MailRefused
from ports.transactions import Begin

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Post:
    """Writes and sends letters, each once, and none to an address that takes no mail."""

    letters: Letters
    mailer: Mailer
    begin: Begin

    async def send(self, letter: Letter, key: DeliveryKey) -> None:
        """Send a letter once per delivery. Raises MailUnavailable; a refused one is only logged."""
        async with self.begin() as tx:
            reason = await tx.mail_addresses.undeliverable(Email.parse(letter.to))
        if reason is not None:
            _log.info("no %s of delivery %s: its address takes no mail", letter.kind, key)
            return
        await self.insist(letter, key)

    async def insist(self, letter: Letter, key: DeliveryKey) -> None:
        """The same, to an address that is to get mail whatever came back from there before."""
        try:
            await self.mailer.send(self.letters.write(letter), idempotency_key=str(key))
        except MailRefused as refusal:
            _log.warning("%s of delivery %s was not sent: %s", letter.kind, key, refusal.reason)
