"""Shoppers see every active product that they look for once, in the order that they asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.catalogue.product import Media
from domain.money import Money
from ports.catalogue_views import ProductCard, ProductFilter, ProductSort
from ports.paging import InvalidCursor, Position
from tests.builders import NOW, a_product, catalogue_of, fresh_id
from tests.contracts.shop_fixtures import ShopCase
from tests.contracts.small_catalogue import BOOT, CALF, LOAFER, OXFORD, PRODUCTS

pytestmark = pytest.mark.anyio

ANY = ProductFilter()


@pytest.fixture
async def catalogue(shop: ShopCase) -> None:
    """Three products that are sold, and one that is no longer."""
    await shop.fill(catalogue_of(*PRODUCTS, stock=[], weeks=[]))


async def listed(shop: ShopCase, wanted: ProductFilter = ANY, sort: ProductSort = ProductSort.NEWEST) -> list[str]:
    """Slugs, by pages of two."""
    slugs: list[str] = []
    after: Position | None = None
    while True:
        page = await shop.catalogue_views.list_products(wanted, sort, limit=2, after=after)
        slugs += [card.product_id for card in page.items]
        if page.next is None:
            return slugs
        assert len(page.items) == 2
        after = page.next


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("sort", "slugs"),
    [
        (ProductSort.NEWEST, ["boot-alba", "loafer-capri", "oxford-roma"]),
        (ProductSort.PRICE, ["loafer-capri", "oxford-roma", "boot-alba"]),
        (ProductSort.PRICE_DESCENDING, ["boot-alba", "oxford-roma", "loafer-capri"]),
        (ProductSort.TITLE, ["boot-alba", "loafer-capri", "oxford-roma"]),
    ],
)
async def test_active_products_are_listed_in_the_order_asked_for(
    shop: ShopCase, sort: ProductSort, slugs: list[str]
) -> None:
    """From the first page to the last."""
    assert await listed(shop, sort=sort) == slugs


@pytest.mark.parametrize("sort", ProductSort)
async def test_products_that_are_alike_are_listed_once_each(shop: ShopCase, sort: ProductSort) -> None:
    """Same title, price and moment: the pages still neither repeat a product nor leave one out."""
    slugs = [f"twin-{number}" for number in range(7)]
    await shop.fill(catalogue_of(*(a_product().called(slug, "Twin").build() for slug in slugs), stock=[], weeks=[]))

    assert sorted(await listed(shop, sort=sort)) == slugs


async def test_a_list_that_ends_with_a_page_has_no_next_one(shop: ShopCase) -> None:
    """Two products fit one page of two."""
    await shop.fill(catalogue_of(OXFORD, LOAFER, stock=[], weeks=[]))

    page = await shop.catalogue_views.list_products(ANY, ProductSort.NEWEST, limit=2, after=None)

    assert len(page.items) == 2
    assert page.next is None


async def test_a_product_that_comes_in_while_pages_are_read_moves_nothing(shop: ShopCase) -> None:
    """A page starts after the last product of the one before, wherever that is by now."""
    await shop.fill(catalogue_of(OXFORD, LOAFER, BOOT, stock=[], weeks=[]))
    first = await shop.catalogue_views.list_products(ANY, ProductSort.NEWEST, limit=1, after=None)
    newer = a_product().called("newer-yet").created(NOW + timedelta(days=1)).build()
    await shop.fill(catalogue_of(newer, stock=[], weeks=[]))

    second = await shop.catalogue_views.list_products(ANY, ProductSort.NEWEST, limit=5, after=first.next)

    assert [card.product_id for card in second.items] == ["loafer-capri", "oxford-roma"]


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("sort", "value"),
    [
        (ProductSort.PRICE, "Oxford Roma"),
        (ProductSort.PRICE_DESCENDING, "1299900"),
        (ProductSort.TITLE, 1_299_900),
        (ProductSort.NEWEST, "Oxford Roma"),
    ],
)
async def test_a_position_of_another_list_is_refused(shop: ShopCase, sort: ProductSort, value: str | int) -> None:
    """A cursor belongs to the order that it was given out for."""
    with pytest.raises(InvalidCursor):
        await shop.catalogue_views.list_products(ANY, sort, limit=2, after=Position(value, fresh_id()))


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("wanted", "slugs"),
    [
        pytest.param(ProductFilter(category="LOAFER"), ["loafer-capri"], id="category"),
        pytest.param(ProductFilter(category="loafer"), [], id="category in other letters"),
        pytest.param(ProductFilter(material="SUEDE"), ["loafer-capri"], id="material or its category"),
        pytest.param(ProductFilter(material="LEATHER"), ["boot-alba", "oxford-roma"], id="material category"),
        pytest.param(ProductFilter(material=str(CALF.id)), ["boot-alba", "oxford-roma"], id="material id"),
        pytest.param(ProductFilter(material="KUDU"), [], id="material no longer offered"),
        pytest.param(ProductFilter(material="EXOTIC"), [], id="category no longer offered"),
        pytest.param(ProductFilter(color_family="BLUE"), ["loafer-capri"], id="colour"),
        pytest.param(ProductFilter(color_family="RED"), [], id="colour no longer offered"),
        pytest.param(ProductFilter(category="\x00"), [], id="null byte for a category"),
        pytest.param(ProductFilter(material="\ud800"), [], id="lone surrogate for a material"),
        pytest.param(ProductFilter(color_family="\x00"), [], id="null byte for a colour"),
        pytest.param(ProductFilter(min_price=1_299_900), ["boot-alba", "oxford-roma"], id="at least"),
        pytest.param(ProductFilter(max_price=1_299_900), ["loafer-capri", "oxford-roma"], id="at most"),
        pytest.param(ProductFilter(min_price=500_000, max_price=2_999_999), ["oxford-roma"], id="between"),
        pytest.param(ProductFilter(category="BOOT", color_family="BLUE"), [], id="all conditions at once"),
        pytest.param(ProductFilter(q="oxf"), ["oxford-roma"], id="beginning of a word of the title"),
        pytest.param(ProductFilter(q="ALBA"), ["boot-alba"], id="in any letters"),
        pytest.param(ProductFilter(q="roma oxford"), ["oxford-roma"], id="words in any order"),
        pytest.param(ProductFilter(q="roma loafer"), [], id="all words"),
        pytest.param(ProductFilter(q="xford"), [], id="not the middle of a word"),
        pytest.param(ProductFilter(q="boot co"), ["boot-alba"], id="brand"),
        pytest.param(ProductFilter(q="closed-laced"), ["boot-alba", "loafer-capri", "oxford-roma"], id="description"),
        pytest.param(
            ProductFilter(q="oxf\x00 rom\ud800"), ["oxford-roma"], id="neither do characters that nobody can type"
        ),
        pytest.param(ProductFilter(q="' | :* & ! \\ (oxf"), ["oxford-roma"], id="punctuation means nothing"),
    ],
)
async def test_a_filter_finds_what_meets_all_its_conditions(
    shop: ShopCase, wanted: ProductFilter, slugs: list[str]
) -> None:
    """By the options that are offered, by price, by words."""
    assert await listed(shop, wanted) == slugs


async def test_a_card_shows_the_product(shop: ShopCase) -> None:
    """All that a list needs, with the first picture."""
    product = (
        a_product()
        .with_media(Media("/media/turn.mp4", "Turning", "video"), Media("/media/side.jpg", "From the side"))
        .taking_days(14)
        .build()
    )
    await shop.fill(catalogue_of(product))

    page = await shop.catalogue_views.list_products(ANY, ProductSort.NEWEST, limit=2, after=None)

    assert page.items == (
        ProductCard(
            id=product.id,
            product_id="oxford-roma",
            title="Oxford Roma",
            category="OXFORD",
            brand="Italian Shoes",
            price=Money(1_299_900),
            is_active=True,
            image="/media/side.jpg",
            lead_time_days=14,
            rating_average=None,
            rating_count=0,
            created_at=NOW,
            updated_at=NOW,
        ),
    )


async def test_a_product_without_a_picture_has_no_image(shop: ShopCase) -> None:
    """A model in three dimensions is none."""
    await shop.fill(catalogue_of(a_product().with_media(Media("/media/shoe.glb", "Shoe", "model")).build()))

    page = await shop.catalogue_views.list_products(ANY, ProductSort.NEWEST, limit=2, after=None)

    assert page.items[0].image is None
