"""A size means a physical shoe, whichever system it is said in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue.sizes import Last, Size, SizeRow, SizeSystem
from domain.errors import InvalidValue
from tests.builders import a_last

ROMA = a_last()
# India differs from the UK here, as it does on some boxes.
OWN_SCALE = Last(
    "MILANO",
    "Milano",
    ("F",),
    (
        SizeRow(eu="41", uk="7", us="8", india="6"),
        SizeRow(eu="41.5", uk="7.5", us="8.5", india="6.5"),
        SizeRow(eu="42", uk="8", us="9", india="7"),
        SizeRow(eu="43", uk="9", us="10", india="8"),
    ),
)

some_lasts = st.sampled_from([ROMA, OWN_SCALE])
some_values = st.builds(lambda halves: f"{halves // 2}.5" if halves % 2 else str(halves // 2), st.integers(2, 199))


@given(some_lasts, st.sampled_from(SizeSystem), st.data())
def test_every_size_of_a_last_is_found_from_every_system(last: Last, system: SizeSystem, data: st.DataObject) -> None:
    """What a row spells in a system leads back to that row, and to no other."""
    row = data.draw(st.sampled_from(last.sizes))
    assert last.to_eu(Size(system, row.value_in(system))) == row.eu


@given(some_lasts, st.sampled_from(SizeSystem), some_values)
def test_a_size_that_a_last_has_not_is_not_replaced_by_a_neighbour(last: Last, system: SizeSystem, value: str) -> None:
    """There is either exactly that size or none: nobody gets a shoe that is nearly theirs."""
    eu = last.to_eu(Size(system, value))
    assert (eu is None) == (value not in {row.value_in(system) for row in last.sizes})
    if eu is not None:
        assert next(row for row in last.sizes if row.eu == eu).value_in(system) == value


def test_the_same_number_in_two_systems_is_two_sizes() -> None:
    """Eight is a UK 8 and a US 8, and those are different shoes."""
    assert OWN_SCALE.to_eu(Size(SizeSystem.UK, "8")) == "42"
    assert OWN_SCALE.to_eu(Size(SizeSystem.US, "8")) == "41"
    assert OWN_SCALE.to_eu(Size(SizeSystem.IN, "8")) == "43"
    assert OWN_SCALE.to_eu(Size(SizeSystem.EU, "8")) is None


@given(some_values)
def test_whole_and_half_sizes_exist(value: str) -> None:
    """From 1 to 99.5, and shown with their system."""
    assert str(Size(SizeSystem.UK, value)) == f"UK {value}"


@pytest.mark.parametrize(
    "value", ["", "0", "042", "42.0", "42.25", "42,5", ".5", "0.5", "100", "-42", " 42", "42\n", "4 2", "\u0664\u0662"]
)
def test_other_texts_are_no_sizes(value: str) -> None:
    """One spelling a size, so that equal sizes are equal texts."""
    with pytest.raises(InvalidValue) as refused:
        Size(SizeSystem.EU, value)
    assert refused.value.field == "size"


@pytest.mark.parametrize("system", ["eu", "uk", "us", "india"])
def test_a_row_is_well_spelled_in_every_system(system: str) -> None:
    """A typing error in any column of a table is caught at birth."""
    with pytest.raises(InvalidValue):
        replace(ROMA.sizes[0], **{system: "42.25"})


@pytest.mark.parametrize("system", ["eu", "uk", "us", "india"])
@pytest.mark.parametrize("second", ["41", "40.5"], ids=["the same again", "falling"])
def test_sizes_rise_from_row_to_row_in_every_system(system: str, second: str) -> None:
    """Otherwise a size would mean two shoes, or a bigger number the smaller shoe."""
    first = SizeRow(eu="41", uk="41", us="41", india="41")
    above = SizeRow(eu="42", uk="42", us="42", india="42")
    with pytest.raises(InvalidValue) as refused:
        Last("X", "X", ("F",), (first, replace(above, **{system: second})))
    assert refused.value.field == "sizes"


def test_sizes_are_compared_as_numbers() -> None:
    """Nine comes before ten, whatever the alphabet thinks."""
    last = Last("X", "X", ("F",), (SizeRow("42", "9", "9.5", "9"), SizeRow("43", "10", "10.5", "10")))
    assert last.to_eu(Size(SizeSystem.UK, "10")) == "43"


@pytest.mark.parametrize(("widths", "sizes"), [(("F",), ()), ((), ROMA.sizes), ((), ())])
def test_a_last_has_sizes_and_widths(widths: tuple[str, ...], sizes: tuple[SizeRow, ...]) -> None:
    """Nothing is built on a last without either."""
    with pytest.raises(InvalidValue) as refused:
        Last("X", "X", widths, sizes)
    assert refused.value.field == "last"


@pytest.mark.parametrize("width", ["A", "H", "EE"])
def test_widths_are_letters_a_to_h(width: str) -> None:
    """One letter, or two for the extra wide."""
    assert a_last(widths=(width,)).widths == (width,)


@pytest.mark.parametrize("width", ["", "f", "I", "EEE", "F ", "F\n"])
def test_other_texts_are_no_widths(width: str) -> None:
    """A last with one of them among good ones cannot exist."""
    with pytest.raises(InvalidValue) as refused:
        a_last(widths=("F", width))
    assert refused.value.field == "widths"
