"""Shoppers see what is offered today, and how much of it there is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.catalogue.options import MaterialCategory
from ports.catalogue_views import FacetCount, ProductFilter
from tests.builders import a_color, a_material, a_product, a_sole, a_style, catalogue_of, id_of
from tests.contracts.aggregates import state_of
from tests.contracts.shop_fixtures import ShopCase
from tests.contracts.small_catalogue import CALF, GONE, PATENT, PRODUCTS, RETIRED

pytestmark = pytest.mark.anyio

NULL_BYTE = pytest.param("oxford\x00roma", id="null byte")
SURROGATE = pytest.param("\ud800", id="lone surrogate")

ANY = ProductFilter()


@pytest.fixture
async def catalogue(shop: ShopCase) -> None:
    """Three products that are sold, and one that is no longer."""
    await shop.fill(catalogue_of(*PRODUCTS, stock=[], weeks=[]))


@pytest.mark.parametrize("reference", ["slug", "id"])
async def test_a_product_is_shown_with_what_is_offered_today(shop: ShopCase, reference: str) -> None:
    """Options that are no longer active are left out, and so are materials without a colour left."""
    only_red = a_material("SILK", a_color("SILK-RED", active=False))
    product = (
        a_product()
        .in_styles(a_style("CAPTOE"), a_style("AVELLO", active=False))
        .on_soles(a_sole("RUBBER", active=False), a_sole("GOODYEAR"))
        .in_materials(RETIRED, PATENT, only_red)
        .build()
    )
    await shop.fill(catalogue_of(product))

    seen = await shop.catalogue_views.product(product.product_id if reference == "slug" else str(product.id))

    white_patent = a_material("PATENT", PATENT.colors[1], category=MaterialCategory.PATENT)
    assert seen is not None
    assert state_of(seen) == state_of(product) | {
        "version": 1,
        "styles": (a_style("CAPTOE"),),
        "soles": (a_sole("GOODYEAR"),),
        "materials": (white_patent,),
    }


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    "reference", ["oxford-old", str(GONE.id), "never-made", str(id_of("nobody")), "", NULL_BYTE, SURROGATE]
)
async def test_no_other_product_is_shown(shop: ShopCase, reference: str) -> None:
    """Neither what is no longer sold nor what never was."""
    assert await shop.catalogue_views.product(reference) is None


@pytest.mark.usefixtures("catalogue")
async def test_facets_count_the_products_of_the_filter(shop: ShopCase) -> None:
    """A product counts once for each thing that it is or comes in."""
    facets = await shop.catalogue_views.facets(ANY)

    assert counted(facets.categories) == {"OXFORD": 1, "LOAFER": 1, "BOOT": 1}
    assert counted(facets.materials) == {"LEATHER": 2, "SUEDE": 1, "PATENT": 1}
    assert counted(facets.color_families) == {"BROWN": 2, "BLACK": 2, "BLUE": 1, "WHITE": 1}
    assert {(band.low, band.high): band.count for band in facets.price_bands if band.count} == {
        (0, 500_000): 1,
        (1_000_000, 1_500_000): 1,
        (3_000_000, None): 1,
    }


@pytest.mark.usefixtures("catalogue")
async def test_facets_follow_the_filter(shop: ShopCase) -> None:
    """They count what the list would show."""
    facets = await shop.catalogue_views.facets(ProductFilter(color_family="BLUE"))

    assert counted(facets.categories) == {"LOAFER": 1}
    assert counted(facets.materials) == {"SUEDE": 1}
    assert counted(facets.color_families) == {"BLUE": 1}


def counted(facet: Sequence[FacetCount]) -> dict[str, int]:
    """Counts by value; those of nothing left out."""
    return {value.value: value.count for value in facet if value.count}


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("category", "family", "expected"),
    [
        (None, None, {"CALF": ["CALF-COGNAC", "CALF-BLACK"], "PATENT": ["PATENT-WHITE"], "SUEDE": ["SUEDE-SKY"]}),
        ("LEATHER", None, {"CALF": ["CALF-COGNAC", "CALF-BLACK"]}),
        (None, "BLACK", {"CALF": ["CALF-BLACK"]}),
        ("SUEDE", "BLACK", {}),
        ("EXOTIC", None, {}),
    ],
)
async def test_materials_are_listed_by_name_with_their_active_colours(
    shop: ShopCase, category: str | None, family: str | None, expected: dict[str, list[str]]
) -> None:
    """A filter narrows the materials and the colours of each."""
    materials = await shop.catalogue_views.materials(category, family)

    assert [material.ext_id for material in materials] == list(expected)
    assert {each.ext_id: [color.ext_id for color in each.colors] for each in materials} == expected


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("reference", ["CALF", str(CALF.id)])
async def test_a_material_is_found_by_ext_id_and_by_id(shop: ShopCase, reference: str) -> None:
    """With everything in it."""
    assert await shop.catalogue_views.material(reference) == CALF


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("reference", ["KUDU", str(RETIRED.id), "calf", str(id_of("nobody")), "", NULL_BYTE, SURROGATE])
async def test_no_other_material_is_found(shop: ShopCase, reference: str) -> None:
    """Neither one that is no longer active nor one that never was."""
    assert await shop.catalogue_views.material(reference) is None


async def test_styles_and_soles_are_listed_by_name_while_they_are_active(shop: ShopCase) -> None:
    """Whatever products offer them."""
    product = (
        a_product()
        .in_styles(a_style("S1", name="Wholecut"), a_style("S2", name="Brogue"), a_style("S3", active=False))
        .on_soles(a_sole("B1", name="Rubber"), a_sole("B2", name="Leather"), a_sole("B3", active=False))
        .build()
    )
    await shop.fill(catalogue_of(product))

    assert [style.name for style in await shop.catalogue_views.styles()] == ["Brogue", "Wholecut"]
    assert list(await shop.catalogue_views.soles()) == [a_sole("B2", name="Leather"), a_sole("B1", name="Rubber")]
