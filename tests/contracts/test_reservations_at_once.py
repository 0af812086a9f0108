"""However many hold and release at once, what there is is promised once, and nobody blocks anybody for ever."""

from __future__ import annotations

from asyncio import gather

import pytest

from ports.reservations import HoldRequest
from tests.builders import THIS_WEEK, a_hold, a_stock_item, a_week
from tests.contracts.shop_fixtures import ShopCase
from tests.contracts.stock_room import BOX, LEATHER, PAIR, SOLE, booked, hold, hold_or_not, left, stocked

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("pieces", [1, 10])
async def test_stock_is_never_promised_twice(shop: ShopCase, pieces: int) -> None:
    """Rule 2: of many orders at once, exactly as many hold as there are components."""
    await stocked(shop, [a_stock_item(BOX, pieces), a_stock_item(SOLE, 100)], [a_week(capacity=100)])

    held = await gather(*(hold_or_not(shop, a_hold().needing({BOX: 1, SOLE: 1})) for _ in range(40)))

    assert held.count("held") == pieces
    assert held.count("out-of-stock") == 40 - pieces
    assert await shop.stock_views.available([BOX, SOLE]) == {BOX: 0, SOLE: 100 - pieces}


@pytest.mark.parametrize("pairs", [1, 10])
async def test_a_week_is_never_promised_twice(shop: ShopCase, pairs: int) -> None:
    """Rule 2: of many orders at once, exactly as many hold as the workshop can make."""
    await stocked(shop, [a_stock_item(BOX, 100)], [a_week(capacity=pairs)])

    held = await gather(*(hold_or_not(shop, a_hold()) for _ in range(40)))

    assert held.count("held") == pairs
    assert held.count("capacity-exhausted") == 40 - pairs
    assert await booked(shop) == {str(THIS_WEEK): pairs}
    assert await shop.stock_views.available([BOX]) == {BOX: 100 - pairs}


async def test_weeks_fill_up_one_after_the_other(shop: ShopCase) -> None:
    """Rule 2: who waited for a week that was filled meanwhile gets the next, until there is none."""
    weeks = [a_week("2026-W49", 5), a_week("2026-W50", 3), a_week("2026-W51", 10)]
    await stocked(shop, [a_stock_item(BOX, 100)], weeks)

    held = await gather(*(hold_or_not(shop, a_hold()) for _ in range(40)))

    assert held.count("held") == 18
    assert await booked(shop) == {"2026-W49": 5, "2026-W50": 3, "2026-W51": 10}


async def test_holding_and_releasing_at_once_loses_and_invents_nothing(shop: ShopCase) -> None:
    """Sweepers release while customers buy; both come to an end."""
    await stocked(shop, [a_stock_item(sku, 100) for sku in PAIR], [a_week(capacity=100)])
    requests = [a_hold().needing(dict.fromkeys(PAIR, 1)).build() for _ in range(20)]
    for request in requests:
        await hold(shop, request)

    async def release(request: HoldRequest) -> str:
        async with shop.begin() as tx:
            reservation = await tx.reservations.get(request.order_id)
            reservation.release()
            await tx.reservations.save(reservation)
        return "released"

    buying = [hold_or_not(shop, a_hold().needing(dict.fromkeys(reversed(PAIR), 1)).of_pairs(2)) for _ in range(20)]
    outcomes = await gather(*buying, *map(release, requests))

    assert (outcomes.count("held"), outcomes.count("released")) == (20, 20)
    assert await left(shop) == (80, 80, 80)
    assert await booked(shop) == {str(THIS_WEEK): 40}


async def test_orders_that_need_the_same_things_in_another_order_do_not_block_each_other(shop: ShopCase) -> None:
    """Rows are locked in one order, however the needs are listed."""
    skus = [LEATHER, SOLE, BOX]
    await stocked(shop, [a_stock_item(sku, 100) for sku in skus], [a_week(capacity=100)])
    there, back = dict.fromkeys(skus, 1), dict.fromkeys(reversed(skus), 1)

    held = await gather(*(hold_or_not(shop, a_hold().needing(needs)) for needs in [there, back] * 20))

    assert held.count("held") == 40
