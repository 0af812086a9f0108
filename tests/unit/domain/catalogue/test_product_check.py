"""A product that can't be sold lawfully, made or shown is refused before anybody sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product as every_combination
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidValue
from domain.money import Money
from domain.tax.gst import in_forbidden_band
from tests.builders import a_color, a_material, a_product, a_sole, a_style
from tests.builders.catalogue import ProductBuilder

TODAY = date(2026, 12, 1)
BEFORE_REFORM = date(2025, 9, 21)


def complaints(product: ProductBuilder, on: date = TODAY, **changed: Any) -> list[str]:
    """The fields that are wrong, in order, once some of them were changed."""
    return [problem.field for problem in replace(product.build(), **changed).problems(on)]


def plain(base: int) -> ProductBuilder:
    """A product with one option of each kind, none of which costs extra."""
    return a_product().priced(base).in_styles(a_style()).on_soles(a_sole()).in_materials(a_material())


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("product_id", ["abc", "a" * 50, "oxford-2"], ["ab", "a" * 51, "Oxford", "ox ford", "ox_ford", "oxford\n", ""]),
        ("title", ["x", "x" * 200], ["", "  ", "x" * 201]),
        ("description", ["", "x" * 2_000], ["x" * 2_001]),
        ("category", ["OX", "SLIP_ON", "A" * 30], ["O", "oxford", "A" * 31, "_OX", "OX-1", ""]),
        (
            "hsn",
            ["6403", "640351", "64035119"],
            ["64", "640", "64035", "6403511", "640351199", "42035119", "HSN64035", ""],
        ),
        ("lead_time_days", [1, 365], [0, -1, 366]),
        ("leather_dm2", [1, 500], [0, -1]),
        ("base_price", [Money(1), Money(10_000_000)], [Money(0), Money(-1), Money(10_000_001)]),
        ("styles", [(a_style(),)], [()]),
        ("soles", [(a_sole(),)], [()]),
        ("materials", [(a_material(),)], [()]),
        ("sizes", [("40",), ("44.5", "40")], [(), ("42", "39.5"), ("42.0",)]),
        ("widths", [("E",), ("G", "E")], [(), ("F", "H")]),
    ],
)
def test_every_field_has_its_limits(field: str, good: list[Any], bad: list[Any]) -> None:  # each field has its type
    """What is within them passes, what isn't is refused under the field's own name."""
    assert [complaints(plain(1_299_900), **{field: value}) for value in good] == [[]] * len(good)
    assert [complaints(plain(1_299_900), **{field: value}) for value in bad] == [[field]] * len(bad)


def test_the_first_problem_is_raised_and_all_of_them_can_be_asked_for() -> None:
    """An importer reports every one; whoever only wants to know calls `check`."""
    bad = replace(a_product().build(), product_id="X", hsn="42", sizes=(), widths=("H",))
    assert [problem.field for problem in bad.problems(TODAY)] == ["product_id", "hsn", "sizes", "widths"]
    with pytest.raises(InvalidValue) as refused:
        bad.check(TODAY)
    assert refused.value.field == "product_id"
    a_product().with_everything().build().check(TODAY)


surcharges = st.lists(st.sampled_from([0, 1, 5_000, 32_500, 32_501, 40_000]), min_size=1, max_size=2, unique=True)


@given(
    base=st.integers(min_value=200_000, max_value=300_000)
    | st.sampled_from([262_499, 262_500, 262_501, 294_999, 295_000]),
    styles=surcharges,
    soles=surcharges,
    materials=surcharges,
    colors=surcharges,
    monogram=st.none() | st.sampled_from([0, 1, 32_500]),
)
def test_a_price_that_fits_no_gst_rate_is_refused_whatever_adds_up_to_it(
    base: int, styles: list[int], soles: list[int], materials: list[int], colors: list[int], monogram: int | None
) -> None:
    """The band above ₹2,625.00 and up to ₹2,950.00 is out of reach of every choice, or the product is refused."""
    product = (
        a_product()
        .priced(base)
        .in_styles(*(a_style(f"STYLE-{each}", surcharge=each) for each in styles))
        .on_soles(*(a_sole(f"SOLE-{each}", surcharge=each) for each in soles))
        .in_materials(
            *(
                a_material(f"M{each}", *(a_color(f"M{each}-{tint}", surcharge=tint) for tint in colors), surcharge=each)
                for each in materials
            )
        )
    )
    if monogram is not None:
        product = product.with_monogram(surcharge=monogram)
    burnt = [0] if monogram is None else [0, monogram]
    sums = [base + sum(parts) for parts in every_combination(styles, soles, materials, colors, burnt)]
    reaches_band = any(262_500 < price <= 295_000 for price in sums)
    assert complaints(product) == (["base_price"] if reaches_band else [])
    assert product.build().reachable_prices() == {Money(price) for price in sums}


def test_the_edges_of_the_band() -> None:
    """₹2,625.00 can still be sold at the lower rate, ₹2,950.01 already at the higher."""
    refused = [base for base in (262_500, 262_501, 295_000, 295_001) if complaints(plain(base))]
    assert refused == [262_501, 295_000]


def test_the_band_is_that_of_the_day() -> None:
    """₹1,150.00 fitted no rate before the reform of September 2025, and fits one since."""
    assert in_forbidden_band(Money(115_000), BEFORE_REFORM)
    assert complaints(plain(115_000), on=BEFORE_REFORM) == ["base_price"]
    assert complaints(plain(115_000)) == []
    assert complaints(plain(280_000), on=BEFORE_REFORM) == []


def test_an_option_that_was_withdrawn_does_not_count() -> None:
    """Nobody can choose it, so nobody pays its price."""

    def with_styles(*, active: bool) -> ProductBuilder:
        return plain(250_000).in_styles(a_style(), a_style("DEAR", surcharge=20_000, active=active))

    def with_colors(*, active: bool) -> ProductBuilder:
        dear = a_color("CALF-DEAR", surcharge=20_000, active=active)
        return plain(250_000).in_materials(a_material("CALF", a_color(), dear))

    assert complaints(with_styles(active=True)) == complaints(with_colors(active=True)) == ["base_price"]
    assert complaints(with_styles(active=False)) == complaints(with_colors(active=False)) == []
