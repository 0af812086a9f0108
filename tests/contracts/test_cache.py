"""A cache gives back what was put in, for a while, or nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from adapters.cache.cache import RedisCache
from adapters.cache.connection import CACHE_PATIENCE, open_redis
from adapters.memory.cache import MemoryCache
from adapters.memory.clock import MemoryClock
from ports.cache import Cache
from tests.builders import NOW

pytestmark = pytest.mark.anyio

AN_HOUR = timedelta(hours=1)


@pytest.fixture
async def cache(place: str | None) -> AsyncIterator[Cache]:
    """An empty cache."""
    async with AsyncExitStack() as stack:
        if place is None:
            yield MemoryCache(MemoryClock(NOW))
        else:
            redis = open_redis(place, CACHE_PATIENCE)
            stack.push_async_callback(redis.aclose)
            yield RedisCache(redis)


@pytest.mark.parametrize("value", [b"bytes", b"", b"\x00\xff" * 100_000], ids=["some", "none", "any and many"])
async def test_what_was_put_is_got(cache: Cache, value: bytes) -> None:
    """Byte for byte."""
    await cache.put("products", value, AN_HOUR)

    assert await cache.get("products") == value


async def test_what_was_not_put_is_not_there(cache: Cache) -> None:
    """Another key is another thing."""
    await cache.put("products", b"bytes", AN_HOUR)

    assert await cache.get("product") is None


async def test_the_latest_value_counts(cache: Cache) -> None:
    """Putting again replaces."""
    await cache.put("products", b"old", AN_HOUR)
    await cache.put("products", b"new", AN_HOUR)

    assert await cache.get("products") == b"new"


async def test_what_was_forgotten_is_gone(cache: Cache) -> None:
    """Several keys at once, known and unknown; the others stay."""
    for key in ("a", "b", "c"):
        await cache.put(key, b"bytes", AN_HOUR)

    await cache.forget("a", "b", "never put")
    await cache.forget()

    assert [await cache.get(key) for key in ("a", "b", "c")] == [None, None, b"bytes"]
