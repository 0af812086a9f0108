"""Shoe sizes: four systems, half sizes, widths, and the conversion table of a last.

A last is the form that a shoe is built on. Two lasts convert differently, so a size
means something only together with its last. Inside the shop a size is its EU value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import InvalidValue

_VALUE = re.compile(r"[1-9][0-9]?(\.5)?")
_WIDTH = re.compile(r"[A-H]{1,2}")


class SizeSystem(StrEnum):
    """How a size is spelled. India uses the UK scale on most boxes, but not on all lasts."""

    EU = "EU"
    UK = "UK"
    US = "US"
    IN = "IN"


@dataclass(frozen=True, slots=True)
class Size:
    """A size as somebody says it: `Size(SizeSystem.UK, "8.5")`. Whole or half."""

    system: SizeSystem
    value: str

    def __post_init__(self) -> None:
        if not _VALUE.fullmatch(self.value):
            raise InvalidValue("size", f"{self.value!r} is not a whole or half size")

    def __str__(self) -> str:
        return f"{self.system} {self.value}"


@dataclass(frozen=True, slots=True)
class SizeRow:
    """One physical size in every system."""

    eu: str
    uk: str
    us: str
    india: str

    def __post_init__(self) -> None:
        for value in (self.eu, self.uk, self.us, self.india):
            Size(SizeSystem.EU, value)

    def value_in(self, system: SizeSystem) -> str:
        """This size as `system` spells it."""
        match system:
            case SizeSystem.EU:
                return self.eu
            case SizeSystem.UK:
                return self.uk
            case SizeSystem.US:
                return self.us
            case SizeSystem.IN:
                return self.india


@dataclass(frozen=True, slots=True)
class Last:
    """The wooden form: its widths and its size table, smallest first."""

    code: str
    name: str
    widths: tuple[str, ...]
    sizes: tuple[SizeRow, ...]

    def __post_init__(self) -> None:
        if not self.sizes or not self.widths:
            raise InvalidValue("last", f"{self.code} needs at least one size and one width")
        for width in self.widths:
            if not _WIDTH.fullmatch(width):
                raise InvalidValue("widths", f"{width!r} is not a width (A to H)")
        for system in SizeSystem:
            values = [float(row.value_in(system)) for row in self.sizes]
            if values != sorted(set(values)):
                raise InvalidValue("sizes", f"{self.code}: {system} sizes must rise from row to row")

    def to_eu(self, size: Size) -> str | None:
        """The EU value of `size` on this last; None when the last has no such size."""
        for row in self.sizes:
            if row.value_in(size.system) == size.value:
                return row.eu
        return None
