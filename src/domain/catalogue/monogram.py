"""Initials burnt into the sole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.errors import InvalidValue
from domain.money import NOTHING, Money

_LONGEST = 10
_LETTERS = re.compile(r"[A-Z0-9&.]+")


@dataclass(frozen=True, slots=True)
class MonogramOffer:
    """How many characters a product takes and what they cost together (GST included)."""

    max_length: int
    surcharge: Money

    def __post_init__(self) -> None:
        if not 1 <= self.max_length <= _LONGEST:
            raise InvalidValue("max_length", f"a monogram has 1 to {_LONGEST} characters")
        if self.surcharge < NOTHING:
            raise InvalidValue("surcharge", "a surcharge is not negative")

    def accepts(self, monogram: str) -> bool:
        """Capital letters, digits, '&' and '.', up to the product's limit."""
        return len(monogram) <= self.max_length and _LETTERS.fullmatch(monogram) is not None
