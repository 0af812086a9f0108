"""Many guests who want the same pair in the same moment."""

from __future__ import annotations

import asyncio
import statistics
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from typing import Final

from tests.faults.door import Answer, Json
from tests.faults.guests import BENGALURU, Guest, fresh_key, order_form
from tests.faults.market import Market

_AT_ONCE: Final = 60  # carts that are filled at the same time

WISH: Final[Json] = {
    "productId": "oxford-roma",
    "styleId": "CAPTOE",
    "soleId": "GOODYEAR-LEATHER",
    "materialId": "CALF",
    "colorId": "CALF-COGNAC",
    "size": {"system": "EU", "value": "42.5"},
    "width": "F",
    "monogram": None,
    "quantity": 1,
}
SOLE: Final = "sole:GOODYEAR-LEATHER:42.5"
NEEDS: Final = {"box:standard": 1, "leather:CALF-COGNAC": 25, SOLE: 1}
"""Of one such pair: 24 dm² at EU 42, 2.5 % more for each size, rounded up."""


@dataclass(frozen=True, slots=True)
class Sale:
    """How a rush ended: what everybody was answered, by idempotency key."""

    answers: dict[str, Answer]

    @property
    def verdicts(self) -> Counter[tuple[int, str | None]]:
        """How often each status and code was answered."""
        return Counter(answer.verdict for answer in self.answers.values())

    @property
    def orders(self) -> list[Json]:
        """What was sold."""
        return [answer.data for answer in self.answers.values() if answer.status == 201]

    @property
    def refused(self) -> list[str]:
        """The keys of those who got nothing."""
        return [key for key, answer in self.answers.items() if answer.status != 201]

    def refusals_within(self, percent: int) -> float:
        """Seconds within which so many percent of the refusals had come."""
        return statistics.quantiles([self.answers[key].seconds for key in self.refused], n=100)[percent - 1]

    def __str__(self) -> str:
        """The figures, for a person."""
        return (
            f"{len(self.orders)} of {len(self.answers)} bought, the others were refused within "
            f"{self.refusals_within(50):.2f} s (p50), {self.refusals_within(95):.2f} s (p95), "
            f"{max(self.answers[key].seconds for key in self.refused):.2f} s (all)"
        )


@dataclass(slots=True)
class Crowd:
    """Guests with a cart each, spread over all processes. Who was refused keeps the cart for the next rush."""

    market: Market
    size: int
    _guests: list[Guest] = field(default_factory=list)

    def rush(self) -> Sale:
        """All of them order at once, every other one to pay on delivery."""
        return self.market.run(self._rush())

    async def _rush(self) -> Sale:
        await self._gather()
        someone = self._guests[0]
        totals = {method: await someone.checkout(BENGALURU, method) for method in ("PREPAID", "COD")}
        forms = [order_form(BENGALURU, method, quote["total"]["amount"]) for method, quote in totals.items()]
        orders = [guest.order(form) for guest, form in zip(self._guests, cycle(forms), strict=False)]
        answers = await asyncio.gather(*orders)
        sale = Sale({guest.key: answer for guest, answer in zip(self._guests, answers, strict=True)})
        self._guests = [guest for guest in self._guests if guest.key in set(sale.refused)]
        for guest in self._guests:
            guest.key = fresh_key()
        return sale

    async def _gather(self) -> None:
        """Bring in as many guests as are missing, and fill their carts."""
        doors = cycle(self.market.doors)
        newcomers = [Guest(next(doors)) for _ in range(self.size - len(self._guests))]
        room = asyncio.Semaphore(_AT_ONCE)

        async def fill(guest: Guest) -> None:
            async with room:
                await guest.put(WISH)

        await asyncio.gather(*(fill(guest) for guest in newcomers))
        self._guests += newcomers
