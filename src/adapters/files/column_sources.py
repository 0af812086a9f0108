"""Where a column mapping takes the text of one of our cells from."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

Cells = Mapping[str, str]


class NoValue(Exception):
    """A record has nothing that a mapping could make a cell of; says what it has."""


class ColumnSource(ABC):
    """Makes one cell of ours from a foreign record."""

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]:
        """The foreign columns that are looked at."""

    @abstractmethod
    def cell(self, record: Cells) -> str:
        """The text of our cell. Raises NoValue."""


@dataclass(frozen=True, slots=True)
class Constant(ColumnSource):
    """The same for every record."""

    text: str

    @property
    def columns(self) -> tuple[str, ...]:
        """See ColumnSource."""
        return ()

    def cell(self, record: Cells) -> str:
        """See ColumnSource."""
        return self.text


@dataclass(frozen=True, slots=True)
class Template(ColumnSource):
    """Text with cells in it. `pieces` are pairs of a text and the column that follows it (None at the end).

    Spaces next to each other become one, so that an empty cell leaves no gap.
    """

    pieces: tuple[tuple[str, str | None], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """See ColumnSource."""
        return tuple(column for _, column in self.pieces if column is not None)

    def cell(self, record: Cells) -> str:
        """See ColumnSource."""
        filled = (text + (record[column] if column is not None else "") for text, column in self.pieces)
        return " ".join("".join(filled).split())


@dataclass(frozen=True, slots=True)
class ValueTable(ColumnSource):
    """What a foreign value means here; `otherwise` stands for values that aren't listed (None: refused)."""

    column: str
    values: Mapping[str, str]
    otherwise: str | None

    @property
    def columns(self) -> tuple[str, ...]:
        """See ColumnSource."""
        return (self.column,)

    def cell(self, record: Cells) -> str:
        """See ColumnSource."""
        value = record[self.column].strip()
        text = self.values.get(value, self.otherwise)
        if text is None:
            raise NoValue(f"the mapping has no value for {self.column} {value[:40]!r}")
        return text


@dataclass(frozen=True, slots=True)
class PriceSteps:
    """Paise: `lowest`, `lowest + step`, … , `steps` prices in all."""

    lowest: int
    step: int
    steps: int


@dataclass(frozen=True, slots=True)
class PriceRule(ColumnSource):
    """A price from a ladder that the record's `column` picks; its `spread_by` cell picks the step.

    The step is the CRC-32 of that cell (UTF-8) modulo the number of steps: the same record
    has the same price in every import, and prices don't all look alike.
    """

    column: str
    spread_by: str
    ladders: Mapping[str, PriceSteps]

    @property
    def columns(self) -> tuple[str, ...]:
        """See ColumnSource."""
        return (self.column, self.spread_by)

    def cell(self, record: Cells) -> str:
        """See ColumnSource."""
        value = record[self.column].strip()
        ladder = self.ladders.get(value)
        if ladder is None:
            raise NoValue(f"the mapping has no price for {self.column} {value[:40]!r}")
        return str(ladder.lowest + ladder.step * (crc32(record[self.spread_by].strip().encode()) % ladder.steps))
