"""Everything that an import would do, found out before anything is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from application.catalogue.ledger import Group, Ledger, RowKey, Tally
from application.catalogue.level_rows import StockTaker, take_capacity, unit_of
from application.catalogue.option_rows import NewId, take_lasts, take_materials, take_options
from application.catalogue.parts import Parts
from application.catalogue.product_rows import ProductTaker
from application.catalogue.rows import CatalogueRows, RejectedRow, RowKind
from domain.catalogue.options import Sole, Style
from domain.catalogue.product import Product
from domain.inventory.capacity import WORKSHOP_ZONE, Week, WeekCapacity
from domain.inventory.stock import StockItem
from ports.catalogue_store import CatalogueChange, CatalogueContents


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What is there before an import.

    `products` are those that the file names, or, when it brings lasts or options, all of
    them, by slug; `on_hand` are the levels of the skus that the file names.
    """

    contents: CatalogueContents
    products: Mapping[str, Product]
    on_hand: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksSet:
    """The weeks whose capacity an import sets; `created` of them were not open before."""

    first: Week
    last: Week
    pairs_per_week: int
    created: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What is to be written, what that amounts to, and which rows can't be, by line."""

    change: CatalogueChange
    tallies: Mapping[RowKind, Tally]
    weeks: WeeksSet | None
    rejected: tuple[RejectedRow, ...]

    @property
    def changes_something(self) -> bool:
        """Whether the good rows want anything otherwise than the shop has it."""
        new = self.change
        return any((new.lasts, new.styles, new.soles, new.materials, new.products, new.stock, new.weeks))


def plan_import(rows: CatalogueRows, shop: Shop, *, at: datetime, new_id: NewId) -> ImportPlan:
    """Check all rows, against each other and against the shop.

    That the row of a last or an option would spoil a product that the shop has already
    shows only when all rows have been read. Then they are read again without it, because
    other rows may lean on it.
    """
    blamed: dict[RowKey, tuple[str, ...]] = {}
    while True:
        reading = _read(rows, shop, blamed, at=at, new_id=new_id)
        found = reading.spoilers(shop, at)
        if not found:
            return reading.plan(shop)
        blamed.update(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """All rows read once: what they bring, and what the ledger refuses."""

    ledger: Ledger
    parts: Parts
    products: Group[Product]
    stock: Group[StockItem]
    weeks: tuple[WeekCapacity, ...]

    def spoilers(self, shop: Shop, at: datetime) -> Mapping[RowKey, tuple[str, ...]]:
        """Rows of parts that don't go with the products that stay as they are."""
        staying = {slug: product for slug, product in shop.products.items() if slug not in self.products.brought}
        return self.parts.spoilers(staying, at.astimezone(WORKSHOP_ZONE).date())

    def plan(self, shop: Shop) -> ImportPlan:
        """What follows from the rows."""
        parts = self.parts
        return ImportPlan(
            change=CatalogueChange(
                lasts=parts.lasts.changes,
                styles=parts.styles.changes,
                soles=parts.soles.changes,
                materials=parts.materials.changes,
                products=self.products.changes,
                stock=self.stock.changes,
                weeks=self.weeks,
            ),
            tallies={
                RowKind.LAST: parts.lasts.tally,
                RowKind.STYLE: parts.styles.tally,
                RowKind.SOLE: parts.soles.tally,
                RowKind.MATERIAL: parts.materials.tally,
                RowKind.COLOR: parts.colors.tally,
                RowKind.PRODUCT: self.products.tally,
                RowKind.STOCK: self.stock.tally,
            },
            weeks=_weeks_set(self.weeks, shop.contents.booked),
            rejected=tuple(sorted(self.ledger.refused, key=lambda row: row.line)),
        )


def _read(
    rows: CatalogueRows, shop: Shop, blamed: Mapping[RowKey, tuple[str, ...]], *, at: datetime, new_id: NewId
) -> _Reading:
    ledger = Ledger(blamed)
    for row in rows.rejected:
        ledger.refuse(row)
    parts = _parts(shop.contents, ledger)
    take_lasts(rows.lasts, parts.lasts)
    take_options(rows.styles, parts.styles, Style, new_id)
    take_options(rows.soles, parts.soles, Sole, new_id)
    take_materials(rows.materials, parts.materials, parts.colors, new_id)
    products = Group(RowKind.PRODUCT, shop.products, ledger)
    ProductTaker(products, parts, at, new_id).take(rows.products)
    stock = Group(RowKind.STOCK, _stock_of(shop), ledger)
    StockTaker(stock, parts, shop.contents.reserved).take(rows.stock)
    weeks = take_capacity(rows.capacity, ledger, shop.contents.booked, at)
    return _Reading(ledger=ledger, parts=parts, products=products, stock=stock, weeks=weeks)


def _parts(there: CatalogueContents, ledger: Ledger) -> Parts:
    colors = {color.ext_id: color for material in there.materials.values() for color in material.colors}
    return Parts(
        lasts=Group(RowKind.LAST, there.lasts, ledger),
        styles=Group(RowKind.STYLE, there.styles, ledger),
        soles=Group(RowKind.SOLE, there.soles, ledger),
        materials=Group(RowKind.MATERIAL, there.materials, ledger),
        colors=Group(RowKind.COLOR, colors, ledger),
    )


def _stock_of(shop: Shop) -> Mapping[str, StockItem]:
    """The shop's levels. Their units follow from the skus, so the port doesn't tell them."""
    return {
        sku: StockItem(sku, unit, shop.on_hand[sku], reserved)
        for sku, reserved in shop.contents.reserved.items()
        if sku in shop.on_hand and (unit := unit_of(sku)) is not None
    }


def _weeks_set(weeks: tuple[WeekCapacity, ...], booked: Mapping[str, int]) -> WeeksSet | None:
    if not weeks:
        return None
    return WeeksSet(
        first=weeks[0].week,
        last=weeks[-1].week,
        pairs_per_week=weeks[0].capacity,
        created=sum(str(each.week) not in booked for each in weeks),
    )
