"""The catalogue, as shoppers see it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.catalogue.options import Material, Sole, Style
from domain.catalogue.product import Product
from domain.money import Money
from ports.paging import Page, Position


class ProductSort(StrEnum):
    """Orders in which products are listed; ties by id."""

    NEWEST = "newest"
    PRICE = "price"
    PRICE_DESCENDING = "-price"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFilter:
    """What a shopper looks for; None means anything. All given conditions must hold.

    `q` words match the beginnings of words of title, category, brand and description. `material` is an
    id, ext_id or category of a material; `min_price`/`max_price` compare the base price
    in paise, both inclusive.
    """

    q: str | None = None
    category: str | None = None
    material: str | None = None
    color_family: str | None = None
    min_price: int | None = None
    max_price: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductCard:
    """A product in a list."""

    id: UUID
    product_id: str
    title: str
    category: str
    brand: str
    price: Money
    is_active: bool
    image: str | None
    lead_time_days: int
    rating_average: float | None
    rating_count: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many products have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class PriceBand:
    """Products whose base price is at least `low` and below `high` (None: no limit), paise."""

    low: int
    high: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts for the same filter as the list."""

    categories: tuple[FacetCount, ...]
    materials: tuple[FacetCount, ...]
    color_families: tuple[FacetCount, ...]
    price_bands: tuple[PriceBand, ...]


PRICE_BAND_EDGES = (0, 500_000, 1_000_000, 1_500_000, 2_000_000, 3_000_000)


class CatalogueViews(Protocol):
    """Active products and options, to be read."""

    @abstractmethod
    async def list_products(
        self, wanted: ProductFilter, sort: ProductSort, *, limit: int, after: Position | None
    ) -> Page[ProductCard]:
        """One page. Raises InvalidCursor when `after` doesn't fit `sort`."""

    @abstractmethod
    async def product(self, reference: str) -> Product | None:
        """The active product with that slug or id, offering active options only."""

    @abstractmethod
    async def facets(self, wanted: ProductFilter) -> Facets:
        """Counts by category, material category, colour family and price band."""

    @abstractmethod
    async def materials(self, category: str | None, family: str | None) -> Sequence[Material]:
        """Active materials by name, with their active colours; filters narrow both."""

    @abstractmethod
    async def material(self, reference: str) -> Material | None:
        """The active material with that id or ext_id."""

    @abstractmethod
    async def styles(self) -> Sequence[Style]:
        """Active styles by name."""

    @abstractmethod
    async def soles(self) -> Sequence[Sole]:
        """Active soles by name."""
