"""Fault 1: the last pairs, and the last places of a week, are sold once each, however many want them at once.

SHOES_TEST_FLASH_ROUNDS says how often each is tried (2 by default).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from typing import Final

import pytest

from domain.inventory.capacity import Week
from tests.faults.books import Books
from tests.faults.crowd import NEEDS, SOLE, Crowd, Sale
from tests.faults.market import Market

ROUNDS: Final = int(os.environ.get("SHOES_TEST_FLASH_ROUNDS", "2"))
BUYERS: Final = 500
SLOWEST: Final = 5.0
"""Seconds within which 95 of 100 refusals come, while the customers' own work shares the two cores."""

several_rounds = pytest.mark.parametrize("round_", range(1, ROUNDS + 1), ids="round{}".format)


@pytest.fixture(scope="module")
def crowd(slow_market: Market) -> Crowd:
    return Crowd(slow_market, BUYERS)


@pytest.fixture
def week(slow_market: Market) -> Week:
    """The only thing that is scarce is what the test makes so."""
    return slow_market.fill()


@pytest.mark.parametrize("left", [1, 10])
@several_rounds
def test_the_last_pairs_are_sold_once_each(
    round_: int, left: int, week: Week, crowd: Crowd, tell: Callable[[str], None]
) -> None:
    """Five hundred buyers for `left` pairs of soles: so many orders, and everybody else hears at once why not."""
    crowd.market.leave(SOLE, left)
    crowd.market.open_only(week, BUYERS)
    before = crowd.market.books()

    sale = crowd.rush()

    tell(f"flash sale of stock {left}: {sale}")
    assert sale.verdicts == {(201, None): left, (409, "out-of-stock"): BUYERS - left}
    assert sale.refusals_within(95) < SLOWEST
    assert_sold_exactly(sale, before, week, crowd.market)


@pytest.mark.parametrize("left", [1, 10])
@several_rounds
def test_the_last_places_of_a_week_are_sold_once_each(
    round_: int, left: int, week: Week, crowd: Crowd, tell: Callable[[str], None]
) -> None:
    """The same for the only week that has room: selling it twice is this shop's overselling."""
    crowd.market.open_only(week, left)
    before = crowd.market.books()

    sale = crowd.rush()

    tell(f"flash sale of week capacity {left}: {sale}")
    assert sale.verdicts == {(201, None): left, (409, "capacity-exhausted"): BUYERS - left}
    assert sale.refusals_within(95) < SLOWEST
    assert_sold_exactly(sale, before, week, crowd.market)


def test_plenty_is_sold_to_the_last(week: Week, crowd: Crowd, tell: Callable[[str], None]) -> None:
    """From more than everybody who is at the counter needs down to nothing: both run out together, and exactly."""
    left = 200
    crowd.market.leave(SOLE, left)
    crowd.market.open_only(week, left)
    before = crowd.market.books()

    sale = crowd.rush()

    tell(f"flash sale of stock and week capacity {left}: {sale}")
    assert sale.verdicts[201, None] == left
    assert set(sale.verdicts) <= {(201, None), (409, "out-of-stock"), (409, "capacity-exhausted")}
    assert_sold_exactly(sale, before, week, crowd.market)


def assert_sold_exactly(sale: Sale, before: Books, week: Week, market: Market) -> None:
    """The orders are all there, and of the refused nothing is: no counter, no row, no key, no event."""
    sold = len(sale.orders)
    methods = Counter(order["paymentMethod"] for order in sale.orders)
    assert len({order["id"] for order in sale.orders}) == len({order["extId"] for order in sale.orders}) == sold
    assert market.books().since(before) == Books(
        reserved={sku: need * sold for sku, need in NEEDS.items()},
        booked={str(week.monday): sold},
        rows={
            "idempotency_key": sold,
            "order_item": sold,
            "ordered_cart": sold,
            "orders": sold,
            "domain_event": sold + methods["COD"],  # placed; on delivery: confirmed, too
            "reservation": sold,
            "reservation_item": sold * len(NEEDS),
        },
    )
    assert market.kept_under(sale.refused) == 0
    assert market.contradictions() == {}
