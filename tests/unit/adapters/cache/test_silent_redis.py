"""Without Redis, guests are told to come back in a moment, and everybody else notices nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from adapters.cache.cache import PAUSE, RedisCache
from adapters.cache.carts import RedisCarts
from adapters.cache.connection import CACHE_PATIENCE, open_redis
from bootstrap.embedded import free_port
from ports.errors import PortUnavailable
from tests.builders import a_cart

pytestmark = pytest.mark.anyio

CART = a_cart().holding().build()
PATIENCE = 2 * CACHE_PATIENCE + 1.5  # two attempts, on a machine that has other things to do


@asynccontextmanager
async def mute_server() -> AsyncIterator[tuple[int, list[bytes]]]:
    """A port on which somebody takes every call and never says a word; and what was said to them."""
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(65_536):
            heard.append(said)
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], heard
    finally:
        server.close()


@pytest.fixture(params=["refused", "mute"])
async def silent_redis(request: pytest.FixtureRequest) -> AsyncIterator[Redis]:
    """A client of a Redis that is down, or of one that hangs."""
    async with mute_server() as (port, _):
        redis = open_redis(f"redis://127.0.0.1:{free_port() if request.param == 'refused' else port}/0", CACHE_PATIENCE)
        yield redis
        await redis.aclose()


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda carts: carts.find(CART.owner), id="find"),
        pytest.param(lambda carts: carts.save(CART), id="save"),
        pytest.param(lambda carts: carts.remove(CART), id="remove"),
    ],
)
async def test_guests_carts_are_unavailable_and_say_so_soon(
    silent_redis: Redis, call: Callable[[RedisCarts], Awaitable[object]]
) -> None:
    """A technical error that names the port, never a cart that only seems to be empty."""
    with pytest.raises(PortUnavailable) as failure:
        await asyncio.wait_for(call(RedisCarts(silent_redis)), PATIENCE)

    assert failure.value.port == "guest-carts"


async def test_a_cache_is_empty_and_says_so_soon(silent_redis: Redis) -> None:
    """No method raises."""
    cache = RedisCache(silent_redis)

    async with asyncio.timeout(PATIENCE):
        await cache.put("products", b"bytes", timedelta(hours=1))
        assert await cache.get("products") is None
    async with asyncio.timeout(PATIENCE):
        await cache.forget("products")


async def test_a_silent_redis_is_asked_again_after_a_pause(caplog: pytest.LogCaptureFixture) -> None:
    """Who reads meanwhile does not wait; one line in the log tells of it, however many ask."""
    now = 1_000.0
    async with mute_server() as (port, heard):
        redis = open_redis(f"redis://127.0.0.1:{port}/0", CACHE_PATIENCE)
        cache = RedisCache(redis, monotonic=lambda: now)

        await cache.get("products")
        asked_once = len(heard)
        await cache.get("products")
        await cache.put("products", b"bytes", timedelta(hours=1))
        asked_in_the_pause = len(heard)
        now += PAUSE
        await cache.get("products")
        asked_after_it = len(heard)
        await redis.aclose()

    assert 0 < asked_once == asked_in_the_pause < asked_after_it
    assert [record.message for record in caplog.records] == ["the cache does not answer: TimeoutError"]
