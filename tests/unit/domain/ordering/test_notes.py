"""A customer's note reaches the workshop as it was meant, or is refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidValue
from domain.money import Money
from domain.ordering.notes import LONGEST_NOTE, read_note
from domain.ordering.policy import SalesPolicy
from tests.builders import HOLD, SELLER


@given(st.text(max_size=600))
def test_a_note_is_the_typed_text_without_blank_edges_or_refused(text: str) -> None:
    """What is kept is printable, not blank, at most 500 characters, and reads the same when read again."""
    try:
        note = read_note(text)
    except InvalidValue:
        return
    assert note == (text.strip() or None)
    assert read_note(note) == note
    assert len(note or "") <= LONGEST_NOTE
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in (note or "") if c not in "\n\r\t")


@pytest.mark.parametrize("text", [None, "", "   ", "\n\t "])
def test_nothing_is_no_note(text: str | None) -> None:
    """An empty field is the same as none."""
    assert read_note(text) is None


def test_lines_tabs_and_every_script_are_fine() -> None:
    """People write as they do."""
    note = "Bitte\n\tlinks etwas weiter.\r\nधन्यवाद 👞"
    assert read_note(f"  {note} ") == note


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ud800"])
def test_characters_that_cannot_be_printed_or_stored_are_refused(character: str) -> None:
    """A null byte or half a surrogate would fail in the database, an escape on the workshop's printer."""
    with pytest.raises(InvalidValue):
        read_note(f"left{character}right")


def test_five_hundred_characters_are_enough() -> None:
    """Counted after the blanks around them are gone."""
    assert read_note(" " * 50 + "x" * 500 + " " * 50) == "x" * 500
    with pytest.raises(InvalidValue) as refused:
        read_note("x" * 501)
    assert refused.value.field == "notes"


def test_terms_of_sale_that_make_no_sense_cannot_be_set() -> None:
    """An order is held for some time, and a limit for cash is not negative."""
    with pytest.raises(InvalidValue) as refused:
        SalesPolicy(seller=SELLER, hold=HOLD - HOLD, cod_limit=Money(0))
    assert refused.value.field == "hold"
    with pytest.raises(InvalidValue) as refused:
        SalesPolicy(seller=SELLER, hold=HOLD, cod_limit=Money(-1))
    assert refused.value.field == "cod_limit"
    assert SalesPolicy(seller=SELLER, hold=HOLD, cod_limit=Money(0)).cod_limit == Money(0)
