"""A design costs what its parts cost today, or can't be bought any more."""

from __future__ import annotations

import pytest

from domain.catalogue.errors import DesignNotBuildable
from domain.catalogue.product import Product
from domain.inventory.bill_of_materials import bill_of_materials
from domain.money import Money
from domain.pricing.pipeline import PriceableLine
from domain.pricing.quoted_line import lead_time_of, needs_of, quote_line
from domain.pricing.unit_price import PriceComponent, unit_price
from tests.builders import a_color, a_design, a_material, a_product, a_sole, a_style

DEAR = (
    a_product()
    .priced(1_000_000)
    .in_styles(a_style("BROGUE", name="Full brogue", surcharge=1))
    .on_soles(a_sole("RUBBER", name="Rubber", surcharge=20))
    .in_materials(a_material("SUEDE", a_color("SUEDE-BLUE", name="Blue", surcharge=4_000), name="Suede", surcharge=300))
    .with_monogram(surcharge=50_000)
    .build()
)


def test_a_price_is_the_base_and_every_surcharge_each_shown_once() -> None:
    """Base, style, sole, material, colour, monogram: in this order, and they add up."""
    price = unit_price(DEAR, a_design().of(DEAR).monogrammed("AR").build())
    assert price.amount == Money(1_054_321)
    assert price.breakdown == (
        PriceComponent("base", "Oxford Roma", Money(1_000_000)),
        PriceComponent("style", "Full brogue", Money(1)),
        PriceComponent("sole", "Rubber", Money(20)),
        PriceComponent("material", "Suede", Money(300)),
        PriceComponent("color", "Blue", Money(4_000)),
        PriceComponent("monogram", "Monogram AR", Money(50_000)),
    )


def test_what_costs_nothing_extra_is_not_listed() -> None:
    """A breakdown has no zeros, and a shoe without initials pays for none."""
    roma = a_product().with_monogram().build()
    price = unit_price(roma, a_design().of(roma).build())
    assert [part.code for part in price.breakdown] == ["base"]
    assert price.amount == roma.base_price


@pytest.mark.parametrize("product", [None, a_product().inactive().build()], ids=["deleted", "inactive"])
def test_a_product_that_is_gone_cannot_be_bought(product: Product | None) -> None:
    """The refusal says that it is the product."""
    with pytest.raises(DesignNotBuildable) as refused:
        quote_line(product, a_design().build(), 1)
    assert [(each.field, each.code) for each in refused.value.problems] == [("product", "product-gone")]


@pytest.mark.parametrize(
    ("product", "field"),
    [
        (a_product().in_styles(a_style("BROGUE")).build(), "style"),
        (a_product().in_styles(a_style("CAPTOE", active=False), a_style("BROGUE")).build(), "style"),
        (a_product().in_sizes("41").build(), "size"),
        (a_product().in_widths("G").build(), "width"),
    ],
    ids=["style gone", "style withdrawn", "size gone", "width gone"],
)
def test_a_design_that_is_no_longer_offered_cannot_be_bought(product: Product, field: str) -> None:
    """A saved or carted design is checked against the catalogue of today."""
    with pytest.raises(DesignNotBuildable) as refused:
        quote_line(product, a_design().build(), 1)
    assert [each.field for each in refused.value.problems] == [field]


def test_a_monogram_that_is_no_longer_offered_is_refused_and_not_given_away() -> None:
    """The workshop neither burns it for nothing nor leaves it out in silence."""
    with pytest.raises(DesignNotBuildable) as refused:
        quote_line(a_product().build(), a_design().monogrammed("AR").build(), 1)
    assert [each.field for each in refused.value.problems] == ["monogram"]


def test_a_design_whose_option_is_unknown_has_no_price() -> None:
    """The price of an order's line is never made up from what is left."""
    with pytest.raises(DesignNotBuildable):
        unit_price(a_product().build(), a_design().in_style("GONE").build())


def test_a_quote_goes_into_the_pipeline_as_it_was_made() -> None:
    """Design code, unit price and pairs are those of the quote."""
    roma = a_product().build()
    design = a_design().on_sole("RUBBER").build()
    quoted = quote_line(roma, design, 3)
    assert quoted.priceable == PriceableLine(design.code, Money(1_299_900 + 25_000), 3)
    assert quoted.needs == bill_of_materials(roma, design)


def test_several_lines_need_the_sum_of_what_their_pairs_need() -> None:
    """What two lines share is counted for both, times their pairs."""
    roma = a_product().using_leather(24).build()
    lines = [
        quote_line(roma, a_design().in_size("42").build(), 2),
        quote_line(roma, a_design().in_size("43").build(), 3),
    ]
    assert needs_of(lines) == {
        "box:standard": 5,
        "leather:CALF-COGNAC": 2 * 24 + 3 * 25,
        "sole:GOODYEAR:42": 2,
        "sole:GOODYEAR:43": 3,
    }


def test_an_order_is_ready_when_its_slowest_pair_is() -> None:
    """The longest lead time counts, wherever it stands."""
    quick, slow = a_product().taking_days(7).build(), a_product().called("boot-roma").taking_days(45).build()
    lines = [quote_line(each, a_design().of(each).build(), 1) for each in (quick, slow)]
    assert lead_time_of(lines) == lead_time_of(lines[::-1]) == 45
