"""Kill processes at named points while orders travel, start them again, and see how long it takes to be over it."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import asyncpg

from application.events.relay_events import LEASE
from bootstrap.embedded import Child
from tests.faults.books import is_quiet, loose_ends
from tests.faults.kill_points import Errand
from tests.faults.market import Market
from tests.faults.third_parties import ThirdParties
from tests.faults.travellers import Road, Traveller
from tests.harness.kill_switch import KillPoint, KillSwitch, Strike, Victim

COMPANY: Final = 2  # travellers who set out for each kill; those of the kills before are on the road still
LONGEST_REST: Final = 60.0
_BURST: Final = LEASE.total_seconds() - 5
"""Seconds: what a kill leaves leased comes back into no other kill of the same burst."""
_BACK_WITHIN: Final = 60.0
_PASSED_WITHIN: Final = 30.0
_LOOK_AGAIN: Final = 0.05
# What had happened before a strike and was handled after it.
_HANDLED_AFTER: Final = """
    SELECT extract(epoch FROM max(d.handled_at) - $1)::float8 FROM delivery d JOIN domain_event e ON e.id = d.event_id
    WHERE e.occurred_at <= $1 AND d.handled_at > $1
"""


@dataclass(frozen=True, slots=True)
class Kill:
    """Who is to die at a point, while travellers on any of these errands pass it."""

    point: KillPoint
    victim: Victim
    errands: Sequence[Errand]


@dataclass(slots=True)
class Toll:
    """What the kills at one point came to.

    In seconds, the longest that somebody waited for an answer, and until all was handled that
    had happened before, be it held up by a kill here or somewhere else shortly before.
    """

    strikes: list[Strike] = field(default_factory=list)
    answered: float = 0.0
    converged: float = 0.0


@dataclass(slots=True)
class Killing:
    """Kills in a market, with all who travelled meanwhile; `deaths` counts whom it had to start again."""

    market: Market
    switches: Path
    third_parties: ThirdParties
    chance: random.Random
    tolls: dict[str, Toll] = field(default_factory=lambda: defaultdict(Toll))
    travellers: list[Traveller] = field(default_factory=list)
    deaths: Counter[str] = field(default_factory=Counter)

    async def go_through(self, kills: Iterable[Kill]) -> None:
        """All of them, in bursts with a rest after each. AssertionError when one is not passed, or no rest comes."""
        left = deque(kills)
        database = await asyncpg.connect(self.market.ground.database_url)
        try:
            async with self._supervised():
                await self._all_back()
                road = await Road.through(self.market, self.third_parties)
                while left:
                    await self._burst(left, road, database)
        finally:
            await database.close()

    async def _burst(self, left: deque[Kill], road: Road, database: asyncpg.Connection) -> None:
        began = time.monotonic()
        fallen: list[tuple[Toll, Strike, Sequence[Traveller]]] = []
        async with asyncio.TaskGroup() as journeys:
            while left and time.monotonic() - began < _BURST:
                kill = left.popleft()
                company = [Traveller(self.chance.choice(kill.errands), road) for _ in range(COMPANY)]
                self.travellers += company
                strike = await self._strike(kill, company, journeys)
                toll = self.tolls[kill.point.name]
                toll.strikes.append(strike)
                fallen.append((toll, strike, company))
        await self._all_back()
        await self.third_parties.tell_again()
        await self._rest(database, fallen[-1][1])
        for toll, strike, travellers in fallen:
            handled = await database.fetchval(_HANDLED_AFTER, datetime.fromtimestamp(strike.at, UTC))
            toll.converged = max(toll.converged, handled or 0.0)
            toll.answered = max(toll.answered, *(traveller.longest for traveller in travellers))

    async def _strike(self, kill: Kill, company: Sequence[Traveller], journeys: asyncio.TaskGroup) -> Strike:
        """Send them on their way, and let somebody die as they pass; not before all are back from the last time."""
        await self._all_back()
        if Errand.FORGOTTEN in kill.errands:
            await company[0].road.gateway.hold_back()
        switch = KillSwitch(self.switches, kill.point.name)
        switch.arm(kill.victim, self.chance.randint(1, COMPANY))
        for traveller in company:
            journeys.create_task(traveller.travel())
        armed = time.monotonic()
        while (strike := switch.strike()) is None:
            assert time.monotonic() - armed < _PASSED_WITHIN, f"{kill.point.name} is not passed"
            await asyncio.sleep(_LOOK_AGAIN)
        switch.disarm()
        if Errand.FORGOTTEN in kill.errands:
            await company[0].road.gateway.tell()
        return strike

    async def _all_back(self) -> None:
        asked = time.monotonic()
        for child in self._children():
            while not await asyncio.to_thread(child.ready):
                assert time.monotonic() - asked < _BACK_WITHIN, f"{child.name} does not come back"
                await asyncio.sleep(_LOOK_AGAIN)

    async def _rest(self, database: asyncpg.Connection, last: Strike) -> None:
        """Return when nobody has anything to do, and third parties told nothing while that was looked at."""
        told_before: int | None = None
        while True:
            told, is_at_rest = await self.third_parties.told(), await is_quiet(database)
            if is_at_rest and told is not None and told == told_before:
                break
            told_before = told if is_at_rest else None
            if time.time() - last.at > LONGEST_REST:
                left = await loose_ends(database, self.market.saga.subscriptions())
                raise AssertionError(f"no rest {LONGEST_REST:.0f} s after the last kill; told: {told}; {left}")
            await asyncio.sleep(_LOOK_AGAIN)
        await self.third_parties.forget_what_was_told()

    @asynccontextmanager
    async def _supervised(self) -> AsyncIterator[None]:
        """Whoever ends is started again."""
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            for child in self._children():
                if child.exit_code() is not None:
                    self.deaths[child.name] += 1
                    child.launch()
            await asyncio.sleep(_LOOK_AGAIN)

    def _children(self) -> list[Child]:
        shop = self.market.shop
        return [each.child for each in (*shop.apis, *shop.saga.values())]
