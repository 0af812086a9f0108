"""Fault 5: processes are killed in the worst moments; what was promised is done all the same, and nothing twice.

SHOES_TEST_KILLS says how often at each point (1 by default).
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from typing import Final

import pytest

from tests.faults.kill_points import API, BEAT, RELAY, WORKER, Errand
from tests.faults.killing import LONGEST_REST, Kill, Killing
from tests.faults.market import Market, open_market
from tests.faults.third_parties import Deeds, ThirdParties
from tests.faults.travellers import Traveller
from tests.harness.kill_switch import KillPoint, Victim

KILLS: Final = int(os.environ.get("SHOES_TEST_KILLS", "1"))
CAST: Final = ("relay", "worker", "worker", "beat")
PROGRAM: Final = (sys.executable, "-m", "tests.faults.deadly_shoes")

TO_THE_DOOR: Final = ("order_placed", "in_production", "ready_to_ship", "shipped", "delivered")
MAILS: Final[Mapping[Errand, tuple[str, ...]]] = {
    Errand.CASH: TO_THE_DOOR,
    **dict.fromkeys((Errand.PREPAID, Errand.PUT_ASIDE, Errand.FORGOTTEN), (*TO_THE_DOOR, "payment_received")),
    Errand.GIVEN_UP: ("order_placed", "payment_received", "order_cancelled", "order_refunded"),
}
"""That everybody gets once, whenever they are written. Who is told that the parcel comes today depends on the hour."""


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """Nothing is scarce, and nobody is patient with the gateway."""
    directory = tmp_path_factory.mktemp("shop")
    often = {"payment_watch_minutes": "0", "reconcile_seconds": "1", "sweep_seconds": "1"}
    with open_market(
        directory, slow=False, saga=CAST, program=PROGRAM, test_kill_switches=str(directory), **often
    ) as market:
        market.fill()
        market.run(ThirdParties(market).be_rich())
        yield market


@pytest.fixture
def killing(request: pytest.FixtureRequest, market: Market) -> Killing:
    """Chance is the same for the same test."""
    return Killing(market, market.shop.settings.var, ThirdParties(market), random.Random(request.node.name))


def test_no_death_of_an_api_loses_an_order_or_makes_two_of_it(killing: Killing, tell: Callable[[str], None]) -> None:
    """Nor the money that came for it, nor a message: who was not answered asks again and is told how it stands."""
    kill_and_examine(killing, list(alternating(API)), tell)


def test_no_death_of_a_worker_leaves_anything_undone_or_does_it_twice(
    killing: Killing, tell: Callable[[str], None]
) -> None:
    """Its effects are outside as well: one parcel or one refund for each order, one mail of each kind."""
    deadly = list(alternating(WORKER))

    kill_and_examine(killing, deadly, tell)

    assert killing.deaths.total() == sum(kill.victim is Victim.GROUP for kill in deadly), "others have died, too"


def test_no_death_of_relay_or_beat_loses_an_event(killing: Killing, tell: Callable[[str], None]) -> None:
    """Nor are events handled twice that were handed out twice."""
    deadly = [Kill(point, Victim.GROUP, errands) for point, errands in (RELAY | BEAT).items()] * KILLS

    kill_and_examine(killing, deadly, tell)

    assert killing.deaths.total() == len(deadly), "others have died, too"


def alternating(points: Mapping[KillPoint, Sequence[Errand]]) -> Iterator[Kill]:
    """At every point in turn, and again: now one of a process's children dies, now all of them with it."""
    for turn in range(KILLS):
        for (point, errands), victim in zip(points.items(), islice(cycle(Victim), turn % 2, None), strict=False):
            yield Kill(point, victim, errands)


def kill_and_examine(killing: Killing, deadly: Sequence[Kill], tell: Callable[[str], None]) -> None:
    """Every point is hit so often, all comes to rest within a minute, and is as it should be."""
    market, third_parties = killing.market, killing.third_parties
    before = market.books()

    market.run(killing.go_through(deadly))

    tell(report(killing))
    assert {name: len(toll.strikes) for name, toll in killing.tolls.items()} == Counter(
        kill.point.name for kill in deadly
    )
    assert max(toll.converged for toll in killing.tolls.values()) < LONGEST_REST
    assert market.contradictions() == {}
    assert market.loose_ends() == {}
    assert market.books().since(before).rows["orders"] == len(killing.travellers)
    assert_done_once(market, market.run(third_parties.deeds()), killing.travellers)
    spent, charged = market.run(third_parties.spent_on_parcels())
    assert spent == charged


def assert_done_once(market: Market, deeds: Mapping[str, Deeds], travellers: list[Traveller]) -> None:
    """What third parties did for each of them is what was wanted, and what the shop believes."""
    orders = {
        number: tuple(row)
        for number, *row in market.look("""
            SELECT o.ext_id, o.status, o.payment_status, coalesce(p.captured, 0), coalesce(p.refunded, 0), s.awb
            FROM orders o LEFT JOIN payment p ON p.order_id = o.id LEFT JOIN shipment s ON s.order_id = o.id""")
    }
    for traveller in travellers:
        done, errand = deeds[traveller.number], traveller.errand
        paid = [] if errand is Errand.CASH else [traveller.total]
        given_back = [traveller.total] if errand is Errand.GIVEN_UP else []
        parcels = [] if errand is Errand.GIVEN_UP else done.parcels[:1]
        del done.mails["out_for_delivery"]
        assert done == Deeds(paid, given_back, parcels, Counter(MAILS[errand])), errand
        ended = ("CANCELLED", "REFUNDED") if errand is Errand.GIVEN_UP else ("DELIVERED", "PAID")
        assert orders[traveller.number] == (*ended, sum(paid), sum(given_back), next(iter(parcels), None)), errand


def report(killing: Killing) -> str:
    """Kills, and the longest seconds; by point where there are several."""
    tolls = killing.tolls
    kills = sum(len(toll.strikes) for toll in tolls.values())
    answered, converged = (max(getattr(toll, what) for toll in tolls.values()) for what in ("answered", "converged"))
    lines = [
        f"{kills} kills at {len(tolls)} points, {len(killing.travellers)} orders: "
        f"all answered within {answered:.1f} s, all handled within {converged:.1f} s"
    ]
    if KILLS > 1:
        lines += [
            f"  {name}: {len(toll.strikes)} kills, answered within {toll.answered:.1f} s, "
            f"handled within {toll.converged:.1f} s"
            for name, toll in tolls.items()
        ]
    return "\n".join(lines)
