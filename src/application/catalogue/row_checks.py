"""What can be said against a row without knowing the other rows."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from domain.catalogue.options import EXT_ID
from domain.catalogue.product import MAX_PRICE
from domain.errors import InvalidValue

_SHOWN: Final = 60


def objections(attempt: Callable[[], object], parent: str = "") -> Iterator[str]:
    """What the domain says against an attempt to make a value."""
    try:
        attempt()
    except InvalidValue as refused:
        yield objection(refused, parent)


def objection(refused: InvalidValue, parent: str = "") -> str:
    """A refusal of the domain (`base_price`) in the spelling of the file (`basePrice`)."""
    first, *others = refused.field.split("_")
    return f"{parent}{first}{''.join(word.capitalize() for word in others)}: {refused.message}"


def text_problems(member: str, text: str, longest: int) -> Iterator[str]:
    """A text that says nothing, says too much or has something in it that can't be seen."""
    if not text.strip() or len(text) > longest:
        yield f"{member}: 1 to {longest} characters, not {len(text.strip())}"
    yield from invisible_problems(member, text)


def invisible_problems(member: str, text: str) -> Iterator[str]:
    """Null bytes, lone surrogates and other characters that nobody means to write; line ends may be."""
    if text.isprintable():
        return
    for position, character in enumerate(text, start=1):
        if unicodedata.category(character) in {"Cc", "Cs"} and character != "\n":
            yield f"{member}: character {position} is U+{ord(character):04X}, which can't be shown"
            return


def range_problems(member: str, number: int, least: int, most: int) -> Iterator[str]:
    """A number outside `least` to `most`."""
    if not least <= number <= most:
        yield f"{member}: {least} to {most}, not {shown(number)}"


def surcharge_problems(member: str, surcharge: int) -> Iterator[str]:
    """Paise that no option may cost: less than nothing, or more than the dearest shoe."""
    return range_problems(member, surcharge, 0, MAX_PRICE.minor)


def repetitions(member: str, entries: Sequence[str]) -> Iterator[str]:
    """Entries that a list has more than once."""
    if repeated := sorted(entry for entry, times in Counter(entries).items() if times > 1):
        yield f"{member}: {', '.join(shown(entry) for entry in repeated)} more than once"


def spelling_problems(member: str, text: str, words: Iterable[str]) -> Iterator[str]:
    """A text that should be one of a few words, and is none."""
    known = tuple(words)
    if text not in known:
        yield f"{member}: {shown(text)} is none of {', '.join(known)}"


def code_problems(member: str, code: str) -> Iterator[str]:
    """A code of an option or a last that people couldn't type."""
    if not EXT_ID.fullmatch(code):
        yield f"{member}: {shown(code)} is not 2 to 40 of A-Z, 0-9 and '-'"


def shown(value: str | int) -> str:
    """A value of the file as a report may show it: escaped, and not too long."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
