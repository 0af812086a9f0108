"""Shoppers who go on shopping whatever happens to the servers, and remember what they were answered."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Final

from bootstrap.container import Shop
from tests.faults.crowd import WISH
from tests.faults.door import Answer, Door, Json
from tests.faults.guests import BASE, BENGALURU, Guest, order_form
from tests.faults.market import Market
from tests.faults.regulars import Regular

_BREATH: Final = 0.05  # seconds after a refusal
_LONGEST: Final = 120.0  # seconds that a shopper insists


@dataclass(frozen=True, slots=True)
class Memory:
    """What was asked, when it was answered (`time.monotonic`), and how."""

    errand: str
    at: float
    answer: Answer


@dataclass(slots=True)
class Load:
    """So many shoppers at the doors, and regulars in this process, each with one cart after the other."""

    market: Market
    shoppers: int
    regulars: int = 0
    memories: list[Memory] = field(default_factory=list)
    ordered: list[Answer] = field(default_factory=list)
    bought: list[float] = field(default_factory=list)
    """When regulars had their orders."""
    _over: threading.Event = field(default_factory=threading.Event)

    def during(self, act: Callable[[], None]) -> None:
        """Shop while `act` does something to the servers, and until everybody's last order is placed."""

        def act_and_end() -> None:
            try:
                act()
            finally:
                self._over.set()

        self.market.run_during(act_and_end, self._shop())

    def verdicts(self, errand: str) -> Counter[tuple[int, str | None]]:
        """How often each status and code was answered to one kind of request."""
        return Counter(each.answer.verdict for each in self.memories if each.errand == errand)

    def refused(self) -> list[Memory]:
        """All that was not done."""
        return [each for each in self.memories if each.answer.status >= 400]

    def slowest(self) -> float:
        """Seconds that the slowest answer took."""
        return max(each.answer.seconds for each in self.memories)

    async def _shop(self) -> None:
        guest = Guest(self.market.doors[0])
        await guest.put(WISH)
        total = (await guest.checkout(BENGALURU, "COD"))["total"]["amount"]
        form, shop = order_form(BENGALURU, "COD", total), Shop(ports=self.market.adapters)
        async with asyncio.TaskGroup() as group:
            for door in islice(cycle(self.market.doors), self.shoppers):
                group.create_task(self._go_on(door, form))
            for _ in range(self.regulars):
                group.create_task(self._come_again(Regular(shop)))

    async def _come_again(self, regular: Regular) -> None:
        while not self._over.is_set():
            await regular.buy()
            self.bought.append(time.monotonic())
            await asyncio.sleep(_BREATH)  # they are here to be served, not to keep others from it

    async def _go_on(self, door: Door, form: Json) -> None:
        while not self._over.is_set():
            await self._buy(Guest(door), form)

    async def _buy(self, guest: Guest, form: Json) -> None:
        await self._insist("browse", lambda: guest.door.ask("GET", f"{BASE}/products"))
        await self._insist("put", lambda: guest.try_to_put(WISH))
        self.ordered.append(await self._insist("order", lambda: guest.order(form)))

    async def _insist(self, errand: str, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """What is answered in the end; whoever is told to come later, does."""
        began = time.monotonic()
        while True:
            answer = await ask()
            self.memories.append(Memory(errand, time.monotonic(), answer))
            if answer.status != 503:
                return answer
            assert time.monotonic() - began < _LONGEST, f"{errand} was refused for {_LONGEST:.0f} s"
            await asyncio.sleep(_BREATH)
