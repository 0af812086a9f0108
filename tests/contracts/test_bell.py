"""A bell wakes whoever waits for it, and those who come a moment too late."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Final

import pytest

from adapters.cache.bell import RedisBell
from adapters.cache.connection import CACHE_PATIENCE, open_redis
from adapters.memory.bell import MemoryBell
from ports.bell import Bell

pytestmark = pytest.mark.anyio

LONG: Final = 10.0
"""Seconds that no test waits."""


@dataclass(frozen=True, slots=True)
class Bells:
    """The same bell, in the hands of one who rings it and two who hear it: three processes, where it reaches so far."""

    ringer: Bell
    hearer: Bell
    other: Bell


@pytest.fixture
async def bells(place: str | None) -> AsyncIterator[Bells]:
    """Nothing has rung since they listen."""
    async with AsyncExitStack() as stack:
        if place is None:
            bell = MemoryBell()
            yield Bells(bell, bell, bell)
            return
        bells = []
        for _ in range(3):
            redis = open_redis(place, CACHE_PATIENCE)
            stack.push_async_callback(redis.aclose)
            bells.append(RedisBell(redis))
            stack.push_async_callback(bells[-1].aclose)
        for each in bells[1:]:
            await each.wait(LONG)  # ends when it is connected: something may have rung before
        yield Bells(*bells)


async def waited(bell: Bell, seconds: float) -> float:
    """How long a wait took."""
    begun = time.monotonic()
    await bell.wait(seconds)
    return time.monotonic() - begun


async def test_a_ring_wakes_everybody_who_waits(bells: Bells) -> None:
    """At once."""
    async with asyncio.TaskGroup() as group:
        waits = [group.create_task(waited(each, LONG)) for each in (bells.hearer, bells.other)]
        await asyncio.sleep(0.05)
        bells.ringer.ring()

    assert all(wait.result() < LONG / 2 for wait in waits)


async def test_a_ring_before_the_wait_counts(bells: Bells) -> None:
    """Whoever was busy when it rang does not wait afterwards."""
    bells.ringer.ring()
    await asyncio.sleep(0.05)

    assert await waited(bells.hearer, LONG) < LONG / 2


async def test_many_rings_wake_once_or_twice(bells: Bells) -> None:
    """Twice where one was under way already: what it told of may not be all that there is."""
    for _ in range(20):
        bells.ringer.ring()

    woken = 0
    while await waited(bells.hearer, 0.3) < 0.3:
        woken += 1

    assert 1 <= woken <= 2


async def test_nobody_waits_longer_than_they_want(bells: Bells) -> None:
    """A bell that does not ring is no error."""
    assert 0.05 <= await waited(bells.hearer, 0.05) < LONG / 2
