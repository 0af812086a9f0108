"""Mail on its way out."""

from __future__ import annotations

import unicodedata
from abc import abstractmethod
from dataclasses import dataclass
from typing import Final, Protocol

from domain.errors import DomainError, InvalidValue
from ports.errors import PortUnavailable

# Where a line ends, another header of the mail could begin.
_BREAKING: Final = frozenset({"Cc", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail, ready to go. `kind` names its template ("order_placed"), for statistics at the provider.

    Neither `to` nor `subject` can hold a control character or a line break.
    """

    to: str
    subject: str
    html: str
    text: str
    kind: str

    def __post_init__(self) -> None:
        for name, header in (("to", self.to), ("subject", self.subject)):
            if any(unicodedata.category(character) in _BREAKING for character in header):
                raise InvalidValue(name, "has a control character or a line break")


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
