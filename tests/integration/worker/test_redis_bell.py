"""The bell on a Redis that fails: nobody who rings it notices, and those who wait hear it again by themselves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final
from urllib.parse import urlsplit

import pytest
from redis.asyncio import Redis

from adapters.cache.bell import RedisBell
from adapters.cache.connection import CACHE_PATIENCE, open_redis
from bootstrap.embedded import free_port

pytestmark = pytest.mark.anyio

LONG: Final = 10.0
"""Seconds that no test waits."""

SILENCE: Final = 0.2
"""Seconds after which the bells of these tests ask whether somebody is there."""

OpenBell = Callable[[str], RedisBell]


class Pipe:
    """A way to a server, on which connections can be made to hang."""

    def __init__(self, host: str, port: int) -> None:
        self._there = host, port
        self._ends: set[asyncio.StreamWriter] = set()
        self._hanging: set[asyncio.StreamWriter] = set()
        self.url = ""

    def hang(self) -> None:
        """Let nothing through any more on the connections there are."""
        self._hanging |= self._ends

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on both ways what is said on a new connection."""
        back, forth = await asyncio.open_connection(*self._there)
        self._ends |= {writer, forth}
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pass_on(reader, forth))
                group.create_task(self._pass_on(back, writer))
        finally:
            writer.close()
            forth.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(65_536):
            if writer not in self._hanging:
                writer.write(said)
        writer.close()


@asynccontextmanager
async def pipe_to(url: str) -> AsyncIterator[Pipe]:
    """A pipe to the Redis at a URL."""
    there = urlsplit(url)
    assert there.hostname
    assert there.port
    pipe = Pipe(there.hostname, there.port)
    server = await asyncio.start_server(pipe.connect, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    pipe.url = url.replace(f"{there.hostname}:{there.port}", f"127.0.0.1:{port}")
    try:
        yield pipe
    finally:
        server.close()


@pytest.fixture
async def bell_at() -> AsyncIterator[OpenBell]:
    """Opens bells, and closes them in the end."""
    async with AsyncExitStack() as stack:

        def open_bell(url: str) -> RedisBell:
            redis = open_redis(url, CACHE_PATIENCE)
            stack.push_async_callback(redis.aclose)
            bell = RedisBell(redis, silence=SILENCE)
            stack.push_async_callback(bell.aclose)
            return bell

        yield open_bell


async def test_a_ring_is_told_after_it_rang(redis_url: str, bell_at: OpenBell) -> None:
    """The PUBLISH under way when it rings again may have told of less; a third one would tell nothing new."""
    bell = bell_at(redis_url)
    async with Redis.from_url(redis_url) as redis, redis.pubsub() as channel:
        await channel.subscribe("bell")
        await channel.get_message(timeout=LONG)

        bell.ring()
        await asyncio.sleep(0)  # it is under way
        for _ in range(10):
            bell.ring()

        told = 0
        while await channel.get_message(timeout=0.3):
            told += 1
    assert told == 2


async def test_a_lost_connection_is_made_again(redis_url: str, bell_at: OpenBell) -> None:
    """It wakes whoever waits, because something may have rung meanwhile; later rings arrive."""
    ringer, hearer = bell_at(redis_url), bell_at(redis_url)
    await hearer.wait(LONG)

    async with asyncio.timeout(LONG):
        waiting = asyncio.ensure_future(hearer.wait(60))
        async with Redis.from_url(redis_url) as redis:
            await redis.client_kill_filter(_type="pubsub", skipme=True)
        await waiting

    async with asyncio.timeout(LONG):
        waiting = asyncio.ensure_future(hearer.wait(60))
        ringer.ring()
        await waiting


async def test_a_long_silence_is_no_outage(redis_url: str, bell_at: OpenBell) -> None:
    """Redis answers when it is asked, which wakes nobody."""
    ringer, hearer = bell_at(redis_url), bell_at(redis_url)
    await hearer.wait(LONG)

    begun = time.monotonic()
    await hearer.wait(5 * SILENCE)
    assert time.monotonic() - begun >= 5 * SILENCE

    async with asyncio.timeout(LONG):
        waiting = asyncio.ensure_future(hearer.wait(60))
        ringer.ring()
        await waiting


async def test_a_connection_that_hangs_is_made_again(redis_url: str, bell_at: OpenBell) -> None:
    """The other end vanished without a word, as behind a firewall; the next connection works."""
    async with pipe_to(redis_url) as pipe:
        hearer = bell_at(pipe.url)
        await hearer.wait(LONG)
        pipe.hang()

        async with asyncio.timeout(LONG):
            await hearer.wait(60)


async def test_without_redis_a_ring_costs_nothing_and_a_wait_is_a_sleep(bell_at: OpenBell) -> None:
    """No error, no delay, and no crowd of attempts."""
    bell = bell_at(f"redis://127.0.0.1:{free_port()}/0")

    begun = time.monotonic()
    for _ in range(1_000):
        bell.ring()
    rung = time.monotonic()
    await bell.wait(0.3)
    woken = time.monotonic()

    assert rung - begun < 0.1
    assert 0.3 <= woken - rung < LONG / 2


async def test_an_outage_is_one_line_in_the_log(bell_at: OpenBell, caplog: pytest.LogCaptureFixture) -> None:
    """However often it is tried in vain."""
    bell = bell_at(f"redis://127.0.0.1:{free_port()}/0")

    await bell.wait(2.5)

    assert [record.message for record in caplog.records] == ["the bell is not heard for the moment: ConnectionError"]
