"""E-mail addresses that a message can be sent to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.errors import InvalidValue

_MAX_LENGTH = 254  # RFC 5321, 4.5.3.1.3: a path of 256 octets less its angle brackets
_MAX_LOCAL = 64  # RFC 5321, 4.5.3.1.1
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"({_LABEL}\.)+(?=.*[a-z]){_LABEL}")


@dataclass(frozen=True, slots=True)
class Email:
    """An address of at most 254 ASCII characters with its domain in lower case.

    The part before the @ keeps its case, which is the mailbox owner's affair. A domain in
    another script is written in its xn-- form. Use `parse` for what people type.
    """

    value: str

    def __post_init__(self) -> None:
        local, at, domain = self.value.rpartition("@")
        if len(self.value) > _MAX_LENGTH or len(local) > _MAX_LOCAL:
            raise InvalidValue("email", "too long for an e-mail address")
        if not (at and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)):
            raise InvalidValue("email", "not an e-mail address such as name@example.com")

    @classmethod
    def parse(cls, text: str) -> Email:
        """The address in a text with spaces around it and its domain in any case.

        Raises InvalidValue("email") when it is none.
        """
        local, at, domain = text.strip().rpartition("@")
        # Some letters outside ASCII become ASCII in lower case (the Kelvin sign a "k"):
        # lowering those would send one person's mail to another's domain.
        return cls(local + at + (domain.lower() if domain.isascii() else domain))

    def __str__(self) -> str:
        return self.value
