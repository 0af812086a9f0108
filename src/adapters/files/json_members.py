"""Reading the members of one JSON object, and noting all that is wrong with them."""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeVar

from adapters.files.located_json import JsonArray, JsonObject, JsonValue

T = TypeVar("T")

_SHOWN: Final = 40


class _Absent(Enum):
    ABSENT = "absent"


class Members:
    """One object of a file. What is asked for and isn't so goes to `reasons`, under its path.

    Every method answers with an empty value then. Nobody uses it: a row with reasons is refused.
    """

    def __init__(self, read: JsonObject, path: str = "", reasons: list[str] | None = None) -> None:
        self.line = read.line
        self.reasons: list[str] = [] if reasons is None else reasons
        self._path = path
        self._left = dict(read.members)
        self._parts: list[Members] = []
        for name in sorted(read.repeated):
            self.complain(name, "stands there more than once")

    def complain(self, name: str, reason: str) -> None:
        """Note what is wrong with a member."""
        self.reasons.append(f"{self._path}{name}: {reason}")

    def has(self, name: str) -> bool:
        """Whether there is such a member that hasn't been asked for yet."""
        return name in self._left

    def value(self, name: str) -> JsonValue:
        """Whatever is there."""
        value = self._take(name)
        return self._refused(name, value, "there", None) if value is _Absent.ABSENT else value

    def text(self, name: str, *, default: str | None = None) -> str:
        """A string. It may be left out when there is a default."""
        value = self._take(name, default=default)
        return value if isinstance(value, str) else self._refused(name, value, "a text", "")

    def number(self, name: str) -> int:
        """A whole number: neither 12.0 nor true."""
        value = self._take(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        return self._refused(name, value, "a whole number", 0)

    def flag(self, name: str, *, default: bool) -> bool:
        """true or false. It may be left out."""
        value = self._take(name, default=default)
        return value if isinstance(value, bool) else self._refused(name, value, "true or false", default)

    def texts(self, name: str) -> tuple[str, ...]:
        """An array of strings."""
        return self._list(name, str, "a list of texts")

    def objects(self, name: str) -> tuple[JsonObject, ...]:
        """An array of objects."""
        return self._list(name, JsonObject, "a list of objects")

    def table(self, name: str) -> JsonObject | None:
        """An object whose member names are the file's own; None, with a reason, when it isn't there."""
        value = self._take(name)
        return value if isinstance(value, JsonObject) else self._refused(name, value, "an object", None)

    def parts(self, name: str) -> tuple[Members, ...]:
        """An array of objects that belong to this one: their reasons are its reasons. It may be left out."""
        found = self.objects(name) if name in self._left else ()
        return tuple(self.adopted(f"{name}[{number}]", part) for number, part in enumerate(found))

    def part(self, name: str) -> Members:
        """An object that belongs to this one."""
        value = self._take(name)
        if isinstance(value, JsonObject):
            return self.adopted(name, value)
        # Its reasons go nowhere: that there is no object says it all.
        return Members(self._refused(name, value, "an object", JsonObject(self.line, {}, {}, frozenset())))

    def optional_part(self, name: str) -> Members | None:
        """An object that belongs to this one, unless it is left out or null."""
        if self._left.get(name) is None:
            self._left.pop(name, None)
            return None
        return self.part(name)

    def adopted(self, name: str, read: JsonObject) -> Members:
        """An object that belongs to this one under a path of its own: its reasons are this one's."""
        part = Members(read, f"{self._path}{name}.", self.reasons)
        self._parts.append(part)
        return part

    def finish(self) -> tuple[str, ...]:
        """All reasons, once everything that is known has been asked for: what is left is unknown."""
        for name in self._left:
            self.complain(repr(name[:_SHOWN]), "no member has that name")
        for part in self._parts:
            part.finish()
        return tuple(self.reasons)

    def _list(self, name: str, kind: type[T], wanted: str) -> tuple[T, ...]:
        value = self._take(name)
        if not isinstance(value, JsonArray):
            return self._refused(name, value, wanted, ())
        entries = tuple(entry for _, entry in value.entries if isinstance(entry, kind))
        if len(entries) < len(value.entries):
            self.complain(name, f"has to be {wanted} and nothing else")
        return entries

    def _take(self, name: str, *, default: str | bool | None = None) -> JsonValue | _Absent:
        return self._left.pop(name, _Absent.ABSENT if default is None else default)

    def _refused(self, name: str, value: JsonValue | _Absent, wanted: str, instead: T) -> T:
        missing = value is _Absent.ABSENT
        self.complain(name, "is missing" if missing else f"has to be {wanted}, not {_described(value)}")
        return instead


def _described(value: JsonValue | _Absent) -> str:
    match value:
        case JsonObject():
            return "an object"
        case JsonArray():
            return "a list"
        case str():
            return "a text"
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case _:
            return str(value)[:_SHOWN]
