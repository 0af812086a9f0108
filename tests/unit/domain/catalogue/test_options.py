"""Options and monograms can be named, priced and shown, or they don't exist."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.catalogue.monogram import MonogramOffer
from domain.catalogue.options import Option
from domain.errors import InvalidValue
from domain.money import Money
from tests.builders import a_color, a_material, a_sole, a_style

EVERY_KIND: list[Option] = [a_style(), a_sole(), a_material(), a_color()]


def changed(field: str, value: str | Money) -> dict[str, Any]:  # which type belongs to which field is told by the table
    """One field's new value, for `replace`."""
    return {field: value}


@pytest.mark.parametrize("option", EVERY_KIND, ids=lambda option: type(option).__name__)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ext_id", ""),
        ("ext_id", "A"),
        ("ext_id", "A" * 41),
        ("ext_id", "cap-toe"),
        ("ext_id", "-CAP"),
        ("ext_id", "CAP TOE"),
        ("ext_id", "CAP:TOE"),
        ("ext_id", "CAP\n"),
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 81),
        ("surcharge", Money(-1)),
    ],
)
def test_an_option_without_a_proper_code_name_or_surcharge_cannot_exist(
    option: Option, field: str, value: str | Money
) -> None:
    """All four kinds of options obey the same terms, and the bad field is named."""
    with pytest.raises(InvalidValue) as refused:
        replace(option, **changed(field, value))
    assert refused.value.field == field


@pytest.mark.parametrize(("field", "value"), [("ext_id", "A0"), ("ext_id", "A" * 40), ("name", "x" * 80)])
def test_the_longest_and_the_shortest_are_taken(field: str, value: str) -> None:
    """Limits are inclusive."""
    assert getattr(replace(a_style(), **changed(field, value)), field) == value


@pytest.mark.parametrize("hex_code", ["8B4513", "#8B451", "#8B45133", "#8B451G", "red", "#8B4513\n"])
def test_a_colour_that_no_browser_can_show_cannot_exist(hex_code: str) -> None:
    """#RRGGBB and nothing else."""
    with pytest.raises(InvalidValue) as refused:
        a_color(hex_code=hex_code)
    assert refused.value.field == "hex_code"


def test_a_material_comes_in_at_least_one_colour() -> None:
    """Otherwise nobody could choose it."""
    with pytest.raises(InvalidValue) as refused:
        replace(a_material(), colors=())
    assert refused.value.field == "colors"


def test_an_option_goes_by_its_id_and_by_its_code() -> None:
    """And by nothing else, not even by its name."""
    style = a_style("CAPTOE")
    assert style.is_called("CAPTOE")
    assert style.is_called(str(style.id))
    assert not style.is_called(style.name)
    assert not style.is_called("captoe")
    assert not style.is_called(str(a_style("BROGUE").id))


@pytest.mark.parametrize("monogram", ["A", "A.B", "A&B", "007"])
def test_a_monogram_is_what_the_iron_can_burn(monogram: str) -> None:
    """Capitals, digits, '&' and '.', as many as the product takes."""
    assert MonogramOffer(3, Money(49_900)).accepts(monogram)


@pytest.mark.parametrize("monogram", ["", "ABCD", "ab", "A B", "Å", "A-B", "A\n"])
def test_what_the_iron_cannot_burn_is_not_accepted(monogram: str) -> None:
    """Too long, too short, or other letters."""
    assert not MonogramOffer(3, Money(49_900)).accepts(monogram)


@pytest.mark.parametrize(
    ("max_length", "surcharge", "field"), [(0, 0, "max_length"), (11, 0, "max_length"), (3, -1, "surcharge")]
)
def test_an_offer_of_no_letters_or_of_money_back_cannot_exist(max_length: int, surcharge: int, field: str) -> None:
    """1 to 10 characters, at a surcharge that is not negative."""
    with pytest.raises(InvalidValue) as refused:
        MonogramOffer(max_length, Money(surcharge))
    assert refused.value.field == field
    assert MonogramOffer(10, Money(0)).max_length == 10
