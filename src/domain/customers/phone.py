"""Indian mobile numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.errors import InvalidValue

_E164 = re.compile(r"\+91[6-9][0-9]{9}")
_TYPED = re.compile(r"(?:\+91|91|0)?([6-9][0-9]{9})")


@dataclass(frozen=True, slots=True)
class Phone:
    """A mobile number of India in E.164: "+919876543210". Couriers ring it.

    Use `parse` for what people type.
    """

    value: str

    def __post_init__(self) -> None:
        if not _E164.fullmatch(self.value):
            raise InvalidValue("phone", "a mobile number is +91 and ten digits, the first 6 to 9")

    @classmethod
    def parse(cls, text: str) -> Phone:
        """The number in a text such as "098765 43210", "91-9876543210" or "+91 98765 43210".

        A landline whose STD code begins with 6 to 9 (080, 079) can't be told from a mobile.
        Raises InvalidValue("phone") when it is no Indian mobile number.
        """
        typed = _TYPED.fullmatch(text.strip().replace(" ", "").replace("-", ""))
        if typed is None:
            raise InvalidValue("phone", "not an Indian mobile number such as 98765 43210")
        return cls(f"+91{typed[1]}")

    @property
    def national(self) -> str:
        """The ten digits alone, as Indian couriers want them."""
        return self.value.removeprefix("+91")

    def __str__(self) -> str:
        return self.value
