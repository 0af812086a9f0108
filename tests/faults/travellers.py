"""Customers whose order goes all the way, whatever dies meanwhile: they ask again until they are answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from typing import Final, TypeVar

from tests.faults.crowd import WISH
from tests.faults.door import Answer, Door, Json
from tests.faults.gateway import Gateway
from tests.faults.guests import BENGALURU, Guest, fresh_key, order_form
from tests.faults.kill_points import Errand
from tests.faults.market import Market
from tests.faults.staff import Staff
from tests.faults.third_parties import ThirdParties

T = TypeVar("T")

_LONGEST: Final = 60.0  # seconds that anybody waits for anything
_BREATH: Final = 0.2
_LOOK_AGAIN: Final = 0.5


@dataclass(frozen=True, slots=True)
class Road:
    """Where travellers go along; `forms` are what they order with, by payment method."""

    doors: Iterator[Door]
    gateway: Gateway
    third_parties: ThirdParties
    forms: Mapping[str, Json]

    @classmethod
    async def through(cls, market: Market, third_parties: ThirdParties) -> Road:
        """A way past all doors of a market, for those who want a pair."""
        guest = Guest(market.doors[0])
        await guest.put(WISH)
        totals = {how: (await guest.checkout(BENGALURU, how))["total"]["amount"] for how in ("PREPAID", "COD")}
        forms = {how: order_form(BENGALURU, how, total) for how, total in totals.items()}
        return cls(cycle(market.doors), Gateway(market), third_parties, forms)


@dataclass(slots=True)
class Traveller:
    """Does one errand. `number` is the order's, `total` its paise, `longest` the seconds that one answer took."""

    errand: Errand
    road: Road
    number: str = ""
    total: int = 0
    longest: float = 0.0
    _guest: Guest = field(init=False)

    def __post_init__(self) -> None:
        """Comes as anybody."""
        self._guest = Guest(next(self.road.doors))

    async def travel(self) -> None:
        """To the end of the errand, as far as anybody outside the shop has to act for it."""
        ordered = await self._order()
        self.number, self.total = ordered.data["extId"], ordered.data["total"]["amount"]
        if self.errand is not Errand.CASH:
            await self._pay(ordered)
        if self.errand is Errand.GIVEN_UP:
            await self._give_up(ordered)
        else:
            await self._have_it_brought()

    async def _order(self) -> Answer:
        await self._insist(self._fill_cart)
        form = self.road.forms["COD" if self.errand is Errand.CASH else "PREPAID"]
        ordered = await self._insist(lambda: self._guest.order(form))
        assert ordered.verdict == (201, None), ordered.response.body
        return ordered

    async def _fill_cart(self) -> None:
        """A new one: nobody can tell whether a pair is in the one before."""
        self._guest = Guest(next(self.road.doors))
        await self._guest.put(WISH)

    async def _pay(self, ordered: Answer) -> None:
        payment = await self._insist(lambda: self._guest.pay(ordered))
        outcome = "authorized" if self.errand is Errand.PUT_ASIDE else "success"
        proof = await self.road.gateway.pay(payment["providerOrderId"], outcome)
        if self.errand is not Errand.FORGOTTEN:
            key = fresh_key()
            confirmed = await self._insist(lambda: self._guest.confirm(ordered, proof, key=key))
            assert confirmed.verdict == (200, None), confirmed.response.body
        await self._wait_until(self._is_confirmed, "not confirmed")

    async def _give_up(self, ordered: Answer) -> None:
        key = fresh_key()
        cancelled = await self._insist(lambda: self._guest.cancel(ordered, key=key))
        assert cancelled.verdict == (200, None), cancelled.response.body

    async def _have_it_brought(self) -> None:
        for made in (
            await self._insist(lambda: self._staff().cut(self.number)),
            await self._insist(lambda: self._staff().box(self.number)),
        ):
            assert made.verdict == (200, None), made.response.body
        await self._wait_until(self._is_booked, "not booked")
        await self.road.third_parties.bring(f"{self.number}-1")

    async def _is_confirmed(self) -> bool:
        return bool((await self._staff().order(self.number))["status"] == "CONFIRMED")

    async def _is_booked(self) -> bool:
        return any(each["step"] == "BOOKED" for each in await self._staff().shipments(self.number))

    def _staff(self) -> Staff:
        return Staff(next(self.road.doors))

    async def _wait_until(self, is_so: Callable[[], Awaitable[bool]], what: str) -> None:
        began = time.monotonic()
        while not await self._insist(is_so):
            assert time.monotonic() - began < _LONGEST, f"{self.number} is {what} after {_LONGEST:.0f} s"
            await asyncio.sleep(_LOOK_AGAIN)

    async def _insist(self, ask: Callable[[], Awaitable[T]]) -> T:
        """What is answered; whoever is cut off before asks again, at the next door."""
        began = time.monotonic()
        while True:
            try:
                answer = await ask()
            except OSError:
                assert time.monotonic() - began < _LONGEST, f"{self.number} was not answered for {_LONGEST:.0f} s"
                await asyncio.sleep(_BREATH)
                self._guest.door = next(self.road.doors)
            else:
                self.longest = max(self.longest, time.monotonic() - began)
                return answer
