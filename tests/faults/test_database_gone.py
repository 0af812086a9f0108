"""Fault 6: PostgreSQL is stopped, or dies, in the middle of business: 503 for a while, then all is as before."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.faults import post
from tests.faults.load import Load
from tests.faults.market import Market, open_market

SHOPPERS: Final = 9
BUSINESS: Final = 2.0  # seconds before the outage, and after it
OUTAGE: Final = 2.0
BACK_WITHIN: Final = 3.0  # seconds after the database is back, without anybody's help
DONE_WITHIN: Final = 40.0  # seconds: what a worker was at is handed out again when its lease ends


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """Nothing is scarce."""
    directory: Path = tmp_path_factory.mktemp("shop")
    with open_market(
        directory, slow=False, saga=("relay", "worker", "beat"), carrier="manual", **post.into(directory)
    ) as market:
        market.fill()
        yield market


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_everybody_is_served_again_when_the_database_is_back(
    market: Market, end: str, tell: Callable[[str], None]
) -> None:
    """Nothing but 503 with Retry-After meanwhile, no connection lost, no order lost, no order twice, no event lost."""
    before = market.books()
    load, back_at = Load(market, SHOPPERS), 0.0

    def restart() -> None:
        nonlocal back_at
        time.sleep(BUSINESS)
        getattr(market.ground.postgres, end)()
        time.sleep(OUTAGE)
        market.ground.postgres.start()
        back_at = time.monotonic()
        time.sleep(BUSINESS + BACK_WITHIN)

    load.during(restart)

    market.reopen_books()
    rested = market.come_to_rest(within=DONE_WITHIN)
    refused, placed = load.refused(), {answer.data["id"] for answer in load.ordered}
    last = max(each.at for each in refused) - back_at
    tell(
        f"PostgreSQL gone ({end}) for {OUTAGE:.0f} s: {len(placed)} orders of {SHOPPERS} shoppers, "
        f"{len(refused)} times 503, the last {last:+.2f} s after it was back, slowest answer {load.slowest():.1f} s; "
        f"all handled {rested:.1f} s after the last order"
    )
    assert {each.answer.verdict for each in refused} == {(503, "service-unavailable")}
    assert {each.answer.response.header("Retry-After") for each in refused} == {"1"}
    assert last < BACK_WITHIN
    assert {answer.verdict for answer in load.ordered} == {(201, None)}
    assert len(placed) == len(load.ordered) == market.books().since(before).rows["orders"]
    assert market.contradictions() == {}
    assert market.loose_ends() == {}
