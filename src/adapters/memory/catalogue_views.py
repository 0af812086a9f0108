"""The catalogue in memory, as shoppers see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from adapters.memory.database import MemoryDatabase
from adapters.memory.product_rows import active_product, assembled
from adapters.memory.product_search import matches, page_of
from adapters.memory.tables import other_tasks
from domain.catalogue.options import Material, Option, Sole, Style
from domain.catalogue.product import Product
from ports.catalogue_views import (
    PRICE_BAND_EDGES,
    CatalogueViews,
    FacetCount,
    Facets,
    PriceBand,
    ProductCard,
    ProductFilter,
    ProductSort,
)
from ports.paging import Page, Position

O = TypeVar("O", bound=Option)  # noqa: E741  # the letter is never read as a number here


class MemoryCatalogueViews(CatalogueViews):
    """Reads what was committed, from the first product to the last: meant for small catalogues."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._tables = database.tables

    async def list_products(
        self, wanted: ProductFilter, sort: ProductSort, *, limit: int, after: Position | None
    ) -> Page[ProductCard]:
        """See CatalogueViews."""
        await other_tasks()
        page = page_of(self._found(wanted), sort, limit=limit, after=after)
        return Page(tuple(map(_card, page.items)), page.next)

    async def product(self, reference: str) -> Product | None:
        """See CatalogueViews."""
        await other_tasks()
        product = active_product(reference, self._tables)
        return _offering_active(product) if product else None

    async def facets(self, wanted: ProductFilter) -> Facets:
        """See CatalogueViews."""
        await other_tasks()
        found = list(self._found(wanted))
        materials = [{material.category for material in product.materials} for product in found]
        families = [{color.family for material in product.materials for color in material.colors} for product in found]
        return Facets(
            categories=_counts([product.category] for product in found),
            materials=_counts(materials),
            color_families=_counts(families),
            price_bands=_price_bands(found),
        )

    async def materials(self, category: str | None, family: str | None) -> Sequence[Material]:
        """See CatalogueViews."""
        await other_tasks()
        narrowed = (
            _in_active_colors(material, family)
            for material in _by_name(self._tables.materials)
            if category is None or material.category == category
        )
        return [material for material in narrowed if material is not None]

    async def material(self, reference: str) -> Material | None:
        """See CatalogueViews."""
        await other_tasks()
        for material in _by_name(self._tables.materials):
            if material.is_called(reference):
                return _in_active_colors(material)
        return None

    async def styles(self) -> Sequence[Style]:
        """See CatalogueViews."""
        await other_tasks()
        return _by_name(self._tables.styles)

    async def soles(self) -> Sequence[Sole]:
        """See CatalogueViews."""
        await other_tasks()
        return _by_name(self._tables.soles)

    def _found(self, wanted: ProductFilter) -> Iterator[Product]:
        for product in self._tables.products.values():
            if product.is_active:
                offered = _offering_active(assembled(product, self._tables))
                if matches(offered, wanted):
                    yield offered


def _by_name(options: Mapping[str, O]) -> list[O]:
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


def _card(product: Product) -> ProductCard:
    return ProductCard(
        id=product.id,
        product_id=product.product_id,
        title=product.title,
        category=product.category,
        brand=product.brand,
        price=product.base_price,
        is_active=product.is_active,
        image=next((media.url for media in product.media if media.kind == "image"), None),
        lead_time_days=product.lead_time_days,
        rating_average=None,
        rating_count=0,
        created_at=product.created_at,
        updated_at=product.updated_at,
    )


def _counts(values: Iterable[Iterable[str]]) -> tuple[FacetCount, ...]:
    """How many of the products have each value, the most frequent first."""
    counter = Counter(str(value) for of_one in values for value in of_one)
    by_count = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, count) for value, count in by_count)


def _price_bands(products: Sequence[Product]) -> tuple[PriceBand, ...]:
    prices = [product.base_price.minor for product in products]
    highs: tuple[int | None, ...] = (*PRICE_BAND_EDGES[1:], None)
    return tuple(
        PriceBand(low, high, sum(low <= price and (high is None or price < high) for price in prices))
        for low, high in zip(PRICE_BAND_EDGES, highs, strict=True)
    )
