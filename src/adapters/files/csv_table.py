"""A CSV file as its records, each with the line on which it begins."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from adapters.files.source import Source


@dataclass(frozen=True, slots=True)
class CsvRecord:
    """The cells of a record by column, or, when their number is wrong, that reason."""

    line: int
    cells: Mapping[str, str]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table with a header: comma separated, quoted with double quotes where needed (RFC 4180)."""

    source: Source
    header_line: int
    columns: tuple[str, ...]
    records: tuple[CsvRecord, ...]

    @classmethod
    def read(cls, source: Source) -> CsvTable:
        """The table of a file. Empty lines don't count.

        Raises UnreadableFile with the line when there is no proper header, no record, or a
        quote that is never closed.
        """
        lines = _records(source)
        header_line, header = next(lines)
        columns = tuple(cell.strip() for cell in header)
        if twice := sorted(name for name, times in Counter(columns).items() if times > 1):
            raise source.unreadable(header_line, f"two columns are called {twice[0]!r}")
        if len(columns) == 1 and any(separator in columns[0] for separator in ";\t|"):
            raise source.unreadable(header_line, "the columns have to be separated by commas")
        records = tuple(_record(line, columns, cells) for line, cells in lines)
        if not records:
            raise source.unreadable(header_line, "nothing stands below the header")
        return cls(source, header_line, columns, records)

    def require(self, needed: Collection[str], known: Collection[str] | None = None) -> None:
        """Raise UnreadableFile when a needed column is missing, or one isn't `known` (None: any may be)."""
        problems = []
        if missing := [name for name in needed if name not in self.columns]:
            problems.append(f"no column {', '.join(missing)}")
        if known is not None and (unknown := [name for name in self.columns if name not in known]):
            problems.append(f"unknown column {', '.join(map(repr, unknown))}")
        if problems:
            raise self.source.unreadable(self.header_line, "; ".join(problems))


def _records(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Records that have at least one cell filled, with their first lines."""
    reader = csv.reader(StringIO(source.text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise source.unreadable(line, f"the record that begins here is not CSV: {error}") from error
        if any(cell.strip() for cell in cells):
            yield line, cells


def _record(line: int, columns: tuple[str, ...], cells: list[str]) -> CsvRecord:
    if len(cells) != len(columns):
        reason = f"{len(cells)} cells, but the header has {len(columns)} columns"
        return CsvRecord(line, dict(zip(columns, cells, strict=False)), (reason,))
    return CsvRecord(line, dict(zip(columns, cells, strict=True)))
