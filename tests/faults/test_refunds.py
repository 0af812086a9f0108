"""Fault 8: many people give back the same money at once; never more goes back than came, and the gateway agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Final

import pytest

from tests.faults.door import Answer, Json
from tests.faults.gateway import Gateway
from tests.faults.guests import fresh_key
from tests.faults.market import Market, open_market
from tests.faults.post import into
from tests.faults.purchases import Purchase, purchases, side_by_side
from tests.faults.staff import Staff

PEOPLE: Final = 20
LOST: Final[Json] = {"kind": "timeout_after", "method": "POST", "path": "*/refund", "seconds": 0.1}
"""The gateway gives the money back, and nobody hears of it."""


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """Nothing is scarce."""
    directory: Path = tmp_path_factory.mktemp("shop")
    with open_market(
        directory, slow=True, saga=("relay", "worker", "beat"), carrier="manual", **into(directory)
    ) as market:
        market.fill()
        yield market


@pytest.fixture
def gateway(market: Market) -> Gateway:
    return Gateway(market)


@pytest.fixture
def paid(market: Market, gateway: Gateway) -> Purchase:
    """An order that was paid."""

    async def buy() -> Purchase:
        [bought] = await purchases(market, 1)
        await bought.pay(gateway)
        assert (await bought.confirm()).verdict == (200, None)
        return bought

    return market.run(buy())


def test_ten_tenths_go_back(market: Market, gateway: Gateway, paid: Purchase, tell: Callable[[str], None]) -> None:
    """Twenty people give back a tenth each: ten may, though the gateway's answers to some of them get lost."""
    total = paid.ordered.data["total"]["amount"]
    assert total % 10 == 0
    market.run(gateway.strike({**LOST, "times": 3}))

    answers = market.run(side_by_side(each.refund(paid.order_id, total // 10) for each in people(market)))

    rested = market.come_to_rest(gateway.is_at_rest)
    verdicts = Counter(answer.verdict for answer in answers)
    tell(f"{PEOPLE} refunds of 10 % at once: {verdicts[201, None]} made; gone and told after {rested:.1f} s")
    assert verdicts == {(201, None): 10, (409, "conflict"): 10}
    assert given_back(market, gateway, paid) == [total // 10] * 10
    assert state_of(market, paid) == ("CONFIRMED", "REFUNDED", total, total)
    assert market.contradictions() == {}
    assert market.loose_ends() == {}


def test_a_refund_sent_again_is_one_refund(market: Market, gateway: Gateway, paid: Purchase) -> None:
    """Everybody who sends the same under one key gets the same refund."""
    total, key = paid.ordered.data["total"]["amount"], fresh_key()

    answers = market.run(side_by_side(each.refund(paid.order_id, 100, key=key) for each in people(market)))

    market.come_to_rest(gateway.is_at_rest)
    assert {answer.verdict for answer in answers} == {(201, None)}
    assert len({answer.data["id"] for answer in answers}) == 1
    assert given_back(market, gateway, paid) == [100]
    assert state_of(market, paid) == ("CONFIRMED", "PARTIALLY_REFUNDED", 100, total)
    assert market.contradictions() == {}
    assert market.loose_ends() == {}


def test_whoever_is_first_the_rest_goes_back_once(market: Market, gateway: Gateway, paid: Purchase) -> None:
    """Staff give back a part and all that is left, while the buyer cancels: all of it goes back, no paisa twice."""
    total = paid.ordered.data["total"]["amount"]

    async def everybody() -> list[Answer]:
        parts = [each.refund(paid.order_id, total // 7) for each in islice(people(market), 3)]
        rests = [each.refund(paid.order_id, None) for each in islice(people(market), 3)]
        return await side_by_side([*parts, paid.guest.cancel(paid.ordered), *rests])

    answers = market.run(everybody())

    market.come_to_rest(gateway.is_at_rest)
    assert {answer.status for answer in answers} <= {200, 201, 409}
    assert sum(given_back(market, gateway, paid)) == total
    assert state_of(market, paid) == ("CANCELLED", "REFUNDED", total, total)
    assert market.contradictions() == {}
    assert market.loose_ends() == {}


def people(market: Market) -> Iterator[Staff]:
    """Twenty, at all doors."""
    return map(Staff, islice(cycle(market.doors), PEOPLE))


def given_back(market: Market, gateway: Gateway, paid: Purchase) -> list[int]:
    """What went back at the gateway, in paise."""
    books = market.run(gateway.contents())
    return [each["amount"] for each in books["refunds"] if each["payment_id"] == paid.proof["razorpay_payment_id"]]


def state_of(market: Market, paid: Purchase) -> tuple[str, str, int, int]:
    """The order's status and payment, what it counts as given back, and what was captured."""
    [row] = market.look(
        """SELECT o.status, o.payment_status, o.refunded, p.captured
           FROM orders o JOIN payment p ON p.order_id = o.id WHERE o.id = $1""",
        paid.order_id,
    )
    return row[0], row[1], row[2], row[3]
