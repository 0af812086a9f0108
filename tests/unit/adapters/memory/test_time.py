"""In memory, time passes when a test says so."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from adapters.memory.cache import MemoryCache
from adapters.memory.carts import MemoryCarts
from adapters.memory.clock import MemoryClock
from tests.builders import NOW, a_cart

pytestmark = pytest.mark.anyio

SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> MemoryClock:
    """A clock that stands at NOW."""
    return MemoryClock(NOW)


async def test_a_clock_stands_until_it_is_advanced(clock: MemoryClock) -> None:
    """So that a test can name the moment."""
    assert (clock.now(), clock.now()) == (NOW, NOW)

    clock.advance(SECOND)

    assert clock.now() == NOW + SECOND


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime(2026, 12, 1), id="naive"),  # noqa: DTZ001  # what is to be refused
        pytest.param(NOW.astimezone(timezone(timedelta(hours=5, minutes=30))), id="Indian"),
    ],
)
async def test_a_clock_shows_nothing_but_utc(moment: datetime) -> None:
    """A test that would pass local time is found out."""
    with pytest.raises(ValueError, match="UTC"):
        MemoryClock(moment)


async def test_a_guests_cart_vanishes_at_its_end(clock: MemoryClock) -> None:
    """A week after its last change, to the second; a customer's stays."""
    carts = MemoryCarts(clock)
    guests, customers = a_cart().updated(NOW).build(), a_cart().of_customer().updated(NOW).build()
    await carts.save(guests)
    await carts.save(customers)

    clock.advance(timedelta(days=7) - SECOND)
    assert await carts.find(guests.owner) is not None
    clock.advance(SECOND)
    assert await carts.find(guests.owner) is None
    assert await carts.find(customers.owner) is not None


async def test_a_cache_forgets_at_the_end_of_a_lifetime(clock: MemoryClock) -> None:
    """To the second."""
    cache = MemoryCache(clock)
    await cache.put("products", b"bytes", 2 * SECOND)

    clock.advance(SECOND)
    assert await cache.get("products") == b"bytes"
    clock.advance(SECOND)
    assert await cache.get("products") is None
