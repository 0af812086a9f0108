"""Fault 10: money for an order that was given up: the order is made after all, or the money goes back; once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

import pytest

from domain.inventory.capacity import Week
from ports.clock import Clock
from tests.faults import post
from tests.faults.door import Answer
from tests.faults.gateway import Gateway
from tests.faults.market import Market, open_market
from tests.faults.purchases import Purchase, purchases, side_by_side

T = TypeVar("T")

BUYERS: Final = 20
POLLERS: Final = 2


class Later(Clock):
    """By then, nobody's stock is held any more."""

    def now(self) -> datetime:
        """See Clock."""
        return datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shop")


@pytest.fixture(scope="module")
def shop(directory: Path) -> Iterator[Market]:
    """The gateway is asked about every payment at once, and again every second."""
    quickly = {"payment_watch_minutes": "0", "reconcile_seconds": "1"}
    with open_market(
        directory, slow=True, saga=("relay", "worker", "beat"), carrier="manual", **quickly, **post.into(directory)
    ) as market:
        yield market


@pytest.fixture
def week(shop: Market) -> Week:
    """Nothing is scarce until a test makes it so."""
    return shop.fill()


@pytest.fixture
def till(shop: Market, week: Week, directory: Path) -> Till:
    """Buyers who have ordered and not paid; the gateway tells everything five times, late and out of order."""
    gateway = Gateway(shop)
    shop.run(gateway.misbehave(copies=5, delay=[0, 1], window=16))
    return Till(shop, gateway, shop.run(purchases(shop, BUYERS)), post.sent(directory))


@dataclass(frozen=True, slots=True)
class Till:
    """Where they pay. `mails` are those that were sent before."""

    market: Market
    gateway: Gateway
    bought: Sequence[Purchase]
    mails: Counter[str]

    @property
    def ids(self) -> list[str]:
        """Of the orders."""
        return [each.order_id for each in self.bought]

    async def expire(self) -> None:
        """Give up what nobody has paid for, as the beat would have it done much later."""
        expire = replace(self.market.saga.expire_unpaid_orders(), clock=Later())
        while await expire():
            pass

    async def cancel(self) -> list[Answer]:
        """All buyers change their minds."""
        return await side_by_side(each.guest.cancel(each.ordered) for each in self.bought)

    async def pay(self) -> list[Answer]:
        """All pay, and their browsers tell; so do webhooks, and so does the gateway when it is asked meanwhile."""
        reconcile = self.market.saga.reconcile_payments()

        async def pay(each: Purchase) -> Answer:
            await each.pay(self.gateway)
            return (await asyncio.gather(each.confirm(), each.confirm(), reconcile()))[0]

        return await side_by_side(map(pay, self.bought), at_once=POLLERS * 4)

    def at(self) -> Counter[tuple[str, str]]:
        """How many orders are where."""
        sql = "SELECT status, payment_status FROM orders WHERE id = ANY($1)"
        return Counter((status, paid) for status, paid in self.market.look(sql, self.ids))

    def told(self, name: str) -> Counter[int]:
        """How often each of these orders told of that."""
        sql = "SELECT count(*) FROM domain_event WHERE name = $2 AND aggregate_id = ANY($1) GROUP BY aggregate_id"
        return Counter(count for [count] in self.market.look(sql, self.ids, name))

    def given_back(self) -> Counter[bool]:
        """Of the payments that went back: whether it was once, and all of it."""
        books = self.market.run(self.gateway.contents())
        totals = {each.proof["razorpay_payment_id"]: each.ordered.data["total"]["amount"] for each in self.bought}
        refunds: dict[str, list[int]] = {}
        for each in books["refunds"]:
            if each["payment_id"] in totals:
                refunds.setdefault(each["payment_id"], []).append(each["amount"])
        return Counter(amounts == [totals[payment]] for payment, amounts in refunds.items())


