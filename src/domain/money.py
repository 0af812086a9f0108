"""Amounts of money: whole paise, one currency, no floats anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from domain.errors import InvalidValue


def divide_half_up(numerator: int, denominator: int) -> int:
    """Integer quotient rounded half away from zero: the only rounding in the shop."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    n, d = abs(numerator), abs(denominator)
    return sign * ((2 * n + d) // (2 * d))


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in minor units (paise). Arithmetic is exact and within one currency."""

    minor: int
    currency: str = "INR"

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise InvalidValue("minor", "an amount is a whole number of paise")
        if self.currency != "INR":
            raise InvalidValue("currency", "only INR is sold in")

    @classmethod
    def zero(cls, currency: str = "INR") -> Money:
        """Nothing, in that currency."""
        return cls(0, currency)

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """The sum of any number of amounts (none: zero rupees)."""
        result = cls(0)
        for amount in amounts:
            result = result + amount
        return result

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._minor_of(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._minor_of(other), self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._minor_of(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._minor_of(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._minor_of(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._minor_of(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def allocate(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """Split in proportion to `weights` (≥ 0, not all zero) and lose no paisa.

        Largest remainder first; ties go to the earlier share, so the split of the same
        amount over the same weights is always the same.
        """
        whole = sum(weights)
        if whole <= 0 or min(weights) < 0:
            raise InvalidValue("weights", "shares are not negative and not all zero")
        sign = -1 if self.minor < 0 else 1
        amount = abs(self.minor)
        shares = [amount * weight // whole for weight in weights]
        left = amount - sum(shares)
        by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
        for index in by_remainder[:left]:
            shares[index] += 1
        return tuple(Money(sign * share, self.currency) for share in shares)

    @property
    def formatted(self) -> str:
        """As an Indian reader expects it: ₹12,34,567.50 (lakh and crore grouping)."""
        rupees, paise = divmod(abs(self.minor), 100)
        digits = str(rupees)
        head, tail = digits[:-3], digits[-3:]
        groups: list[str] = []
        while head:
            groups.insert(0, head[-2:])
            head = head[:-2]
        sign = "-" if self.minor < 0 else ""
        return f"{sign}₹{','.join([*groups, tail])}.{paise:02d}"

    def __str__(self) -> str:
        return self.formatted

    def _minor_of(self, other: Money) -> int:
        if self.currency != other.currency:
            raise InvalidValue("currency", f"{self.currency} and {other.currency} do not mix")
        return other.minor


NOTHING: Final = Money(0)
"""Zero rupees, for defaults and comparisons."""
