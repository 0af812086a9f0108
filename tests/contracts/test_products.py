"""Pricing and designing find the products that they ask for, and no others."""

from __future__ import annotations

import pytest

from tests.builders import a_product, a_style, catalogue_of, id_of
from tests.contracts.aggregates import state_of
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

NULL_BYTE = pytest.param("oxford\x00roma", id="null byte")
SURROGATE = pytest.param("\ud800", id="lone surrogate")

OXFORD = a_product().with_monogram().build()
DERBY = a_product().called("derby-roma").inactive().build()
STORED = {"version": 1}


@pytest.fixture(autouse=True)
async def catalogue(shop: ShopCase) -> None:
    """An active product and one that is no longer sold."""
    await shop.fill(catalogue_of(OXFORD, DERBY))


async def test_products_are_found_by_slug_also_inactive_ones(shop: ShopCase) -> None:
    """A cart may still hold what is no longer sold; what never was is left out."""
    found = await shop.products.named({"oxford-roma", "derby-roma", "never-made"})

    assert {slug: state_of(product) for slug, product in found.items()} == {
        "oxford-roma": state_of(OXFORD) | STORED,
        "derby-roma": state_of(DERBY) | STORED,
    }


async def test_asking_for_none_finds_none(shop: ShopCase) -> None:
    """An empty cart needs no products."""
    assert await shop.products.named([]) == {}


@pytest.mark.parametrize("reference", ["oxford-roma", str(OXFORD.id)])
async def test_an_active_product_is_found_by_slug_and_by_id(shop: ShopCase, reference: str) -> None:
    """Links use the slug, programs the id."""
    found = await shop.products.find(reference)

    assert found is not None
    assert state_of(found) == state_of(OXFORD) | STORED


@pytest.mark.parametrize(
    "reference",
    ["derby-roma", str(DERBY.id), "never-made", str(id_of("nobody")), "", NULL_BYTE, SURROGATE, "0", "OXFORD-ROMA"],
)
async def test_nothing_else_is_found(shop: ShopCase, reference: str) -> None:
    """Neither what is no longer sold nor what never was."""
    assert await shop.products.find(reference) is None


async def test_a_product_keeps_the_options_that_are_no_longer_active(shop: ShopCase) -> None:
    """Designs made with them can still be read; the domain refuses to sell them."""
    retired = a_style("AVELLO", active=False)
    await shop.fill(
        catalogue_of(a_product().called("monk-roma").in_styles(a_style(), retired).build(), stock=[], weeks=[])
    )

    found = await shop.products.find("monk-roma")

    assert found is not None
    assert found.style("AVELLO") == retired
