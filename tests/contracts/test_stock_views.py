"""What is left is what can still be promised."""

from __future__ import annotations

import pytest

from domain.inventory.capacity import Week
from ports.catalogue_store import CatalogueChange
from tests.builders import THIS_WEEK, a_hold, a_stock_item, a_week
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

BOX, SOLE = "box:standard", "sole:GOODYEAR:42.5"


@pytest.fixture(autouse=True)
async def stock(shop: ShopCase) -> None:
    """Ten boxes, four of them promised; a full week, then none for a week, then one with room for 5."""
    weeks = [a_week(THIS_WEEK, 2), a_week("2026-W51", 5)]
    await shop.fill(CatalogueChange(stock=[a_stock_item(BOX, 10), a_stock_item(SOLE, 0)], weeks=weeks))
    async with shop.begin() as tx:
        await tx.reservations.hold(a_hold().needing({BOX: 4}).of_pairs(2).build())


async def test_what_is_promised_is_not_available(shop: ShopCase) -> None:
    """An unknown sku is one of which there is nothing."""
    available = await shop.stock_views.available({BOX, SOLE, "sole:UNKNOWN:42"})

    assert available == {BOX: 6, SOLE: 0, "sole:UNKNOWN:42": 0}


async def test_asking_for_nothing_answers_nothing(shop: ShopCase) -> None:
    """An empty cart needs no stock."""
    assert await shop.stock_views.available([]) == {}


@pytest.mark.parametrize(
    ("earliest", "pairs", "week"),
    [
        ("2026-W49", 1, "2026-W51"),
        ("2026-W51", 5, "2026-W51"),
        ("2026-W49", 6, None),
        ("2026-W52", 1, None),
        ("2025-W01", 5, "2026-W51"),
    ],
)
async def test_the_first_week_with_room_is_found(shop: ShopCase, earliest: str, pairs: int, week: str | None) -> None:
    """For all pairs together, not before the earliest."""
    found = await shop.stock_views.first_free_week(Week.parse(earliest), pairs)

    assert found == (Week.parse(week) if week else None)
