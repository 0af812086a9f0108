"""Fault 11: Shiprocket does what it is asked, and nobody hears of it: one parcel, one air waybill, paid for once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Final

import pytest

from tests.faults.crowd import WISH
from tests.faults.door import Door, Json
from tests.faults.guests import BENGALURU, Guest, order_form
from tests.faults.market import Market, open_market
from tests.faults.purchases import side_by_side
from tests.faults.staff import Staff
from tests.faults.third_parties import ThirdParties

ORDERS: Final = 6
LATE: Final = 12.0  # seconds: longer than anybody waits for an answer
_CALLS: Final = ("*/orders/create/adhoc", "*/courier/assign/awb", "*/courier/generate/pickup")
SILENCE: Final[list[Json]] = [
    {"kind": kind, "method": "POST", "path": path, **how}
    for path in _CALLS
    for kind, how in (("timeout_after", {"seconds": LATE}), ("timeout_after", {"seconds": 0.1}), ("malformed", {}))
]
"""Of each call that changes something, one is done and answered too late, one is cut off, one answered by half."""


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    """Nothing is scarce."""
    with open_market(tmp_path, slow=False, saga=("relay", "worker", "beat")) as market:
        market.fill()
        yield market


@pytest.fixture
def carrier(market: Market) -> Door:
    """The sandbox, to be told what it does wrong."""
    return market.door_to(market.shop.settings.shiprocket_url)


def test_a_parcel_is_booked_once(market: Market, carrier: Door, tell: Callable[[str], None]) -> None:
    """Six orders are boxed at once, nine of the carrier's answers are lost, and all six arrive."""
    third_parties = ThirdParties(market)
    market.run(third_parties.be_rich())
    market.run(carrier.ask("POST", "/_control/faults", body=SILENCE))
    orders = market.run(ordered(market))

    market.run(side_by_side(Staff(market.doors[0]).make(order) for order in orders))

    booked = market.come_to_rest(within=120)
    assert market.run(carrier.ask("GET", "/_control/faults")).response.json() == [], "some answers were heard"
    assert market.look("SELECT step, count(*) FROM shipment GROUP BY step") == [("BOOKED", ORDERS)]
    [[most]] = market.look("SELECT max(attempts) FROM delivery WHERE handler = 'book_parcel'")
    tell(f"{ORDERS} parcels, {len(SILENCE)} answers of the carrier lost: booked after {booked:.1f} s, {most} attempts")
    market.run(side_by_side(third_parties.bring(f"{order}-1") for order in orders))
    market.wait_until(lambda: have_arrived(market))
    market.come_to_rest()
    deeds = market.run(third_parties.deeds())
    spent, cost = market.run(third_parties.spent_on_parcels())
    assert [len(deeds[order].parcels) for order in orders] == [1] * ORDERS
    assert len({awb for order in orders for awb in deeds[order].parcels if awb}) == ORDERS
    assert spent == cost
    assert [deeds[order].mails["shipped"] for order in orders] == [1] * ORDERS
    assert [deeds[order].mails["delivered"] for order in orders] == [1] * ORDERS
    assert market.contradictions() == {}
    assert market.loose_ends() == {}


async def ordered(market: Market) -> list[str]:
    """Numbers of orders that are paid on delivery."""
    guests = [Guest(door) for door in islice(cycle(market.doors), ORDERS)]
    await side_by_side(guest.put(WISH) for guest in guests)
    total = (await guests[0].checkout(BENGALURU, "COD"))["total"]["amount"]
    answers = await side_by_side(guest.order(order_form(BENGALURU, "COD", total)) for guest in guests)
    return [answer.data["extId"] for answer in answers]


async def have_arrived(market: Market) -> bool:
    """Whether all customers have their shoes, and have paid for them."""
    return await market.count("orders WHERE status = 'DELIVERED' AND payment_status = 'PAID'") == ORDERS
