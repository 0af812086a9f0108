"""Whatever people type is a value: it finds something, or nothing, and breaks nothing."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import pytest

from adapters.db.carts import SqlCarts
from adapters.db.catalogue_views import SqlCatalogueViews
from adapters.db.design_views import SqlDesignViews
from adapters.db.engine import Database
from adapters.db.order_views import SqlOrderViews
from adapters.db.products import SqlProducts
from domain.actor import System
from domain.cart.cart import GuestCart
from ports.catalogue_views import ProductFilter, ProductSort
from ports.paging import InvalidCursor, Position
from tests.builders import a_cart, a_product, catalogue_of, fresh_id

pytestmark = pytest.mark.anyio

NASTY: Final = (
    "",
    " ",
    "\x00",
    "oxford\x00roma",
    "\ud800",
    "'; DROP TABLE product; --",
    "%",
    "_",
    "\\",
    "a:*b & !c | (d <-> e)",
    "'a':*",
    ":material",
    "$1",
    "🥿" * 1_000,
    "x" * 100_000,
    "00000000-0000-0000-0000-000000000000",
)


@pytest.fixture
async def views(database: Database) -> SqlCatalogueViews:
    """The catalogue of a shop with two products."""
    oxford = a_product().called("oxford-roma", "Oxford “Roma” 42.5 – cap-toe/brogue")
    derby = a_product().called("derby-roma", "Derby, hand-stitched").in_category("DERBY").by("Città & Söhne")
    async with database.begin() as tx:
        await tx.catalogue.apply(catalogue_of(oxford.build(), derby.build(), stock=[], weeks=[]))
    return SqlCatalogueViews(database)


async def found(views: SqlCatalogueViews, wanted: ProductFilter) -> set[str]:
    """The slugs of what is found."""
    page = await views.list_products(wanted, ProductSort.TITLE, limit=10, after=None)
    return {card.product_id for card in page.items}


@pytest.mark.parametrize("text", NASTY, ids=ascii)
async def test_nothing_that_is_typed_breaks_a_look_up(views: SqlCatalogueViews, database: Database, text: str) -> None:
    """By whatever name a thing is asked for."""
    assert await SqlProducts(database).find(text) is None
    assert await SqlProducts(database).named([text]) == {}
    assert await views.product(text) is None
    assert await views.material(text) is None
    assert await views.materials(text, text) == []
    assert await SqlDesignViews(database).find(text) is None
    assert await SqlOrderViews(database).find(text, System()) is None
    assert await SqlOrderViews(database).timeline(text, System()) is None


@pytest.mark.parametrize("text", NASTY, ids=ascii)
async def test_nothing_that_is_typed_breaks_a_search(views: SqlCatalogueViews, text: str) -> None:
    """Wildcards and operators are no words; what is no word asks for nothing."""
    for wanted in (ProductFilter(category=text), ProductFilter(material=text), ProductFilter(color_family=text)):
        assert await found(views, wanted) == set()
        assert (await views.facets(wanted)).categories == ()
    assert await found(views, ProductFilter(q=text)) <= {"oxford-roma", "derby-roma"}
    assert len((await views.facets(ProductFilter(q=text))).price_bands) == 6


@pytest.mark.parametrize(
    ("q", "slugs"),
    [
        ("42", {"oxford-roma"}),
        ("42.5", {"oxford-roma"}),
        ("5", {"oxford-roma"}),
        ("toe", {"oxford-roma"}),
        ("cap-toe", {"oxford-roma"}),
        ("brog", {"oxford-roma"}),
        ("roma", {"oxford-roma"}),
        ("“roma”", {"oxford-roma"}),
        ("STITCH", {"derby-roma"}),
        ("hand derby", {"derby-roma"}),
        ("hand oxford", set()),
        ("città", {"derby-roma"}),
        ("SÖHNE", {"derby-roma"}),
        ("xford", set()),
        ("&|!", {"oxford-roma", "derby-roma"}),
    ],
)
async def test_words_are_found_by_their_beginnings(views: SqlCatalogueViews, q: str, slugs: set[str]) -> None:
    """Between punctuation too, in any case, in any script; all of them."""
    assert await found(views, ProductFilter(q=q)) == slugs


@pytest.mark.parametrize("price", [-(10**30), -1, 10**30])
async def test_no_price_is_out_of_range(views: SqlCatalogueViews, price: int) -> None:
    """Numbers larger than the database's are larger than every price."""
    at_least = await found(views, ProductFilter(min_price=price))
    at_most = await found(views, ProductFilter(max_price=price))

    assert (len(at_least), len(at_most)) == ((2, 0) if price < 0 else (0, 2))


@pytest.mark.parametrize(
    ("sort", "value"),
    [
        (ProductSort.PRICE, "12"),
        (ProductSort.PRICE, 10**30),
        (ProductSort.PRICE_DESCENDING, "12"),
        (ProductSort.TITLE, 12),
        (ProductSort.TITLE, "\x00"),
        (ProductSort.NEWEST, "yesterday"),
        (ProductSort.NEWEST, "2026-12-01T10:00:00"),
        (ProductSort.NEWEST, 20261201),
    ],
)
async def test_a_cursor_of_another_list_is_refused(
    views: SqlCatalogueViews, sort: ProductSort, value: str | int
) -> None:
    """It would start nowhere."""
    with pytest.raises(InvalidCursor):
        await views.list_products(ProductFilter(), sort, limit=1, after=Position(value, fresh_id()))


async def test_guests_carts_are_not_the_databases(database: Database) -> None:
    """A mistake in wiring is told as one."""
    carts = SqlCarts(database)

    with pytest.raises(TypeError, match="customers, not of guests"):
        await carts.find(GuestCart("0" * 64))
    with pytest.raises(TypeError):
        await carts.save(a_cart().build())
    with pytest.raises(TypeError):
        await carts.remove(a_cart().build())


def test_the_nil_id_names_nothing() -> None:
    """The list above holds an id that is one, and that nothing has."""
    assert str(UUID(int=0)) in NASTY
