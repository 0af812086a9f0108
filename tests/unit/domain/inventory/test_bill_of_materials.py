"""A pair takes the leather that its size needs, its own soles and a box."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.inventory.bill_of_materials import bill_of_materials, total_needs
from tests.builders import a_design, a_product

LEATHER = "leather:CALF-COGNAC"

sizes = st.builds(lambda halves: f"{halves // 2}.5" if halves % 2 else str(halves // 2), st.integers(2, 199))
areas = st.integers(1, 500)


def leather(dm2: int, size: str) -> int:
    """The leather of a pair in a size, when EU 42 takes so much."""
    return bill_of_materials(a_product().using_leather(dm2).build(), a_design().in_size(size).build())[LEATHER]


@given(areas, sizes, sizes)
def test_a_bigger_shoe_never_takes_less_leather(dm2: int, one: str, other: str) -> None:
    """Neither does a product that takes more."""
    small, big = sorted((one, other), key=Decimal)
    assert leather(dm2, small) <= leather(dm2, big)
    assert leather(dm2, one) <= leather(dm2 + 1, one)


@given(areas, sizes)
def test_a_pair_takes_some_leather_and_whole_square_decimetres(dm2: int, size: str) -> None:
    """At least one, and never less than the pattern: 2.5 % of EU 42's a size up or down."""
    pattern = Decimal(dm2) * (1 + (Decimal(size) - 42) / 40)
    assert leather(dm2, size) >= 1
    assert pattern <= leather(dm2, size) < max(pattern, Decimal(0)) + 1 or leather(dm2, size) == 1


@pytest.mark.parametrize(
    ("size", "dm2"),
    [("42", 24), ("42.5", 25), ("43", 25), ("43.5", 25), ("44", 26), ("41", 24), ("40", 23), ("39", 23)],
)
def test_leather_is_rounded_up(size: str, dm2: int) -> None:
    """An Oxford of 24 dm² at EU 42: what is cut into is used up."""
    assert leather(24, size) == dm2


def test_a_pair_takes_one_pair_of_soles_in_its_size_and_a_box() -> None:
    """And nothing else; all by the names that the stock room uses."""
    design = a_design().on_sole("RUBBER").in_size("42.5").in_material("SUEDE", "SUEDE-BLACK").build()
    assert bill_of_materials(a_product().using_leather(20).build(), design) == {
        "leather:SUEDE-BLACK": 21,
        "sole:RUBBER:42.5": 1,
        "box:standard": 1,
    }


bills = st.lists(
    st.tuples(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 30)), st.integers(1, 10)), max_size=5
)


@given(bills)
def test_lines_together_take_the_sum_in_one_order(lines: list[tuple[dict[str, int], int]]) -> None:
    """Nothing is forgotten, and rows are named in sku order, which is the order they are locked in."""
    needs = total_needs(lines)
    assert list(needs) == sorted({sku for bill, _ in lines for sku in bill})
    for sku, quantity in needs.items():
        assert quantity == sum(bill.get(sku, 0) * pairs for bill, pairs in lines)
