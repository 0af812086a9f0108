"""JSON that remembers on which line every object and every entry of an array stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder
from typing import Final, NoReturn

from adapters.files.source import Source

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_DEEPEST: Final = 16


@dataclass(frozen=True, slots=True)
class JsonObject:
    """An object with the lines on which its members begin.

    `repeated` are the names that it has more than once; the last of them is kept.
    """

    line: int
    members: Mapping[str, JsonValue]
    member_lines: Mapping[str, int]
    repeated: frozenset[str]


@dataclass(frozen=True, slots=True)
class JsonArray:
    """`entries` with the line on which each begins."""

    line: int
    entries: tuple[tuple[int, JsonValue], ...]


JsonValue = JsonObject | JsonArray | str | int | float | bool | None


def parse_json(source: Source) -> JsonValue:
    """The one value of a JSON text (RFC 8259, so no NaN and no Infinity).

    Raises UnreadableFile with the line at which the text stops being JSON.
    """
    parser = _Parser(source)
    value, end = parser.value(0, depth=0)
    end = parser.after_space(end)
    if end < len(source.text):
        parser.fail(end, "nothing may follow the end of the JSON")
    return value


class _Parser:
    """Walks over objects and arrays; the standard library decodes names and scalars."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = source.text
        self._decode = JSONDecoder(parse_constant=_refuse_constant).raw_decode

    def after_space(self, at: int) -> int:
        match = _SPACE.match(self._text, at)
        return match.end() if match else at

    def value(self, at: int, *, depth: int, inside: int | None = None) -> tuple[JsonValue, int]:
        at = self.after_space(at)
        if depth > _DEEPEST:
            self.fail(at, f"nested more than {_DEEPEST} deep")
        if self._text.startswith("{", at):
            return self._object(at, depth)
        if self._text.startswith("[", at):
            return self._array(at, depth)
        return self._scalar(at, inside)

    def fail(self, at: int, reason: str, *, inside: int | None = None) -> NoReturn:
        if at >= len(self._text):
            since = f", inside what begins on line {self._source.line_at(inside)}" if inside is not None else ""
            reason = f"the file ends too early{since}"
        raise self._source.unreadable(self._source.line_at(at), f"this is not JSON: {reason}")

    def _object(self, start: int, depth: int) -> tuple[JsonObject, int]:
        members: dict[str, JsonValue] = {}
        lines: dict[str, int] = {}
        repeated: set[str] = set()
        at, ended = self.after_space(start + 1), False
        if self._text.startswith("}", at):
            at, ended = at + 1, True
        while not ended:
            if not self._text.startswith('"', at):
                self.fail(at, "expected the name of a member, in double quotes", inside=start)
            line = self._source.line_at(at)
            scalar, at = self._scalar(at, start)
            name, at = str(scalar), self.after_space(at)
            if not self._text.startswith(":", at):
                self.fail(at, "expected ':'", inside=start)
            value, at = self.value(at + 1, depth=depth + 1, inside=start)
            if name in members:
                repeated.add(name)
            members[name], lines[name] = value, line
            at, ended = self._after_entry(at, "}", start)
        return JsonObject(self._source.line_at(start), members, lines, frozenset(repeated)), at

    def _array(self, start: int, depth: int) -> tuple[JsonArray, int]:
        entries: list[tuple[int, JsonValue]] = []
        at, ended = self.after_space(start + 1), False
        if self._text.startswith("]", at):
            at, ended = at + 1, True
        while not ended:
            line = self._source.line_at(at)
            value, at = self.value(at, depth=depth + 1, inside=start)
            entries.append((line, value))
            at, ended = self._after_entry(at, "]", start)
        return JsonArray(self._source.line_at(start), tuple(entries)), at

    def _after_entry(self, at: int, closing: str, start: int) -> tuple[int, bool]:
        """Behind the comma, or behind the closing bracket and True."""
        at = self.after_space(at)
        if self._text.startswith(closing, at):
            return at + 1, True
        if not self._text.startswith(",", at):
            self.fail(at, f"expected ',' or '{closing}'", inside=start)
        return self.after_space(at + 1), False

    def _scalar(self, at: int, inside: int | None) -> tuple[str | int | float | bool | None, int]:
        try:
            value: object
            value, end = self._decode(self._text, at)
        except JSONDecodeError as error:
            # Of a string that isn't closed the decoder names the start, which is more use than the end.
            self.fail(error.pos, error.msg[:1].lower() + error.msg[1:], inside=inside)
        except ValueError as error:  # a number of thousands of digits, NaN or Infinity
            self.fail(at, str(error))
        if value is not None and not isinstance(value, str | int | float):
            self.fail(at, "expected a value")
        return value, end


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")
