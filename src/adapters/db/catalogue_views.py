"""The catalogue, as shoppers see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Final, NamedTuple, TypeVar
from uuid import UUID

from adapters.db.engine import Database
from adapters.db.facets import facets_of, facets_statement
from adapters.db.product_search import criteria, where
from adapters.db.products import SqlProducts
from adapters.db.references import is_storable
from adapters.db.session import Row, Statement
from domain.catalogue.options import Material, Option, Sole, Style
from domain.catalogue.product import Product
from domain.money import Money
from ports.catalogue_views import CatalogueViews, Facets, ProductCard, ProductFilter, ProductSort
from ports.paging import InvalidCursor, Page, Position

O = TypeVar("O", bound=Option)  # noqa: E741  # the letter is never read as a number here


class _Order(NamedTuple):
    """The column that a list is sorted by; the id, in the same direction, makes it total."""

    column: str
    direction: str
    beyond: str


_ORDERS: Final[Mapping[ProductSort, _Order]] = {
    ProductSort.NEWEST: _Order("p.created_at", "DESC", "<"),
    ProductSort.PRICE: _Order("p.base_price", "ASC", ">"),
    ProductSort.PRICE_DESCENDING: _Order("p.base_price", "DESC", "<"),
    ProductSort.TITLE: _Order("p.title", "ASC", ">"),
}


@cache
def _list(sort: ProductSort, names: tuple[str, ...], *, continued: bool) -> Statement:
    """One page; there are as many statements as combinations of conditions, each prepared once."""
    column, direction, beyond = _ORDERS[sort]
    start = f"AND ({column}, p.id) {beyond} (:value, :id)" if continued else ""
    return Statement(f"""
        SELECT p.id, p.product_id, p.title, p.category, p.brand, p.base_price, p.media, p.is_active,
               p.lead_time_days, p.created_at, p.updated_at
        FROM product p WHERE {where(names)} {start}
        ORDER BY {column} {direction}, p.id {direction} LIMIT :limit
    """)  # noqa: S608  # constants of this package; what is asked for are parameters


class SqlCatalogueViews(CatalogueViews):
    """Lists and counts are queries; products and options are kept while the catalogue doesn't change."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._products = SqlProducts(database)

    async def list_products(
        self, wanted: ProductFilter, sort: ProductSort, *, limit: int, after: Position | None
    ) -> Page[ProductCard]:
        """See CatalogueViews."""
        start = _start(sort, after)
        given = criteria(wanted)
        if given is None:
            return Page((), None)
        statement = _list(sort, tuple(given), continued=bool(start))
        rows = await self._database.fetch(statement, **given, **start, limit=limit + 1)
        page = rows[:limit]
        return Page(tuple(map(_card, page)), _position(sort, page[-1]) if len(rows) > limit else None)

    async def product(self, reference: str) -> Product | None:
        """See CatalogueViews."""
        product = await self._products.find(reference)
        return _offering_active(product) if product else None

    async def facets(self, wanted: ProductFilter) -> Facets:
        """See CatalogueViews."""
        given = criteria(wanted)
        if given is None:
            return facets_of(None)
        [row] = await self._database.fetch(facets_statement(tuple(given)), **given)
        return facets_of(row)

    async def materials(self, category: str | None, family: str | None) -> Sequence[Material]:
        """See CatalogueViews."""
        narrowed = (
            _in_active_colors(material, family)
            for material in _by_name((await self._products.options()).materials)
            if category in {None, material.category}
        )
        return [material for material in narrowed if material is not None]

    async def material(self, reference: str) -> Material | None:
        """See CatalogueViews."""
        for material in _by_name((await self._products.options()).materials):
            if material.is_called(reference):
                return _in_active_colors(material)
        return None

    async def styles(self) -> Sequence[Style]:
        """See CatalogueViews."""
        return _by_name((await self._products.options()).styles)

    async def soles(self) -> Sequence[Sole]:
        """See CatalogueViews."""
        return _by_name((await self._products.options()).soles)


def _start(sort: ProductSort, after: Position | None) -> Mapping[str, object]:
    """The parameters of where the page starts; raises InvalidCursor when they are not of this list."""
    if after is None:
        return {}
    value: object = after.value
    if sort in {ProductSort.PRICE, ProductSort.PRICE_DESCENDING}:
        valid = isinstance(value, int) and abs(value) < 2**63
    elif sort is ProductSort.TITLE:
        valid = isinstance(value, str) and is_storable(value)
    else:
        value = _moment(after.value)
        valid = value is not None
    if not valid:
        raise InvalidCursor
    return {"value": value, "id": after.id}


def _moment(value: str | int) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _position(sort: ProductSort, row: Row) -> Position:
    key: UUID = row["id"]
    match sort:
        case ProductSort.NEWEST:
            return Position(row["created_at"].astimezone(UTC).isoformat(timespec="microseconds"), key)
        case ProductSort.TITLE:
            return Position(row["title"], key)
        case ProductSort.PRICE | ProductSort.PRICE_DESCENDING:
            return Position(row["base_price"], key)


def _card(row: Row) -> ProductCard:
    return ProductCard(
        id=row["id"],
        product_id=row["product_id"],
        title=row["title"],
        category=row["category"],
        brand=row["brand"],
        price=Money(row["base_price"]),
        is_active=row["is_active"],
        image=next((media["url"] for media in row["media"] if media["kind"] == "image"), None),
        lead_time_days=row["lead_time_days"],
        rating_average=None,
        rating_count=0,
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


def _by_name(options: Mapping[UUID, O]) -> list[O]:
    active = (option for option in options.values() if option.is_active)
    return sorted(active, key=lambda option: (option.name, option.ext_id))


def _in_active_colors(material: Material, family: str | None = None) -> Material | None:
    """The material in its active colours (of that family); None when there is none."""
    colors = tuple(color for color in material.colors if color.is_active and family in {None, color.family})
    return replace(material, colors=colors) if colors else None


def _offering_active(product: Product) -> Product:
    materials = (_in_active_colors(material) for material in product.materials if material.is_active)
    return replace(
        product,
        styles=tuple(style for style in product.styles if style.is_active),
        soles=tuple(sole for sole in product.soles if sole.is_active),
        materials=tuple(material for material in materials if material is not None),
    )
