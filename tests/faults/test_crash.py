"""Fault 5, a first taste: a process that is killed while it takes orders leaves no half of one behind.

Named points, relay and handlers come with the workers.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Final

import pytest

from tests.faults.crowd import WISH
from tests.faults.door import Answer, Json
from tests.faults.guests import BENGALURU, Guest, order_form
from tests.faults.market import Market

BUYERS: Final = 120
STREAM: Final = 24  # orders that are under way at any moment
CRASH_AFTER: Final = 40  # orders answered


@pytest.fixture
def market(slow_market: Market) -> Iterator[Market]:
    """Nothing is scarce; and whoever was killed is back for the next test."""
    slow_market.fill()
    yield slow_market
    for api in slow_market.shop.apis:
        if api.child.exit_code() is not None:
            api.restart()


class Buyers:
    """Guests with a cart each, who order one after the other while something happens."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.guests = [Guest(door) for door in islice(cycle(market.doors), BUYERS)]
        self.form: Json = {}
        self.answered = 0
        self.cut_off: list[Guest] = []

    async def fill_carts(self) -> None:
        await asyncio.gather(*(guest.put(WISH) for guest in self.guests))
        quote = await self.guests[0].checkout(BENGALURU, "PREPAID")
        self.form = order_form(BENGALURU, "PREPAID", quote["total"]["amount"])

    async def order(self, victim: int) -> None:
        """Everybody orders; in the middle of it one process is killed."""
        room = asyncio.Semaphore(STREAM)

        async def buy(guest: Guest) -> None:
            async with room:
                try:
                    answer = await guest.order(self.form)
                except OSError:
                    self.cut_off.append(guest)
                    return
            assert answer.verdict == (201, None)
            self.answered += 1
            if self.answered == CRASH_AFTER:
                self.market.shop.apis[victim].crash()

        async with asyncio.TaskGroup() as stream:
            for guest in self.guests:
                stream.create_task(buy(guest))

    async def ask_again(self) -> list[Answer]:
        """Those who heard nothing send the same again, half of them to the process that is back."""
        doors = cycle(self.market.doors)
        for guest in self.cut_off:
            guest.door = next(doors)
        return await asyncio.gather(*(guest.order(self.form) for guest in self.cut_off))


@pytest.mark.parametrize("victim", [0, 1, 2])
def test_a_killed_process_leaves_no_half_order(market: Market, victim: int) -> None:
    """SIGKILL in a stream of orders: what was kept is whole, and who heard nothing gets one order by asking again."""
    buyers = Buyers(market)
    market.run(buyers.fill_carts())
    before = market.books()

    market.run(buyers.order(victim))

    assert buyers.cut_off, "the process was not killed in the middle of anything"
    assert market.contradictions() == {}
    kept = market.books().since(before).rows["orders"]
    assert buyers.answered <= kept <= BUYERS

    market.shop.apis[victim].restart()
    answers = market.run(buyers.ask_again())

    assert Counter(answer.verdict for answer in answers) == {(201, None): len(buyers.cut_off)}
    replays = sum(answer.response.header("Idempotent-Replayed") == "true" for answer in answers)
    assert replays == kept - buyers.answered, "what was kept before the crash is told, not done again"
    changes = market.books().since(before)
    assert (changes.rows["orders"], sum(changes.booked.values())) == (BUYERS, BUYERS)
    assert market.contradictions() == {}
