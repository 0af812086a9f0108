"""A token is shared by all processes for a while, and fetched by one of them at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta

import pytest

from adapters.cache.connection import CACHE_PATIENCE, open_redis
from adapters.cache.token_store import RedisTokenStore
from adapters.memory.clock import MemoryClock
from adapters.memory.token_store import MemoryTokenStore
from bootstrap.embedded import free_port
from ports.token_store import TokenStore
from tests.builders import NOW

pytestmark = pytest.mark.anyio

SHORT, LONG = timedelta(milliseconds=60), timedelta(hours=1)
NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class StoreCase:
    """A store to check, as two processes see it, and the time that passes for it."""

    store: TokenStore
    same: TokenStore
    pass_time: Callable[[timedelta], Awaitable[None]]


@pytest.fixture
async def case(place: str | None) -> AsyncIterator[StoreCase]:
    """An empty store."""
    async with AsyncExitStack() as stack:
        if place is None:
            clock = MemoryClock(NOW)
            store = MemoryTokenStore(clock)

            async def advance(time: timedelta) -> None:
                clock.advance(time)

            yield StoreCase(store, store, advance)
        else:
            redis, other = open_redis(place, CACHE_PATIENCE), open_redis(place, CACHE_PATIENCE)
            stack.push_async_callback(redis.aclose)
            stack.push_async_callback(other.aclose)

            async def wait(time: timedelta) -> None:
                await asyncio.sleep(time.total_seconds())  # Redis has its own clock

            yield StoreCase(RedisTokenStore(redis), RedisTokenStore(other), wait)


async def test_what_one_process_put_another_gets(case: StoreCase) -> None:
    """The latest, and of that account."""
    await case.store.put("shop", "first", LONG)
    await case.store.put("shop", "second", LONG)

    assert await case.same.get("shop") == "second"
    assert await case.same.get("another") is None


async def test_a_token_ends_with_its_lifetime(case: StoreCase) -> None:
    """Then there is none."""
    await case.store.put("shop", "token", SHORT)

    await case.pass_time(SHORT)

    assert await case.same.get("shop") is None


async def test_one_of_many_gets_the_lease(case: StoreCase) -> None:
    """The others are told that somebody has it."""
    leases = await asyncio.gather(*(store.lease("shop", LONG) for store in (case.store, case.same) * 5))

    assert len([lease for lease in leases if lease is not None]) == 1
    assert await case.same.lease("another", LONG) is not None


async def test_a_released_lease_is_the_next_ones(case: StoreCase) -> None:
    """At once."""
    lease = await case.store.lease("shop", LONG)
    assert lease is not None

    await case.store.release("shop", lease)

    assert await case.same.lease("shop", LONG) not in {None, lease}


async def test_a_lease_of_somebody_who_died_runs_out(case: StoreCase) -> None:
    """Nobody waits for ever."""
    await case.store.lease("shop", SHORT)

    await case.pass_time(SHORT)

    assert await case.same.lease("shop", LONG) is not None


async def test_a_lease_that_ran_out_is_not_taken_from_the_next_one(case: StoreCase) -> None:
    """Whoever was slow releases nothing but their own."""
    slow = await case.store.lease("shop", SHORT)
    assert slow is not None
    await case.pass_time(SHORT)
    await case.same.lease("shop", LONG)

    await case.store.release("shop", slow)

    assert await case.store.lease("shop", LONG) is None


async def test_all_cool_down_together(case: StoreCase) -> None:
    """For the time that was said, and only that account."""
    assert await case.same.cooling("shop") == NOTHING

    await case.store.cool_down("shop", LONG)

    assert LONG - timedelta(seconds=10) < await case.same.cooling("shop") <= LONG
    assert await case.same.cooling("another") == NOTHING


async def test_a_rest_ends(case: StoreCase) -> None:
    """Then a token may be fetched again."""
    await case.store.cool_down("shop", SHORT)

    await case.pass_time(SHORT)

    assert await case.same.cooling("shop") == NOTHING


async def test_a_redis_that_is_down_is_an_empty_store_that_nobody_else_uses(caplog: pytest.LogCaptureFixture) -> None:
    """No method raises; the log tells of it, without a token."""
    redis = open_redis(f"redis://127.0.0.1:{free_port()}/0", CACHE_PATIENCE)
    store = RedisTokenStore(redis)

    await store.put("shop", "a-secret-token", LONG)
    await store.cool_down("shop", LONG)
    lease = await store.lease("shop", LONG)
    assert lease is not None
    await store.release("shop", lease)
    found = await store.get("shop"), await store.cooling("shop")
    await redis.aclose()

    assert found == (None, NOTHING)
    assert "can't be shared" in caplog.text
    assert "a-secret-token" not in caplog.text
