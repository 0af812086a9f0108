"""A GSTIN with a slip of the pen is recognised as such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.customers.gstin import Gstin
from domain.errors import InvalidValue

VALID = (
    "27AAPFU0939F1ZV",
    "29AAGCB7383J1Z4",
    "24AAACC1206D1ZM",
    "27AAACR5055K1Z7",
    "09AABCS1234A1ZZ",
    "29ABCDE1234F1ZW",
    "33ABCDE1234F1Z7",
)


@pytest.mark.parametrize("value", VALID)
def test_a_gstin_is_read_in_any_case_and_knows_its_state(value: str) -> None:
    """Registered numbers pass, and their first two digits are the state."""
    gstin = Gstin.parse(f" {value.lower()} ")
    assert gstin == Gstin(value)
    assert str(gstin) == value
    assert gstin.state.code == value[:2]


@given(
    st.sampled_from(VALID),
    st.integers(min_value=0, max_value=14),
    st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
)
def test_one_wrong_character_is_always_noticed(value: str, position: int, wrong: str) -> None:
    """The check character, or the form, gives any single slip away."""
    slipped = value[:position] + wrong + value[position + 1 :]
    if slipped == value:
        assert Gstin(slipped).value == value
    else:
        with pytest.raises(InvalidValue):
            Gstin(slipped)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "29ABCDE1234F1Z",
        "29ABCDE1234F1ZWW",
        "29ABCDE1234F0ZS",
        "29ABCDE1234F1AW",
        "2ABCDE1234F1ZW9",
        "29ABCDE1234F1ZW\x00",
    ],
)
def test_what_is_not_of_the_form_is_refused(text: str) -> None:
    """Length and the place of each letter and digit are fixed."""
    with pytest.raises(InvalidValue) as refused:
        Gstin.parse(text)
    assert refused.value.field == "gstin"


def test_a_number_of_no_current_state_is_refused_as_a_gstin() -> None:
    """Its check character may agree: state 28 is retired all the same."""
    with pytest.raises(InvalidValue, match="no current state") as refused:
        Gstin.parse("28ABCDE1234F1ZY")
    assert refused.value.field == "gstin"


def test_a_letter_outside_ascii_is_not_turned_into_one_inside() -> None:
    """A dotless i has the capital I, but is no part of a GSTIN."""
    assert Gstin.parse("29ABCIE1234F1ZL").state.code == "29"
    with pytest.raises(InvalidValue):
        Gstin.parse("29ABC\u0131E1234F1ZL")


def test_a_gstin_in_small_letters_cannot_exist() -> None:
    """The constructor takes the stored form alone."""
    with pytest.raises(InvalidValue):
        Gstin("29abcde1234f1zw")
