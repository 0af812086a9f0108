"""Changing the catalogue in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from adapters.memory.product_rows import assembled
from adapters.memory.tables import Tables
from domain.catalogue.options import Material, MaterialColor, Option
from domain.catalogue.product import Product
from domain.inventory.capacity import Week, WeekCapacity
from domain.inventory.errors import CapacityExhausted, OutOfStock
from domain.inventory.stock import StockItem
from ports.catalogue_store import CatalogueChange, CatalogueContents, CatalogueStore

O = TypeVar("O", bound=Option)  # noqa: E741  # the letter is never read as a number here


class MemoryCatalogueStore(CatalogueStore):
    """The catalogue of one transaction. What is overwritten keeps the id that it had."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def contents(self) -> CatalogueContents:
        """See CatalogueStore."""
        tables = self._tables
        return CatalogueContents(
            lasts=dict(tables.lasts),
            styles=dict(tables.styles),
            soles=dict(tables.soles),
            materials=dict(tables.materials),
            product_ids={slug: product.id for slug, product in tables.products.items()},
            reserved={sku: item.reserved for sku, item in tables.stock.items()},
            booked={str(week): capacity.booked for week, capacity in tables.weeks.items()},
        )

    async def apply(self, change: CatalogueChange) -> None:
        """See CatalogueStore. Raises LookupError for a product of a last or option that isn't there."""
        tables = self._tables
        stock = self._stock_after(change.stock)
        weeks = self._weeks_after(change.weeks)
        tables.lasts.update({last.code: last for last in change.lasts})
        tables.styles.update(_by_ext_id(change.styles, tables.styles))
        tables.soles.update(_by_ext_id(change.soles, tables.soles))
        colors = {color.ext_id: color for material in tables.materials.values() for color in material.colors}
        materials = [_with_known_colors(material, colors) for material in change.materials]
        tables.materials.update(_by_ext_id(materials, tables.materials))
        for product in change.products:
            self._write(product)
        tables.stock.update(stock)
        tables.weeks.update(weeks)

    async def is_empty(self) -> bool:
        """See CatalogueStore."""
        return not self._tables.products

    def _write(self, product: Product) -> None:
        assembled(product, self._tables)  # fails where a foreign key would
        written = replace(product, version=1)  # its parts are immutable, so this copy shares nothing that changes
        before = self._tables.products.get(product.product_id)
        if before is not None:
            written.id, written.created_at, written.version = before.id, before.created_at, before.version + 1
        self._tables.products[written.product_id] = written
        self._tables.tell(product)

    def _stock_after(self, items: Iterable[StockItem]) -> Mapping[str, StockItem]:
        reserved = {sku: item.reserved for sku, item in self._tables.stock.items()}
        if short := sorted(item.sku for item in items if item.on_hand < reserved.get(item.sku, 0)):
            raise OutOfStock(tuple(short))
        return {item.sku: replace(item, reserved=reserved.get(item.sku, 0)) for item in items}

    def _weeks_after(self, weeks: Iterable[WeekCapacity]) -> Mapping[Week, WeekCapacity]:
        booked = {week: capacity.booked for week, capacity in self._tables.weeks.items()}
        for week in weeks:
            if week.capacity < booked.get(week.week, 0):
                raise CapacityExhausted(week.week.monday, booked[week.week])
        return {week.week: replace(week, booked=booked.get(week.week, 0)) for week in weeks}


def _by_ext_id(options: Iterable[O], before: Mapping[str, O]) -> Mapping[str, O]:
    return {
        option.ext_id: replace(option, id=before[option.ext_id].id) if option.ext_id in before else option
        for option in options
    }


def _with_known_colors(material: Material, before: Mapping[str, MaterialColor]) -> Material:
    return replace(material, colors=tuple(_by_ext_id(material.colors, before).values()))