def test_late_money_makes_the_order_while_it_can_be_made(
    shop: Market, week: Week, till: Till, directory: Path, tell: Callable[[str], None]
) -> None:
    """All orders have expired, and there is room for half of them: these are confirmed, the others paid back."""
    shop.run(till.expire())
    assert till.at() == {("CANCELLED", "PENDING"): BUYERS}
    half = BUYERS // 2
    shop.open_only(week, half)

    answers = shop.run(till.pay())

    rested = shop.come_to_rest(till.gateway.is_at_rest)
    tell(f"{BUYERS} late payments, room for {half}: {dict(till.at())}, at rest after {rested:.1f} s")
    assert {answer.verdict for answer in answers} == {(200, None)}
    assert till.at() == {("CONFIRMED", "PAID"): half, ("CANCELLED", "REFUNDED"): half}
    assert till.told("order.paid") == {1: BUYERS}
    assert till.told("order.confirmed") == {1: half}
    assert till.told("order.late_payment_unplaceable") == {1: half}
    assert till.given_back() == {True: half}
    assert (post.sent(directory) - till.mails)["order_refunded"] == half
    assert shop.contradictions() == {}
    assert shop.loose_ends() == {}


def test_money_for_what_its_buyer_gave_up_goes_back(
    shop: Market, till: Till, directory: Path, tell: Callable[[str], None]
) -> None:
    """The browser window with the gateway's checkout was still open."""
    shop.run(till.cancel())

    answers = shop.run(till.pay())

    rested = shop.come_to_rest(till.gateway.is_at_rest)
    tell(f"{BUYERS} payments of cancelled orders: {dict(till.at())}, at rest after {rested:.1f} s")
    assert {answer.verdict for answer in answers} == {(200, None)}
    all_paid_back(shop, till)
    assert (post.sent(directory) - till.mails)["order_refunded"] == BUYERS


def test_cancelling_and_paying_at_once_ends_in_one_way(shop: Market, till: Till, tell: Callable[[str], None]) -> None:
    """Whichever is first, nothing is made, and the money goes back."""
    answers, cancelled = shop.run(at_once(till.pay(), till.cancel()))

    rested = shop.come_to_rest(till.gateway.is_at_rest)
    late = till.told("order.late_payment_unplaceable").total()
    tell(f"{BUYERS} cancelled while being paid, {late} of them before: at rest after {rested:.1f} s")
    assert {answer.verdict for answer in (*answers, *cancelled)} == {(200, None)}
    all_paid_back(shop, till)


def test_expiring_and_paying_at_once_ends_in_one_way(shop: Market, till: Till, tell: Callable[[str], None]) -> None:
    """Whichever is first, the order is made, and the money stays."""
    answers, _ = shop.run(at_once(till.pay(), till.expire()))

    rested = shop.come_to_rest(till.gateway.is_at_rest)
    late = till.told("order.cancelled").total()
    tell(f"{BUYERS} paid while expiring, {late} of them after: at rest after {rested:.1f} s")
    assert {answer.verdict for answer in answers} == {(200, None)}
    assert till.at() == {("CONFIRMED", "PAID"): BUYERS}
    assert till.told("order.confirmed") == {1: BUYERS}
    assert till.given_back() == {}
    assert shop.contradictions() == {}
    assert shop.loose_ends() == {}


async def at_once(pay: Awaitable[list[Answer]], give_up: Awaitable[T]) -> tuple[list[Answer], T]:
    return await asyncio.gather(pay, give_up)


def all_paid_back(shop: Market, till: Till) -> None:
    """Nothing is made, and all that was taken is gone."""
    assert till.at() == {("CANCELLED", "REFUNDED"): BUYERS}
    assert till.told("order.paid") == {1: BUYERS}
    assert till.told("order.cancelled") == {1: BUYERS}
    assert till.given_back() == {True: BUYERS}
    assert shop.contradictions() == {}
    assert shop.loose_ends() == {}
