"""Mail that goes nowhere, for features, tests and demonstrations."""

from __future__ import annotations

from domain.customers.email import Email
from domain.errors import InvalidValue
from ports.mailer import Mailer, MailRefused, MailUnavailable, Message


class MemoryMailer(Mailer):
    """Mailer that keeps what was sent, oldest first, in `sent`.

    While `unavailable` is True it raises MailUnavailable. It refuses what is no address, the
    addresses in `refused`, and, as providers do, another mail under a key that was used.
    """

    def __init__(self) -> None:
        self.unavailable = False
        self.refused: set[str] = set()
        self._by_key: dict[str, Message] = {}

    @property
    def sent(self) -> tuple[Message, ...]:
        """What was sent, each mail once."""
        return tuple(self._by_key.values())

    async def send(self, message: Message, *, idempotency_key: str) -> None:
        """See Mailer."""
        if self.unavailable:
            raise MailUnavailable("switched off")
        try:
            Email(message.to)
        except InvalidValue:
            raise MailRefused("not an address") from None
        if message.to in self.refused:
            raise MailRefused("no mail is wanted there")
        if self._by_key.setdefault(idempotency_key, message) != message:
            raise MailRefused("another mail was sent with that key")
