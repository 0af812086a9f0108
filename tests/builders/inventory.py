"""Stock, weeks and holds to test with, and whole catalogues to fill a shop with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from domain.catalogue.product import Product
from domain.inventory.bill_of_materials import BillOfMaterials
from domain.inventory.capacity import Week, WeekCapacity
from domain.inventory.stock import BOX_SKU, StockItem, Unit, leather_sku, sole_sku
from domain.ordering.order import Order
from ports.catalogue_store import CatalogueChange
from ports.reservations import HoldRequest
from tests.builders.identities import fresh_id
from tests.builders.moments import THIS_WEEK

T = TypeVar("T")

_UNITS: Final = {"leather": Unit.DM2, "sole": Unit.PAIR, "box": Unit.PIECE, "pair": Unit.PAIR}


def a_stock_item(sku: str = BOX_SKU, on_hand: int = 1_000) -> StockItem:
    """A component, in the unit that its kind is counted in, none of it reserved."""
    return StockItem(sku=sku, unit=_UNITS[sku.partition(":")[0]], on_hand=on_hand)


def a_week(week: str | Week = THIS_WEEK, capacity: int = 40) -> WeekCapacity:
    """A week of the workshop, nothing of it booked."""
    return WeekCapacity(week=Week.parse(week) if isinstance(week, str) else week, capacity=capacity)


def weeks_from(first: Week = THIS_WEEK, *, count: int = 52, capacity: int = 40) -> tuple[WeekCapacity, ...]:
    """Weeks in a row."""
    weeks = [first]
    while len(weeks) < count:
        weeks.append(weeks[-1].next())
    return tuple(a_week(week, capacity) for week in weeks)


def shelves_for(*products: Product, on_hand: int = 1_000) -> tuple[StockItem, ...]:
    """So much of every component that some design of the products could need, by sku."""
    skus = {BOX_SKU}
    for product in products:
        skus |= {leather_sku(color.ext_id) for material in product.materials for color in material.colors}
        skus |= {sole_sku(sole.ext_id, size) for sole in product.soles for size in product.sizes}
    return tuple(a_stock_item(sku, on_hand) for sku in sorted(skus))


def catalogue_of(
    *products: Product, stock: Sequence[StockItem] | None = None, weeks: Sequence[WeekCapacity] | None = None
) -> CatalogueChange:
    """Products with all that they refer to; plenty of stock and a year of weeks unless given."""
    return CatalogueChange(
        lasts=_each_once((product.last.code, product.last) for product in products),
        styles=_each_once((style.ext_id, style) for product in products for style in product.styles),
        soles=_each_once((sole.ext_id, sole) for product in products for sole in product.soles),
        materials=_each_once((each.ext_id, each) for product in products for each in product.materials),
        products=products,
        stock=shelves_for(*products) if stock is None else stock,
        weeks=weeks_from() if weeks is None else weeks,
    )


def _each_once(offered: Iterable[tuple[str, T]]) -> tuple[T, ...]:
    """What several products offer, by code. A code that means two things is a mistake of the test."""
    by_code: dict[str, T] = {}
    for code, each in offered:
        assert by_code.setdefault(code, each) == each, f"two products offer different {code}"
    return tuple(by_code.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldBuilder:
    """Starts with one pair that takes a box, from this week on, COMMITTED at once."""

    order_id: UUID = field(default_factory=fresh_id)
    needs: BillOfMaterials = field(default_factory=lambda: {BOX_SKU: 1})
    pairs: int = 1
    earliest: Week = THIS_WEEK
    expires_at: datetime | None = None

    def of(self, order: Order) -> HoldBuilder:
        """What an order needs, as long as it waits for its money."""
        return replace(
            self,
            order_id=order.id,
            needs=order.needs,
            pairs=order.pairs,
            earliest=order.promised_week,
            expires_at=order.hold_expires_at,
        )

    def for_order(self, order_id: UUID) -> HoldBuilder:
        """That order's."""
        return replace(self, order_id=order_id)

    def needing(self, needs: Mapping[str, int]) -> HoldBuilder:
        """These components only, by sku."""
        return replace(self, needs=needs)

    def of_pairs(self, pairs: int) -> HoldBuilder:
        """So much of a week."""
        return replace(self, pairs=pairs)

    def from_week(self, week: str) -> HoldBuilder:
        """Not before a week such as 2026-W52."""
        return replace(self, earliest=Week.parse(week))

    def until(self, expires_at: datetime) -> HoldBuilder:
        """HELD until then."""
        return replace(self, expires_at=expires_at)

    def build(self) -> HoldRequest:
        """The request."""
        return HoldRequest(
            order_id=self.order_id,
            needs=self.needs,
            pairs=self.pairs,
            earliest=self.earliest,
            expires_at=self.expires_at,
        )


def a_hold() -> HoldBuilder:
    """A request to hold stock and a week."""
    return HoldBuilder()
