"""The broker is gone for a while: orders are placed all the same, and everything is delivered when it returns."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from bootstrap.embedded import EmbeddedRedis
from tests.faults import post
from tests.faults.load import Load
from tests.faults.market import Market, open_market

OUTAGE: Final = 5.0  # seconds
SHOPPERS: Final = 3
BUSINESS: Final = 1.0  # seconds before the outage
DELIVERED_WITHIN: Final = 40.0  # seconds after the broker is back: what it took and forgot waits for half a minute


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[EmbeddedRedis]:
    """A server of its own: carts, caches and the bell are elsewhere. It remembers nothing when it is back."""
    broker = EmbeddedRedis.throwaway(tmp_path / "broker")
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def market(tmp_path: Path, broker: EmbeddedRedis) -> Iterator[Market]:
    """Nothing is scarce."""
    saga = ("relay", "worker", "beat")
    with open_market(
        tmp_path, slow=False, saga=saga, carrier="manual", broker_url=broker.url, **post.into(tmp_path)
    ) as market:
        market.fill()
        yield market


def test_events_wait_for_the_broker(
    market: Market, broker: EmbeddedRedis, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    """Nobody at a door notices, nothing is lost, and no mail is sent twice."""
    load = Load(market, SHOPPERS)
    back_at = 0.0

    def lose_the_broker() -> None:
        nonlocal back_at
        time.sleep(BUSINESS)
        broker.stop()
        time.sleep(OUTAGE)
        broker.start()
        back_at = time.monotonic()

    load.during(lose_the_broker)

    market.come_to_rest()
    rested = time.monotonic() - back_at
    tell(
        f"broker gone for {OUTAGE:.0f} s: {len(load.ordered)} orders placed, slowest answer {load.slowest():.2f} s; "
        f"all handled {rested:.1f} s after it was back"
    )
    assert load.refused() == []
    assert rested < DELIVERED_WITHIN
    assert post.sent(tmp_path) == {"order_placed": len(load.ordered)}
    assert market.contradictions() == {}
    assert market.loose_ends() == {}
