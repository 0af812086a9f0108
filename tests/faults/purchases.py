"""Orders on their way to being paid."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any, Final, TypeVar

from tests.faults.crowd import WISH
from tests.faults.door import Answer, Json
from tests.faults.gateway import Gateway
from tests.faults.guests import BENGALURU, Guest, order_form
from tests.faults.market import Market

T = TypeVar("T")

_AT_ONCE: Final = 40


@dataclass(slots=True)
class Purchase:
    """An order that waits for its money; `proof` is what the gateway's checkout gave for it."""

    guest: Guest
    ordered: Answer
    payment: Json
    proof: Json = field(default_factory=dict)

    @property
    def order_id(self) -> str:
        """Of the order."""
        order_id: str = self.ordered.data["id"]
        return order_id

    @property
    def provider_order_id(self) -> str:
        """What the gateway calls it."""
        provider_order_id: str = self.payment["providerOrderId"]
        return provider_order_id

    async def pay(self, gateway: Gateway, outcome: str = "success") -> None:
        """Go through the gateway's checkout; the shop hears nothing of it from here."""
        answer = await gateway.pay(self.provider_order_id, outcome)
        self.proof = answer if "razorpay_signature" in answer else {}

    async def confirm(self) -> Answer:
        """Hand the proof in."""
        return await self.guest.confirm(self.ordered, self.proof)


async def purchases(market: Market, count: int) -> list[Purchase]:
    """So many guests each order a pair, and begin to pay for it; spread over all doors."""
    guests = [Guest(door) for door in islice(cycle(market.doors), count)]
    await guests[0].put(WISH)
    total = (await guests[0].checkout(BENGALURU, "PREPAID"))["total"]["amount"]

    async def buy(guest: Guest) -> Purchase:
        if guest.cart_token is None:
            await guest.put(WISH)
        ordered = await guest.order(order_form(BENGALURU, "PREPAID", total))
        assert ordered.verdict == (201, None), ordered.response.body
        return Purchase(guest, ordered, await guest.pay(ordered))

    return await side_by_side(map(buy, guests))


async def side_by_side(works: Iterable[Coroutine[Any, Any, T]], at_once: int = _AT_ONCE) -> list[T]:
    """Do all of it, `at_once` at a time; the results in order. Where one fails, the others are not begun."""
    room, given = asyncio.Semaphore(at_once), [*works]

    async def do(work: Coroutine[Any, Any, T]) -> T:
        async with room:
            return await work

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(do(work)) for work in given]
    finally:
        for work in given:
            work.close()
    return [task.result() for task in tasks]
