"""GST identification numbers of businesses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.errors import InvalidValue
from domain.tax.states import GstState

# State code, PAN, number of the registration, Z, check character: a regular taxpayer's.
_GSTIN = re.compile(r"[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Gstin:
    """The 15 characters under which a regular taxpayer is registered, in capitals.

    Its state is a current one and its check character agrees. Use `parse` for what
    people type.
    """

    value: str

    def __post_init__(self) -> None:
        if not _GSTIN.fullmatch(self.value):
            raise InvalidValue("gstin", "not a GSTIN such as 29ABCDE1234F1ZW")
        if self.value[-1] != _check_character(self.value[:-1]):
            raise InvalidValue("gstin", "the last character does not agree with the rest")
        try:
            GstState.by_code(self.value[:2])
        except InvalidValue as error:
            raise InvalidValue("gstin", "its first two digits are no current state") from error

    @classmethod
    def parse(cls, text: str) -> Gstin:
        """The number in a text with spaces around it, in either case.

        Raises InvalidValue("gstin") when it is none.
        """
        stripped = text.strip()
        # Capitals of some letters outside ASCII are ASCII: those stay, and are refused.
        return cls(stripped.upper() if stripped.isascii() else stripped)

    @property
    def state(self) -> GstState:
        """Where the business is registered."""
        return GstState.by_code(self.value[:2])

    def __str__(self) -> str:
        return self.value


def _check_character(body: str) -> str:
    """Luhn's sum over base 36: every second character counts twice, its digits added."""
    total = 0
    for index, character in enumerate(body):
        product = _ALPHABET.index(character) * (1 + index % 2)
        total += product // 36 + product % 36
    return _ALPHABET[-total % 36]
