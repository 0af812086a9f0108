"""The fields of a body, read one by one with Laravel's sentences for what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, TypeVar

import msgspec

from sandbox.shiprocket.wire.errors import INVALID, invalid, not_a_list

_Choice = TypeVar("_Choice", bound=str)

_TOO_GREAT: Final = 10**15
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_TRUE_OR_FALSE: Final[Mapping[object, bool]] = {1: True, 0: False, "1": True, "0": False, "true": True, "false": False}


class Fields:
    """Reads on after a mistake, so that `check` can tell all of them at once.

    A reader answers something harmless for a field that is wrong. What PHP would take for a
    text or a number is taken here too.
    """

    def __init__(
        self, sent: Mapping[str, object], prefix: str = "", errors: dict[str, list[str]] | None = None
    ) -> None:
        self._sent = sent
        self._prefix = prefix
        self.errors: dict[str, list[str]] = {} if errors is None else errors

    def has(self, name: str) -> bool:
        """Whether it was sent and isn't empty."""
        return self._sent.get(name) not in (None, "", [], {})

    def wrong(self, name: str, sentence: str) -> None:
        """Note a mistake."""
        self.errors.setdefault(self._prefix + name, []).append(sentence)

    def check(self, message: str = INVALID) -> None:
        """Raise Refused if anything was wrong."""
        if self.errors:
            raise invalid(self.errors, message)

    def required(self, name: str) -> bool:
        """Note it when it is missing."""
        if not self.has(name):
            self.wrong(name, f"The {self._spoken(name)} field is required.")
        return self.has(name)

    def text(self, name: str, longest: int = 255) -> str:
        """A required text."""
        return self.optional_text(name, longest) if self.required(name) else ""

    def optional_text(self, name: str, longest: int = 255) -> str:
        """A text, or nothing; numbers are texts to PHP."""
        value = self._sent.get(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.wrong(name, f"The {self._spoken(name)} must be a string.")
            return ""
        if len(str(value)) > longest:
            self.wrong(name, f"The {self._spoken(name)} may not be greater than {longest} characters.")
        return str(value)

    def digits(self, name: str, count: int, sentence: str) -> str:
        """A required number of so many digits, sent as a number or as a text."""
        value = self.text(name)
        if value and re.fullmatch(rf"[1-9][0-9]{{{count - 1}}}", value) is None:
            self.wrong(name, sentence)
        return value

    def email(self, name: str) -> str:
        """A required e-mail address."""
        value = self.text(name)
        if value and _EMAIL.fullmatch(value) is None:
            self.wrong(name, f"The {self._spoken(name)} must be a valid email address.")
        return value

    def moment(self, name: str, *formats: str) -> str:
        """A required date in one of those formats."""
        value = self.text(name)
        if value and not any(_reads(value, each) for each in formats):
            self.wrong(name, f"The {self._spoken(name)} is not a valid date.")
        return value

    def number(self, name: str, *, above: float | None = None) -> float:
        """A required number."""
        return self.optional_number(name, above=above) if self.required(name) else 0.0

    def optional_number(self, name: str, *, above: float | None = None) -> float:
        """A number, or 0."""
        if not self.has(name):
            return 0.0
        value = _number(self._sent[name])
        if value is None:
            self.wrong(name, f"The {self._spoken(name)} must be a number.")
            return 0.0
        if above is not None and value <= above:
            self.wrong(name, f"The {self._spoken(name)} must be greater than {above:g}.")
        return value

    def integer(self, name: str) -> int:
        """A required whole number."""
        return self.optional_integer(name) or 0 if self.required(name) else 0

    def optional_integer(self, name: str) -> int | None:
        """A whole number, or nothing."""
        if not self.has(name):
            return None
        value = _number(self._sent[name])
        if value is None or value != int(value):
            self.wrong(name, f"The {self._spoken(name)} must be an integer.")
            return None
        return int(value)

    def flag(self, name: str) -> bool:
        """A required yes or no: true, 1, "1" and their opposites."""
        value = self._sent.get(name)
        if value is None or value == "":
            self.required(name)
        elif isinstance(value, list | dict) or value not in _TRUE_OR_FALSE:
            self.wrong(name, f"The {self._spoken(name)} field must be true or false.")
        else:
            return _TRUE_OR_FALSE[value]
        return True

    def one_of(self, name: str, choices: Sequence[_Choice]) -> _Choice:
        """A required text out of few."""
        if self.required(name):
            for choice in choices:
                if choice == self._sent[name]:
                    return choice
            self.wrong(name, f"The selected {self._spoken(name)} is invalid.")
        return choices[0]

    def integers(self, name: str, *, scalar_sentence: str | None = None) -> list[int]:
        """A required list of whole numbers. What is no list is PHP's 500, or that sentence."""
        if not self.required(name):
            return []
        value = self._sent[name]
        if not isinstance(value, list):
            if scalar_sentence is None:
                raise not_a_list()
            self.wrong(name, scalar_sentence)
            return []
        numbers = [_number(each) for each in value]
        return [-1 if each is None else int(each) for each in numbers]

    def values(self, name: str) -> list[object]:
        """A required list of whatever."""
        if not self.required(name):
            return []
        value = self._sent[name]
        if not isinstance(value, list):
            raise not_a_list()
        return value

    def first(self, name: str) -> Fields | None:
        """What may be sent plain or as the only one in a list: the same field without the list, or None if empty."""
        value = self._sent.get(name)
        if isinstance(value, list) and len(value) > 1:
            self.wrong(name, f"The {self._spoken(name)} may not have more than 1 items.")
        plain = value[0] if isinstance(value, list) and value else value
        return Fields({name: plain}, self._prefix, self.errors) if plain not in (None, "", []) else None

    def parts(self, name: str) -> list[Fields]:
        """A required list of objects; their mistakes are told as `name.0.field`."""
        return [
            Fields(each if isinstance(each, dict) else {}, f"{self._prefix}{name}.{index}.", self.errors)
            for index, each in enumerate(self.values(name))
        ]

    def _spoken(self, name: str) -> str:
        return self._prefix + name if self._prefix else name.replace("_", " ")


def read_body(body: bytes) -> Fields:
    """The fields of a JSON object; of anything else PHP gets none."""
    try:
        sent = msgspec.json.decode(body, type=dict[str, object])
    except (ValueError, RecursionError):
        sent = {}
    return Fields(sent)


def _number(value: object) -> float | None:
    if isinstance(value, int | float):
        return float(value) if abs(value) < _TOO_GREAT else None
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", value):
        return float(value)
    return None


def _reads(value: str, form: str) -> bool:
    try:
        datetime.strptime(value, form)  # noqa: DTZ007 - only whether it can be read
    except ValueError:
        return False
    return True
