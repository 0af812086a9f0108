"""How values read in a letter: times as the workshop's clock shows them, texts that stay what they are."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from jinja2 import Undefined
from markupsafe import Markup

from domain.inventory.capacity import WORKSHOP_ZONE, Week

# Controls (line breaks among them), separators of lines and paragraphs, halves of surrogate pairs.
_BREAKING: Final = frozenset({"Cc", "Zl", "Zp", "Cs"})
# These reorder the text after them, so that a letter would read other than it is written.
_REORDERING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def day(at: datetime) -> str:
    """Tuesday 1 December 2026, in India."""
    return _dated(at.astimezone(WORKSHOP_ZONE))


def moment(at: datetime) -> str:
    """3:30 pm IST on Tuesday 1 December 2026."""
    local = at.astimezone(WORKSHOP_ZONE)
    clock = f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"
    return f"{clock} {local.tzname()} on {_dated(local)}"


def week(promised: Week) -> str:
    """The week of Monday 30 November 2026."""
    return f"the week of {_dated(promised.monday)}"


def words(code: str) -> str:
    """Booking impossible, of booking-impossible."""
    return code.replace("-", " ").capitalize()


def web_link(url: str | None) -> bool:
    """Whether that is an address of a web page, and no other thing that a click could start."""
    if url is None:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def shown(value: object) -> object:
    """A value on its way into a letter: on one line, and printable.

    What a template has marked as its own markup stays as it is, and so does what is
    undefined, so that Jinja complains of it. Nothing (None) is never shown.
    """
    if isinstance(value, Markup | Undefined):
        return value
    if value is None:
        raise TypeError("a letter shows a value that isn't there")
    return "".join(" " if _unprintable(character) else character for character in str(value))


def _unprintable(character: str) -> bool:
    return character in _REORDERING or unicodedata.category(character) in _BREAKING


def _dated(at: date) -> str:
    return f"{at:%A} {at.day} {at:%B %Y}"
