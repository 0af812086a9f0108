"""Fault 3: browser, webhook and reconciliation tell of the same payments at once; each is counted once, none is missed.

SHOES_TEST_PAYMENTS says how many.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Final

import pytest

from tests.faults import post
from tests.faults.door import Answer, Json
from tests.faults.gateway import Gateway
from tests.faults.guests import Guest
from tests.faults.market import Market, open_market
from tests.faults.purchases import Purchase, purchases, side_by_side

PAYMENTS: Final = int(os.environ.get("SHOES_TEST_PAYMENTS", "200"))
POLLERS: Final = 3
COPIES: Final = 3
# Most accounts capture by themselves; where they don't, somebody has to, once.
OUTCOMES: Final = ("success", "success", "success", "authorized")


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    """Nothing is scarce; and the gateway is asked about every payment at once, and again every second."""
    quickly = {"payment_watch_minutes": "0", "reconcile_seconds": "1"}
    with open_market(
        tmp_path, slow=True, saga=("relay", "worker", "beat"), carrier="manual", **quickly, **post.into(tmp_path)
    ) as market:
        market.fill()
        yield market


def test_what_is_paid_is_counted_once(market: Market, tmp_path: Path, tell: Callable[[str], None]) -> None:
    """0 double, 0 missing: as much as the gateway took, told of once in events and in mail."""
    gateway = Gateway(market)
    bought = market.run(purchases(market, PAYMENTS))
    market.run(gateway.hold_back())
    market.run(gateway.misbehave(copies=COPIES, delay=[0, 2], window=64, forged=0.01))
    market.run(side_by_side(each.pay(gateway, how) for each, how in zip(bought, cycle(OUTCOMES), strict=False)))
    began = time.monotonic()

    answers, polled = market.run(three_ways(market, gateway, bought))

    told_after = time.monotonic() - began
    market.wait_until(lambda: has_heard(market, 3 * PAYMENTS), within=120)
    market.come_to_rest(within=120)
    books = market.run(gateway.contents())
    tell(
        f"{PAYMENTS} payments three ways: callbacks answered and {polled} polled within {told_after:.1f} s, "
        f"at rest after {time.monotonic() - began:.1f} s; {told_by(market)}"
    )
    assert Counter(answer.verdict for answer in answers) == {(200, None): 2 * PAYMENTS}
    assert market.look("SELECT status, payment_status, count(*) FROM orders GROUP BY 1, 2") == [
        ("CONFIRMED", "PAID", PAYMENTS)
    ]
    assert events(market) == dict.fromkeys(("order.confirmed", "order.paid", "payment.captured"), PAYMENTS)
    assert market.look("SELECT sum(captured)::bigint FROM payment") == [(captured(books),)]
    assert sum(each["captured"] for each in books["payments"]) == PAYMENTS
    assert books["refunds"] == []
    assert post.sent(tmp_path) == {"order_placed": PAYMENTS, "payment_received": PAYMENTS}
    assert market.contradictions() == {}
    assert market.loose_ends() == {}


async def three_ways(market: Market, gateway: Gateway, bought: list[Purchase]) -> tuple[list[Answer], int]:
    """Everything at once. Every browser hands its proof in twice, by different doors and under different keys."""
    reconcile = market.saga.reconcile_payments()
    done = asyncio.Event()

    async def poll() -> int:
        learnt = 0
        while not done.is_set():
            learnt += await reconcile()
            await asyncio.sleep(0)
        return learnt

    async def confirm() -> list[Answer]:
        doors = cycle(market.doors)
        browsers = [Guest(next(doors)) for _ in range(2 * len(bought))]
        twice = zip(browsers, [*bought, *reversed(bought)], strict=True)
        try:
            return await side_by_side(browser.confirm(each.ordered, each.proof) for browser, each in twice)
        finally:
            done.set()

    polling = asyncio.gather(*(poll() for _ in range(POLLERS)))
    _, answers = await asyncio.gather(gateway.tell(), confirm())
    return answers, sum(await polling)


async def has_heard(market: Market, messages: int) -> bool:
    """Whether so many different webhooks were taken in: authorised, captured and paid, for each."""
    return await market.count("inbox WHERE rejection IS NULL") == messages


def events(market: Market) -> dict[str, int]:
    """How often each thing was told that may happen once to an order."""
    once = ["order.confirmed", "order.paid", "payment.captured"]
    return dict(market.look("SELECT name, count(*) FROM domain_event WHERE name = ANY($1) GROUP BY 1", once))


def captured(books: Json) -> int:
    """All that the gateway took for us, in paise."""
    return sum(each["amount"] for each in books["payments"] if each["status"] == "captured")


def told_by(market: Market) -> str:
    """How much was told of these payments."""
    [[genuine, forged]] = market.look("SELECT count(*) FILTER (WHERE rejection IS NULL), count(rejection) FROM inbox")
    [[deliveries, again]] = market.look("SELECT count(*), count(*) FILTER (WHERE attempts > 1) FROM delivery")
    return (
        f"{genuine} webhooks, each {COPIES} times, {forged} forged ones kept; "
        f"{deliveries} deliveries, {again} of them tried more than once"
    )
