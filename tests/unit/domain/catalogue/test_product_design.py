"""A choice becomes a design when the shoe can be built, or every reason against it is told."""

from __future__ import annotations

from dataclasses import replace
from itertools import product as every_combination
from typing import Any

import pytest

from domain.catalogue.errors import DesignNotBuildable
from domain.catalogue.options import OptionKind
from domain.catalogue.product import Product
from domain.catalogue.sizes import Size, SizeSystem
from domain.design.design import DesignChoice
from domain.pricing.unit_price import unit_price
from tests.builders import a_color, a_design, a_material, a_product, a_sole, a_style
from tests.builders.catalogue import ProductBuilder

STYLE, SOLE, MATERIAL, COLOR, WIDTH = OptionKind
ROMA = a_product().with_monogram(max_length=3).build()
GOOD = a_design().choice()


def problems(product: Product, choice: DesignChoice) -> list[tuple[str, str]]:
    """What stands against a choice: (field, code) of every reason."""
    try:
        product.design(choice)
    except DesignNotBuildable as refusal:
        return [(problem.field, problem.code) for problem in refusal.problems]
    return []


def test_every_combination_that_is_offered_can_be_built_and_costs_what_was_foreseen() -> None:
    """Without rules all options go together, and `reachable_prices` knew each price."""
    prices = set()
    for style, sole, material, size, width, monogram in every_combination(
        ROMA.styles, ROMA.soles, ROMA.materials, ROMA.sizes, ROMA.widths, (None, "AB")
    ):
        for color in material.colors:
            choice = DesignChoice(
                style.ext_id, sole.ext_id, material.ext_id, color.ext_id, Size(SizeSystem.EU, size), width, monogram
            )
            design = ROMA.design(choice)
            assert (design.product_id, design.size_eu, design.monogram) == (ROMA.product_id, size, monogram)
            prices.add(unit_price(ROMA, design).amount)
    assert prices == ROMA.reachable_prices()


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"style": "GONE"}, ("style", "unknown-style")),
        ({"sole": "GONE"}, ("sole", "unknown-sole")),
        ({"material": "GONE"}, ("material", "unknown-material")),
        ({"color": "GONE"}, ("color", "unknown-color")),
        ({"color": "SUEDE-BLACK"}, ("color", "unknown-color")),
        ({"color": "CALF"}, ("color", "unknown-color")),
        ({"size": Size(SizeSystem.EU, "44")}, ("size", "unknown-size")),
        ({"size": Size(SizeSystem.EU, "46")}, ("size", "unknown-size")),
        ({"size": Size(SizeSystem.US, "42")}, ("size", "unknown-size")),
        ({"width": "E"}, ("width", "unknown-width")),
        ({"width": "f"}, ("width", "unknown-width")),
        ({"monogram": "ABCD"}, ("monogram", "bad-monogram")),
        ({"monogram": "ab"}, ("monogram", "bad-monogram")),
    ],
)
def test_what_is_not_offered_is_refused_by_name(changed: dict[str, Any], problem: tuple[str, str]) -> None:
    """An option of the last, of another material or of another spelling is not an option of the product."""
    assert problems(ROMA, replace(GOOD, **changed)) == [problem]


def test_a_monogram_on_a_shoe_that_takes_none_is_refused() -> None:
    """It is not left out in silence."""
    assert problems(a_product().build(), replace(GOOD, monogram="AB")) == [("monogram", "no-monogram")]


@pytest.mark.parametrize(
    ("product", "field"),
    [
        (a_product().in_styles(a_style("CAPTOE", active=False), a_style("BROGUE")), "style"),
        (a_product().on_soles(a_sole("GOODYEAR", active=False)), "sole"),
        (a_product().in_materials(a_material("CALF", active=False)), "material"),
        (a_product().in_materials(a_material("CALF", a_color("CALF-COGNAC", active=False))), "color"),
    ],
    ids=["style", "sole", "material", "color"],
)
def test_an_option_that_was_withdrawn_cannot_be_chosen(product: ProductBuilder, field: str) -> None:
    """It stays readable in what was sold, and is gone for what will be."""
    assert problems(product.build(), GOOD) == [(field, f"unknown-{field}")]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """The customer mends the whole form in one go."""
    bad = DesignChoice("X1", "X2", "X3", "X4", Size(SizeSystem.EU, "99"), "H", "too long")
    assert [field for field, _ in problems(ROMA, bad)] == ["style", "sole", "material", "size", "width", "monogram"]


def test_every_broken_rule_is_told_with_the_workshop_s_reason() -> None:
    """Rules speak to the customer, and point at the option that should change."""
    ruled = (
        a_product()
        .excluding((STYLE, "CAPTOE"), (SOLE, "RUBBER"))
        .requiring((MATERIAL, "CALF"), (WIDTH, "G"))
        .requiring((COLOR, "CALF-COGNAC"), (STYLE, "CAPTOE"))
        .build()
    )
    with pytest.raises(DesignNotBuildable) as refused:
        ruled.design(replace(GOOD, sole="RUBBER"))
    assert [(each.field, each.code, each.message) for each in refused.value.problems] == [
        ("sole", "rule-excludes", "CAPTOE excludes RUBBER."),
        ("width", "rule-requires", "CALF requires G."),
    ]
    assert ruled.design(replace(GOOD, width="G")).width == "G"


def test_rules_hold_for_options_named_by_id_too() -> None:
    """No way of naming an option gets round a rule."""
    ruled = a_product().excluding((STYLE, "CAPTOE"), (SOLE, "RUBBER")).build()
    by_id = replace(GOOD, style=str(ruled.styles[0].id), sole=str(ruled.soles[1].id))
    assert problems(ruled, by_id) == [("sole", "rule-excludes")]


def test_a_broken_rule_is_told_together_with_what_is_not_offered() -> None:
    """A wrong width doesn't hide that style and sole don't go together: both are mended in one go."""
    ruled = a_product().excluding((STYLE, "CAPTOE"), (SOLE, "RUBBER")).build()
    assert set(problems(ruled, replace(GOOD, sole="RUBBER", width="H"))) == {
        ("width", "unknown-width"),
        ("sole", "rule-excludes"),
    }


def test_a_rule_about_an_option_that_is_not_offered_adds_no_second_reason() -> None:
    """One mistake is told once."""
    ruled = a_product().requiring((STYLE, "CAPTOE"), (SOLE, "GOODYEAR")).build()
    assert problems(ruled, replace(GOOD, sole="GONE")) == [("sole", "unknown-sole")]


def test_sizes_are_offered_in_the_order_of_the_last() -> None:
    """However the product lists them, shoppers read them from small to big, and those offered only."""
    product = a_product().in_sizes("43", "41", "42.5").build()
    assert [row.eu for row in product.offered_sizes] == ["41", "42.5", "43"]
