"""A stock room and a calendar to hold things in, and to look at afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from domain.inventory.capacity import WeekCapacity
from domain.inventory.errors import CapacityExhausted, OutOfStock
from domain.inventory.reservation import Reservation
from domain.inventory.stock import StockItem
from ports.catalogue_store import CatalogueChange
from ports.reservations import HoldRequest
from tests.builders import NOW, fresh_id
from tests.builders.inventory import HoldBuilder
from tests.contracts.shop_fixtures import ShopCase

BOX, SOLE, LEATHER = "box:standard", "sole:GOODYEAR:42", "leather:CALF-COGNAC"
PAIR = {LEATHER: 24, SOLE: 1, BOX: 1}
HALF_AN_HOUR_LATER = NOW + timedelta(minutes=30)


async def stocked(shop: ShopCase, stock: Sequence[StockItem], weeks: Sequence[WeekCapacity]) -> None:
    """Put components and weeks into an empty shop."""
    await shop.fill(CatalogueChange(stock=stock, weeks=weeks))


async def hold(shop: ShopCase, request: HoldRequest) -> Reservation:
    """Hold, in a transaction of its own."""
    async with shop.begin() as tx:
        return await tx.reservations.hold(request)


async def left(shop: ShopCase) -> tuple[int, int, int]:
    """What can still be promised of leather, soles and boxes."""
    available = await shop.stock_views.available([LEATHER, SOLE, BOX])
    return available[LEATHER], available[SOLE], available[BOX]


async def booked(shop: ShopCase) -> dict[str, int]:
    """Pairs that are promised, by week; weeks without any left out."""
    async with shop.begin() as tx:
        return {week: pairs for week, pairs in (await tx.catalogue.contents()).booked.items() if pairs}


async def hold_or_not(shop: ShopCase, request: HoldBuilder) -> str:
    """How a hold of an order of its own ended: "held", or the code of the refusal."""
    try:
        await hold(shop, request.for_order(fresh_id()).build())
    except (OutOfStock, CapacityExhausted) as refusal:
        return refusal.code
    return "held"
