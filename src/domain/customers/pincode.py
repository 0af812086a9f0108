"""Indian PIN codes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.errors import InvalidValue

_PIN = re.compile(r"[1-9][0-9]{5}")
_TYPED = re.compile(r"([1-9][0-9]{2}) ?([0-9]{3})")


@dataclass(frozen=True, slots=True)
class PinCode:
    """Six digits, the first not 0. Well-formed only: whether an office has it is not known here.

    Use `parse` for what people type.
    """

    value: str

    def __post_init__(self) -> None:
        if not _PIN.fullmatch(self.value):
            raise InvalidValue("pincode", "a PIN code is six digits, the first not 0")

    @classmethod
    def parse(cls, text: str) -> PinCode:
        """The code in "560001" or, as it is printed, "560 001".

        Raises InvalidValue("pincode") when it is none.
        """
        typed = _TYPED.fullmatch(text.strip())
        if typed is None:
            raise InvalidValue("pincode", "not a PIN code such as 560001")
        return cls(typed[1] + typed[2])

    def __str__(self) -> str:
        return self.value
