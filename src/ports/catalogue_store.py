"""Where the catalogue is changed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from domain.catalogue.options import Material, Sole, Style
from domain.catalogue.product import Product
from domain.catalogue.sizes import Last
from domain.inventory.capacity import WeekCapacity
from domain.inventory.stock import StockItem


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueChange:
    """Things to create or to overwrite, by their natural keys (ext_id, slug, sku, week).

    Counters that orders move (`reserved`, `booked`) are not overwritten.
    """

    lasts: Sequence[Last] = ()
    styles: Sequence[Style] = ()
    soles: Sequence[Sole] = ()
    materials: Sequence[Material] = ()
    products: Sequence[Product] = ()
    stock: Sequence[StockItem] = ()
    weeks: Sequence[WeekCapacity] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueContents:
    """What is there already, by natural key, so that an import can refer to it."""

    lasts: Mapping[str, Last] = field(default_factory=dict)
    styles: Mapping[str, Style] = field(default_factory=dict)
    soles: Mapping[str, Sole] = field(default_factory=dict)
    materials: Mapping[str, Material] = field(default_factory=dict)
    product_ids: Mapping[str, UUID] = field(default_factory=dict)
    reserved: Mapping[str, int] = field(default_factory=dict)
    booked: Mapping[str, int] = field(default_factory=dict)


class CatalogueStore(Protocol):
    """The catalogue, stock levels and week capacity, inside a transaction."""

    @abstractmethod
    async def contents(self) -> CatalogueContents:
        """All options and lasts, the ids of products, what is reserved (by sku) and booked (by week)."""

    @abstractmethod
    async def apply(self, change: CatalogueChange) -> None:
        """Create or overwrite, and let every reader know that the catalogue has changed.

        Raises OutOfStock or CapacityExhausted when a level would fall below what is promised.
        """

    @abstractmethod
    async def is_empty(self) -> bool:
        """Whether there is no product at all."""
