"""The relay goes round when there is something to hand over, and outlives what it depends on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Final

import pytest

from adapters.memory.bell import MemoryBell
from adapters.worker.relay import Relay
from ports.errors import PortUnavailable

pytestmark = pytest.mark.anyio

LONG: Final = 10.0
"""Seconds that no test waits."""


class Rounds:
    """Rounds with known ends: a number of deliveries, or an error. The last one is repeated for ever."""

    def __init__(self, ends: Iterable[int | Exception]) -> None:
        self._ends = list(ends)
        self._made = asyncio.Condition()
        self.made = 0

    async def __call__(self) -> int:
        """One round."""
        async with self._made:
            end = self._ends[min(self.made, len(self._ends) - 1)]
            self.made += 1
            self._made.notify_all()
        if isinstance(end, Exception):
            raise end
        return end

    async def reach(self, number: int) -> None:
        """Return when so many have begun."""
        async with asyncio.timeout(LONG), self._made:
            await self._made.wait_for(lambda: self.made >= number)


@asynccontextmanager
async def running(relay_round: Callable[[], Awaitable[int]], bell: MemoryBell, seconds: float) -> AsyncIterator[None]:
    """A relay at work; at the end it is told to stop, and does."""
    stop = asyncio.Event()
    relay = asyncio.ensure_future(Relay(relay_round, bell, seconds=seconds).run(stop))
    yield
    stop.set()
    async with asyncio.timeout(LONG):
        await relay


async def test_it_goes_on_while_there_is_something(caplog: pytest.LogCaptureFixture) -> None:
    """Without a bell, without a sweep; a round with nothing is the last one."""
    rounds = Rounds([500, 3, 0])

    async with running(rounds, MemoryBell(), seconds=60):
        await rounds.reach(3)

    assert rounds.made == 3
    assert caplog.records == []


async def test_the_bell_sends_it_round() -> None:
    """At once."""
    rounds, bell = Rounds([0]), MemoryBell()

    async with running(rounds, bell, seconds=60):
        await rounds.reach(1)
        bell.ring()
        await rounds.reach(2)


async def test_what_nobody_rang_for_is_found_all_the_same() -> None:
    """By a look now and then."""
    rounds = Rounds([0])

    async with running(rounds, MemoryBell(), seconds=0.01):
        await rounds.reach(3)


@pytest.mark.parametrize("error", [PortUnavailable("task-queue"), PortUnavailable("database"), LookupError("a bug")])
async def test_an_outage_is_lived_through_and_told_once(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    """It tries again, in pauses, until there is an end; and says that too."""
    rounds = Rounds([error, error, 0])

    begun = time.monotonic()
    async with running(rounds, MemoryBell(), seconds=60):
        await rounds.reach(3)
        took = time.monotonic() - begun

    assert took >= 0.25 + 0.5
    first, last = (record.message for record in caplog.records)
    assert first.startswith("events can't be relayed for the moment")
    assert last == "events are relayed again"


async def test_a_round_that_has_begun_is_finished() -> None:
    """What it has leased is handed over, not left to the end of the lease."""
    begun, may_end = asyncio.Event(), asyncio.Event()
    finished = []

    async def slow_round() -> int:
        begun.set()
        await may_end.wait()
        finished.append(1)
        return 1

    stop = asyncio.Event()
    relay = asyncio.ensure_future(Relay(slow_round, MemoryBell(), seconds=60).run(stop))
    await begun.wait()
    stop.set()
    may_end.set()
    async with asyncio.timeout(LONG):
        await relay

    assert finished == [1]


@pytest.mark.parametrize("rounds", [Rounds([0]), Rounds([PortUnavailable("database")])], ids=["waiting", "pausing"])
async def test_it_stops_at_once_when_it_only_waits(rounds: Rounds) -> None:
    """Nobody has to wait for the sweep, or for the end of an outage."""
    async with running(rounds, MemoryBell(), seconds=60):
        await rounds.reach(1)
        begun = time.monotonic()

    assert time.monotonic() - begun < LONG / 2
