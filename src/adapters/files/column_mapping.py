"""How a CSV file that others have made is to be read as products."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Final

from adapters.files.column_sources import (
    ColumnSource,
    Constant,
    NoValue,
    PriceRule,
    PriceSteps,
    Template,
    ValueTable,
)
from adapters.files.csv_products import BETWEEN, COLUMNS, REQUIRED_COLUMNS
from adapters.files.csv_table import CsvRecord
from adapters.files.json_members import Members
from adapters.files.located_json import JsonArray, JsonObject, JsonValue, parse_json
from adapters.files.source import Source

_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """For each of our columns, where its cells come from."""

    sources: Mapping[str, ColumnSource]

    @classmethod
    def read(cls, path: Path) -> ColumnMapping:
        """The mapping in a JSON file. Raises UnreadableFile with the line."""
        source = Source.read(path)
        document = parse_json(source)
        if not isinstance(document, JsonObject):
            raise source.unreadable(1, "a mapping is one JSON object")
        return cls(_sources(source, document))

    @property
    def columns(self) -> tuple[str, ...]:
        """The foreign columns that the mapping looks at, each once."""
        return tuple(dict.fromkeys(column for source in self.sources.values() for column in source.columns))

    def translated(self, records: Iterable[CsvRecord]) -> Iterator[CsvRecord]:
        """Foreign records as records of our columns; what can't be translated is among their reasons."""
        for record in records:
            cells: dict[str, str] = {}
            reasons = list(record.reasons)
            for column, source in self.sources.items() if not reasons else ():
                try:
                    cells[column] = source.cell(record.cells)
                except NoValue as problem:
                    reasons.append(f"{column}: {problem}")
            yield CsvRecord(record.line, cells, tuple(reasons))


def _sources(source: Source, document: JsonObject) -> Mapping[str, ColumnSource]:
    """The sources by our column. All that is wrong with one of them is told at once."""
    members = Members(document)
    version = members.number("mapping")
    members.text("about", default="")
    columns = members.table("columns")
    reasons = members.finish()
    if not reasons and version != _VERSION:
        reasons = (f"mapping: the version has to be {_VERSION}",)
    if reasons or columns is None:
        raise source.unreadable(document.line, "; ".join(reasons))
    if missing := [name for name in REQUIRED_COLUMNS if name not in columns.members]:
        raise source.unreadable(columns.line, f"columns: nothing for {', '.join(missing)}")
    return {name: _source(name, value, source, columns) for name, value in columns.members.items()}


def _source(name: str, value: JsonValue, source: Source, columns: JsonObject) -> ColumnSource:
    line = columns.member_lines[name]
    if name not in COLUMNS or name in columns.repeated:
        problem = "stands there more than once" if name in columns.repeated else "products have no such column"
        raise source.unreadable(line, f"columns.{name[:40]}: {problem}")
    if not isinstance(value, JsonObject):
        raise source.unreadable(line, f"columns.{name}: has to be an object")
    members = Members(value, f"columns.{name}.")
    read = _read_source(members)
    if reasons := members.finish():
        raise source.unreadable(line, "; ".join(reasons))
    return read


def _read_source(members: Members) -> ColumnSource:
    """The one of the four kinds of source that the members make."""
    if members.has("value"):
        return Constant(_cell(members, "value", members.value("value")))
    if members.has("template"):
        return _template(members)
    if members.has("prices"):
        return PriceRule(members.text("column"), members.text("spreadBy"), _ladders(members))
    return ValueTable(members.text("column"), _values(members), _otherwise(members))


def _template(members: Members) -> Template:
    text = members.text("template")
    try:
        parsed = tuple(Formatter().parse(text))
    except ValueError as error:
        members.complain("template", str(error))
        return Template(())
    if any(column == "" or spec or conversion for _, column, spec, conversion in parsed):
        members.complain("template", "between braces stands the name of a column and nothing else")
    return Template(tuple((before, column) for before, column, _, _ in parsed))


def _values(members: Members) -> Mapping[str, str]:
    table = members.table("values")
    values = table.members if table is not None else {}
    return {key: _cell(members, f"values.{key[:40]}", value) for key, value in values.items()}


def _otherwise(members: Members) -> str | None:
    return _cell(members, "otherwise", members.value("otherwise")) if members.has("otherwise") else None


def _ladders(members: Members) -> Mapping[str, PriceSteps]:
    table = members.table("prices")
    ladders = {}
    for key, value in table.members.items() if table is not None else ():
        if not isinstance(value, JsonObject):
            members.complain(f"prices.{key[:40]}", "has to be an object")
            continue
        ladder = members.adopted(f"prices.{key[:40]}", value)
        ladders[key] = PriceSteps(ladder.number("lowest"), ladder.number("step"), ladder.number("steps"))
        if ladders[key].steps < 1:
            ladder.complain("steps", "has to be at least 1")
    return ladders


def _cell(members: Members, name: str, value: JsonValue) -> str:
    """What a cell of ours would say: a text as it is, a number, true or false, or a list of texts."""
    match value:
        case str():
            return value
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case JsonArray(entries=entries) if all(isinstance(entry, str) for _, entry in entries):
            return BETWEEN.join(str(entry) for _, entry in entries)
        case _:
            members.complain(name, "has to be a text, a whole number, true, false or a list of texts")
            return ""
