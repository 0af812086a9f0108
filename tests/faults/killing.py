"""Kill processes at named points while orders travel, start them again, and see what became of it all."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import asyncpg

from application.events.relay_events import LEASE
from bootstrap.embedded import Child
from tests.faults.books import is_quiet
from tests.faults.kill_points import Errand
from tests.faults.market import Market
from tests.faults.third_parties import ThirdParties
from tests.faults.travellers import Road, Traveller
from tests.harness.kill_switch import KillPoint, KillSwitch, Strike, Victim

COMPANY: Final = 2  # travellers on the road for each kill, beside those of the kills before
LONGEST_REST: Final = 60.0
_BURST: Final = LEASE.total_seconds() - 5
"""Seconds: what was killed comes back into no kill of the same burst."""
_STRUCK_WITHIN: Final = 30.0
_LOOK_AGAIN: Final = 0.02
# What had happened before a strike, and was handled after it.
_HANDLED_AFTER: Final = """
    SELECT extract(epoch FROM max(d.handled_at) - $1)::float8 FROM delivery d JOIN domain_event e ON e.id = d.event_id
    WHERE e.occurred_at <= $1 AND d.handled_at > $1
"""


@dataclass(frozen=True, slots=True)
class Kill:
    """Somebody who is to die at a point, while travellers on these errands pass it."""

    point: KillPoint
    victim: Victim
    errands: Sequence[Errand]


@dataclass(slots=True)
class Toll:
    """What the kills at one point came to. Times in seconds, each the longest."""

    strikes: list[Strike] = field(default_factory=list)
    converged: float = 0.0
    answered: float = 0.0


class Killing:
    """Kills, and all who travelled meanwhile."""

    def __init__(self, market: Market, switches: Path, third_parties: ThirdParties, chance: random.Random) -> None:
        self.tolls: dict[str, Toll] = defaultdict(Toll)
        self.travellers: list[Traveller] = []
        self.deaths: Counter[str] = Counter()
        self._market = market
        self._switches = switches
        self._third_parties = third_parties
        self._chance = chance

    async def go_through(self, kills: Collection[Kill]) -> None:
        """All of them in bursts, each of them followed by a rest. AssertionError when a point was not passed."""
        road = await Road.through(self._market, self._third_parties)
        left = deque(kills)
        async with self._supervised():
            while left:
                await self._burst(left, road)

    async def _burst(self, left: deque[Kill], road: Road) -> None:
        began = time.monotonic()
        burst: list[tuple[Toll, Strike, list[Traveller]]] = []
        async with asyncio.TaskGroup() as journeys:
            while left and time.monotonic() - began < _BURST:
                kill = left.popleft()
                company = [Traveller(self._chance.choice(kill.errands), road) for _ in range(COMPANY)]
                self.travellers += company
                strike = await self._strike(kill, company, journeys)
                self.tolls[kill.point.name].strikes.append(strike)
                burst.append((self.tolls[kill.point.name], strike, company))
        await self._rest(burst[-1][1])
        await self._measure(burst)

    async def _strike(self, kill: Kill, company: Sequence[Traveller], journeys: asyncio.TaskGroup) -> Strike:
        """Send them on their way, and let somebody die as they pass."""
        switch = KillSwitch(self._switches, kill.point.name)
        is_silent = Errand.FORGOTTEN in kill.errands
        if is_silent:
            await self._road_gateway.hold_back()
        switch.arm(kill.victim, self._chance.randint(1, COMPANY))
        for traveller in company:
            journeys.create_task(traveller.travel())
        strike = await self._struck(switch, kill)
        if is_silent:
            await self._road_gateway.tell()
        return strike
