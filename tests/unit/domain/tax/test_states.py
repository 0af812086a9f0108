"""A state is found by whatever an Indian calls it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidValue
from domain.tax.states import GST_STATES, GstState

any_state = st.sampled_from(GST_STATES)


@given(any_state)
def test_every_state_is_found_by_its_code_its_name_and_its_abbreviation(state: GstState) -> None:
    """What the table says of a state leads back to it."""
    assert GstState.by_code(state.code) == state
    assert GstState.by_name(state.name) == state
    assert GstState.parse(state.code) == GstState.parse(state.name) == state
    if state.abbreviation is not None:
        assert GstState.parse(state.abbreviation) == state
        assert GstState.parse(f"IN-{state.abbreviation}") == state


@given(any_state, st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_spaces_and_ampersands_do_not_matter(state: GstState, recase: object) -> None:
    """Shouting, whispering, running words together and "&" all mean the same state."""
    assert callable(recase)
    for spelling in (state.name, state.name.replace(" and ", " & "), state.name.replace(" ", "")):
        assert GstState.parse(f"  {recase(spelling)} ") == state


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Orissa", "21"),
        ("Pondicherry", "34"),
        ("UTTARANCHAL", "05"),
        ("NCT of Delhi", "07"),
        ("New Delhi", "07"),
        ("Jammu & Kashmir", "01"),
        ("J&K", "01"),
        ("Dadra & Nagar Haveli and Daman & Diu", "26"),
        ("THE DADRA AND NAGAR HAVELI AND DAMAN AND DIU", "26"),
        ("Daman and Diu", "26"),
        ("Andaman & Nicobar", "35"),
        ("Tamilnadu", "33"),
        ("Karnātaka", "29"),
        ("OR", "21"),
        ("tg", "36"),
        ("ut", "05"),
        ("in-ka", "29"),
    ],
)
def test_older_and_looser_spellings_lead_to_the_state_of_today(text: str, code: str) -> None:
    """People still write the names of twenty years ago."""
    assert GstState.parse(text).code == code


@pytest.mark.parametrize(
    "text", ["", " ", "25", "28", "96", "99", "00", "1", "029", "XX", "Narnia", "Goa1", "Goa ನ", "and"]
)
def test_what_is_no_state_is_refused(text: str) -> None:
    """Retired codes, foreign ones, half-right names and nonsense are no state."""
    with pytest.raises(InvalidValue) as refused:
        GstState.parse(text)
    assert refused.value.field == "state"


def test_lookups_by_one_kind_do_not_guess_another() -> None:
    """A code is not looked up among names, nor a name among codes."""
    with pytest.raises(InvalidValue):
        GstState.by_code("Karnataka")
    with pytest.raises(InvalidValue):
        GstState.by_name("29")


def test_the_table_has_each_current_state_once() -> None:
    """28 States, 8 Union territories and Other Territory; no code or abbreviation twice."""
    codes = [state.code for state in GST_STATES]
    abbreviations = [state.abbreviation for state in GST_STATES if state.abbreviation]
    assert len(codes) == len(set(codes)) == 37
    assert len(abbreviations) == len(set(abbreviations)) == 36
    assert codes == sorted(codes)


def test_union_territories_that_levy_utgst_are_those_without_a_legislature() -> None:
    """Delhi, Puducherry and Jammu and Kashmir have one, and levy SGST."""
    without = {state.code for state in GST_STATES if state.is_union_territory_without_legislature}
    assert without == {"04", "26", "31", "35", "38", "97"}


@pytest.mark.parametrize(
    ("code", "name", "abbreviation", "field"),
    [
        ("9", "X", None, "code"),
        ("1a", "X", None, "code"),
        ("40", " - ", "XX", "name"),
        ("40", "X", "xx", "abbreviation"),
    ],
)
def test_a_malformed_state_cannot_exist(code: str, name: str, abbreviation: str | None, field: str) -> None:
    """Code, name and abbreviation are checked at birth."""
    with pytest.raises(InvalidValue) as refused:
        GstState(code, name, abbreviation)
    assert refused.value.field == field


def test_a_state_reads_as_its_name() -> None:
    """Invoices and couriers print the full name."""
    assert str(GstState.by_code("29")) == "Karnataka"
