"""Keeping account of an import: which rows are refused and why, and what the others bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from application.catalogue.row_checks import shown
from application.catalogue.rows import RejectedRow, RowKind

T = TypeVar("T")

RowKey = tuple[RowKind, str]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things of a kind an import creates, changes, and finds as they are."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class Ledger:
    """The rows refused so far. `blamed` are reasons against rows that only other things show."""

    blamed: Mapping[RowKey, Sequence[str]]
    refused: list[RejectedRow] = field(default_factory=list)
    _refused_lines: dict[RowKey, int] = field(default_factory=dict)
    _seen: dict[RowKey, int] = field(default_factory=dict)

    def refuse(self, row: RejectedRow) -> None:
        """Note a bad row."""
        self.refused.append(row)
        self._refused_lines.setdefault((row.kind, row.key), row.line)

    def refused_line(self, kind: RowKind, key: str) -> int | None:
        """Where a bad row with that key stands."""
        return self._refused_lines.get((kind, key))

    def reasons_against(self, kind: RowKind, key: str, line: int) -> list[str]:
        """What speaks against a row before it is looked into. Of rows with one key the first counts."""
        earlier = self._seen.get((kind, key))
        if earlier is None:
            self._seen[kind, key] = line
            bad = self._refused_lines.get((kind, key), line)
            earlier = bad if bad < line else None
        if earlier is not None:
            return [f"{kind} {shown(key)} is on line {earlier} already"]
        return list(self.blamed.get((kind, key), ()))


@dataclass(slots=True)
class Group(Generic[T]):
    """Everything of one kind that a row may refer to: what the file brings, else what the shop has."""

    kind: RowKind
    there: Mapping[str, T]
    ledger: Ledger
    brought: dict[str, T] = field(default_factory=dict)

    def find(self, member: str, key: str, reasons: list[str]) -> T | None:
        """What `key` names; None, and a reason that begins with the row's `member`, when there is nothing."""
        if key in self.brought:
            return self.brought[key]
        refused_line = self.ledger.refused_line(self.kind, key)
        if refused_line is not None:
            reasons.append(f"{member}: {self.kind} {shown(key)} on line {refused_line} is refused")
            return None
        found = self.there.get(key)
        if found is None:
            reasons.append(f"{member}: {self.kind} {shown(key)} is neither in the file nor in the shop")
        return found

    def find_all(self, member: str, keys: Iterable[str], reasons: list[str]) -> tuple[T, ...]:
        """What can be found of `keys`, with a reason for each that can't."""
        found = (self.find(member, key, reasons) for key in keys)
        return tuple(item for item in found if item is not None)

    def after(self, key: str, before: T) -> T:
        """What the shop's `before` would be after the import."""
        return self.brought.get(key, before)

    @property
    def everything(self) -> Iterable[T]:
        """All that there would be after the import."""
        return {**self.there, **self.brought}.values()

    @property
    def changes(self) -> tuple[T, ...]:
        """What has to be written: new things, and those that differ from the shop's."""
        return tuple(item for key, item in self.brought.items() if self.there.get(key) != item)

    @property
    def altered(self) -> frozenset[RowKey]:
        """What the shop has and the file changes."""
        return frozenset(
            (self.kind, key) for key, item in self.brought.items() if key in self.there and self.there[key] != item
        )

    @property
    def tally(self) -> Tally:
        """How the file's things compare to the shop's."""
        created = sum(key not in self.there for key in self.brought)
        updated = len(self.altered)
        return Tally(created, updated, len(self.brought) - created - updated)
