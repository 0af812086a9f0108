"""Mail on its way out."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Protocol

from domain.errors import DomainError
from ports.errors import PortUnavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail, ready to go. `kind` names its template ("order_placed"), for statistics at the provider."""

    to: str
    subject: str
    html: str
    text: str
    kind: str


class MailUnavailable(PortUnavailable):
    """The mail service failed or was too slow: send it again with the same key."""

    def __init__(self, reason: str = "no answer", *, retry_after: int = 1) -> None:
        super().__init__("mail", reason, retry_after=retry_after)


class MailRefused(DomainError):
    """The mail service won't send this: the address is no address, or the content not allowed."""

    code = "conflict"

    def __init__(self, reason: str) -> None:
        super().__init__(f"the mail was refused: {reason}")
        self.reason = reason


class Mailer(Protocol):
    """Sends mails. Over the network: never inside a transaction."""

    @abstractmethod
    async def send(self, message: Message, *, idempotency_key: str) -> None:
        """Send once per key (1 to 200 printable ASCII characters), however often it is asked for.

        Raises MailUnavailable and MailRefused.
        """
