"""Fault 7: Redis, with guests' carts, caches, tokens, the bell and the broker in it, is gone for a while.

SHOES_TEST_REDIS_OUTAGE says for how many seconds. There are no rate limits yet.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.faults import post
from tests.faults.crowd import WISH
from tests.faults.guests import BENGALURU, Guest, order_form
from tests.faults.load import Load
from tests.faults.market import Market, open_market
from tests.faults.purchases import side_by_side

OUTAGE: Final = float(os.environ.get("SHOES_TEST_REDIS_OUTAGE", "8"))
SHOPPERS: Final = 6
REGULARS: Final = 2
BUSINESS: Final = 1.0  # seconds before the outage
AFTERWARDS: Final = 6.0
BACK_WITHIN: Final = 5.0  # seconds after Redis is back, until the last guest is served again
DONE_WITHIN: Final = 30.0 + OUTAGE  # the longer it was away, the more there is to do


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """Nothing is scarce."""
    directory: Path = tmp_path_factory.mktemp("shop")
    with open_market(
        directory, slow=False, saga=("relay", "worker", "beat"), carrier="manual", **post.into(directory)
    ) as market:
        market.fill()
        yield market


def stop(market: Market) -> None:
    """Nobody listens there."""
    market.ground.redis.stop()
    time.sleep(OUTAGE)
    market.ground.redis.start()


def hang(market: Market) -> None:
    """It takes everything, and answers nothing."""
    os.kill(market.ground.redis.pid, signal.SIGSTOP)
    time.sleep(OUTAGE)
    os.kill(market.ground.redis.pid, signal.SIGCONT)


@pytest.mark.parametrize("outage", [stop, hang])
def test_the_shop_goes_on_without_redis(
    market: Market, outage: Callable[[Market], None], tell: Callable[[str], None]
) -> None:
    """The catalogue is served and customers order; guests hear 503, and order later; all is handled in the end."""
    before = market.books()
    load = Load(market, SHOPPERS, REGULARS)
    gone_at = back_at = 0.0

    def act() -> None:
        nonlocal gone_at, back_at
        time.sleep(BUSINESS)
        gone_at = time.monotonic()
        outage(market)
        back_at = time.monotonic()
        time.sleep(AFTERWARDS)

    load.during(act)

    rested = market.come_to_rest(within=DONE_WITHIN)
    refused = load.refused()
    last = max(each.at for each in refused) - back_at
    meanwhile = sum(gone_at < at < back_at for at in load.bought)
    tell(
        f"Redis gone ({outage.__name__}) for {OUTAGE:.0f} s: {len(load.ordered)} orders of guests, "
        f"{len(refused)} times 503, the last {last:+.1f} s after it was back, slowest answer {load.slowest():.1f} s; "
        f"{meanwhile} orders of customers meanwhile; all handled {rested:.1f} s after the last order"
    )
    assert load.verdicts("browse").keys() == {(200, None)}
    assert {each.answer.verdict for each in refused} == {(503, "service-unavailable")}
    assert {each.answer.response.header("Retry-After") for each in refused} == {"1"}
    assert last < BACK_WITHIN
    assert meanwhile > OUTAGE
    assert {answer.verdict for answer in load.ordered} == {(201, None)}
    assert len({answer.data["id"] for answer in load.ordered}) == len(load.ordered)
    assert market.books().since(before).rows["orders"] == len(load.ordered) + len(load.bought)
    assert market.contradictions() == {}
    assert market.loose_ends() == {}


def test_who_lost_the_answer_gets_it_without_redis(market: Market) -> None:
    """The cart can't be read, but what became of it is in the database; who has ordered nothing yet has to wait."""
    guest, newcomer = Guest(market.doors[0]), Guest(market.doors[1])
    market.run(side_by_side(each.put(WISH) for each in (guest, newcomer)))
    form = order_form(BENGALURU, "COD", market.run(guest.checkout(BENGALURU, "COD"))["total"]["amount"])
    first = market.run(guest.order(form))
    market.ground.redis.stop()

    again, refused = market.run(side_by_side(each.order(form) for each in (guest, newcomer)))

    market.ground.redis.start()
    assert (again.verdict, again.data["id"]) == ((201, None), first.data["id"])
    assert again.response.header("Idempotent-Replayed") == "true"
    assert refused.verdict == (503, "service-unavailable")
    assert market.run(newcomer.order(form)).verdict == (201, None)
