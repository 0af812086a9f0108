"""Fault 6: the connection breaks while something is committed: whoever asked hears an honest answer, and asks again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Final

import pytest

from tests.faults import post
from tests.faults.crowd import WISH
from tests.faults.door import Answer
from tests.faults.gateway import Gateway, Message
from tests.faults.guests import BENGALURU, Guest, fresh_key, order_form
from tests.faults.market import Market, open_market
from tests.faults.purchases import Purchase, purchases, side_by_side
from tests.harness.slow_wire import Fate

BUYERS: Final = 24
EVERY_THIRD: Final = (Fate.THROUGH, Fate.BEFORE, Fate.THROUGH, Fate.THROUGH, Fate.THROUGH, Fate.AFTER) * 20
# What a relay has leased without hearing of it waits for the end of the lease, half a minute.
EVERY_SECOND: Final = (Fate.THROUGH, Fate.BEFORE) * 20
WEATHER: Final = {"serve": EVERY_THIRD, "worker": EVERY_THIRD, "relay": EVERY_SECOND}
UNKNOWN: Final = (503, "service-unavailable")

both_ways = pytest.mark.parametrize("fate", [Fate.BEFORE, Fate.AFTER])


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """Nothing is scarce; a wire for the APIs, one for the worker, one for the relay."""
    directory: Path = tmp_path_factory.mktemp("shop")
    saga = ("relay", "worker", "beat")
    with open_market(
        directory, slow=False, saga=saga, wired=("serve", "worker", "relay"), carrier="manual", **post.into(directory)
    ) as market:
        market.fill()
        yield market


@pytest.fixture
def market(shop: Market) -> Market:
    """At rest, so that the next commit is the one that the test makes."""
    shop.come_to_rest(Gateway(shop).is_at_rest)
    return shop


@pytest.fixture
def gateway(market: Market) -> Iterator[Gateway]:
    """It tells nothing by itself until the test is over."""
    gateway = Gateway(market)
    market.run(gateway.hold_back())
    yield gateway
    market.run(gateway.tell())


def twice(market: Market, fate: Fate, ask: Callable[[], Awaitable[Answer]]) -> tuple[Answer, Answer]:
    """Ask while the next commit of an API is cut, and once more."""

    async def both() -> tuple[Answer, Answer]:
        return await ask(), await ask()

    wire = market.ground.wires["serve"]
    wire.foretell(fate)
    first, second = market.run(both())
    assert wire.to_come() == 0, "nothing was committed"
    assert first.verdict == UNKNOWN
    assert first.response.header("Retry-After") == "1"
    return first, second


def replayed(answer: Answer) -> bool:
    """Whether the answer says that it is one given before."""
    return answer.response.header("Idempotent-Replayed") == "true"


@both_ways
def test_an_order_is_placed_once(market: Market, fate: Fate) -> None:
    """Nobody can know whether it was placed: 503, and the same key finds out."""
    guest = Guest(market.doors[0])
    market.run(guest.put(WISH))
    total = market.run(guest.checkout(BENGALURU, "PREPAID"))["total"]["amount"]
    before = market.books()

    _, again = twice(market, fate, lambda: guest.order(order_form(BENGALURU, "PREPAID", total)))

    assert again.verdict == (201, None)
    assert replayed(again) is (fate is Fate.AFTER)
    assert market.books().since(before).rows["orders"] == 1
    assert market.contradictions() == {}


@both_ways
def test_a_payment_is_confirmed_once(market: Market, gateway: Gateway, fate: Fate) -> None:
    """The proof that the browser hands in is not lost, and not counted twice."""
    [bought] = market.run(purchases(market, 1))
    market.run(bought.pay(gateway))
    key = fresh_key()

    _, again = twice(market, fate, lambda: bought.guest.confirm(bought.ordered, bought.proof, key=key))

    assert again.verdict == (200, None)
    assert replayed(again) is (fate is Fate.AFTER)
    assert again.data["order"]["status"] == "CONFIRMED"
    assert told(market, bought, "order.paid") == 1
    assert market.contradictions() == {}


@both_ways
def test_a_message_is_kept_once(market: Market, gateway: Gateway, fate: Fate) -> None:
    """The gateway hears 503, and tells again; the shop learns of the payment from one message alone."""
    [bought] = market.run(purchases(market, 1))
    market.run(bought.pay(gateway))
    message = market.run(captured(gateway, bought))
    door, kept = market.doors[1], market.look("SELECT count(*) FROM inbox")[0][0]

    _, again = twice(market, fate, lambda: message.bring(door, gateway.webhook_secret))

    market.come_to_rest()
    assert again.verdict == (200, None)
    assert market.look("SELECT count(*) FROM inbox") == [(kept + 1,)]
    assert told(market, bought, "order.paid") == 1
    assert market.contradictions() == {}


@both_ways
def test_a_handler_has_its_effect_once(market: Market, gateway: Gateway, fate: Fate) -> None:
    """The worker can't know whether it has settled the payment, and tries again."""
    [bought] = market.run(purchases(market, 1))
    market.come_to_rest()
    market.run(bought.pay(gateway))
    message = market.run(captured(gateway, bought))
    wire = market.ground.wires["worker"]
    wire.foretell(Fate.THROUGH, fate)  # the first only reads the message

    market.run(message.bring(market.doors[2], gateway.webhook_secret))

    rested = market.wait_until(lambda: is_paid(market, bought))
    market.come_to_rest()
    assert wire.to_come() == 0
    assert rested < 10
    assert told(market, bought, "order.paid") == told(market, bought, "payment.captured") == 1
    assert market.contradictions() == {}
    assert market.loose_ends() == {}


def test_a_bad_network_makes_nothing_twice(market: Market, gateway: Gateway, tell: Callable[[str], None]) -> None:
    """Many commits of APIs, worker and relay are cut, before or after they are done: all get one pair by insisting."""
    market.run(gateway.tell())
    before = market.books()
    for command, fates in WEATHER.items():
        market.ground.wires[command].foretell(*fates)

    bought, refusals = market.run(insisting(market, gateway))

    rested = market.come_to_rest(gateway.is_at_rest)
    cut = sum(cuts(market, command) for command in WEATHER)
    tell(f"{BUYERS} purchases, {cut} commits cut: {refusals} times 503; at rest {rested:.1f} s after the last payment")
    ids = [each.order_id for each in bought]
    sql = "SELECT status, payment_status, count(*) FROM orders WHERE id = ANY($1) GROUP BY 1, 2"
    assert market.look(sql, ids) == [("CONFIRMED", "PAID", BUYERS)]
    assert market.books().since(before).rows["orders"] == BUYERS
    assert refusals > 0
    assert market.contradictions() == {}
    assert market.loose_ends() == {}


async def insisting(market: Market, gateway: Gateway) -> tuple[list[Purchase], int]:
    """Many buy and pay, and ask again wherever they hear 503. Returns what they bought, and how often they heard it."""
    refusals = 0

    async def insist(ask: Callable[[], Awaitable[Answer]]) -> Answer:
        nonlocal refusals
        while (answer := await ask()).verdict == UNKNOWN:
            refusals += 1
        return answer

    async def buy(guest: Guest) -> Purchase:
        await guest.put(WISH)
        total = (await guest.checkout(BENGALURU, "PREPAID"))["total"]["amount"]
        form, pays, confirms = order_form(BENGALURU, "PREPAID", total), fresh_key(), fresh_key()
        ordered = await insist(lambda: guest.order(form))
        payment = await insist(lambda: guest.begin_to_pay(ordered, key=pays))
        bought = Purchase(guest, ordered, payment.data)
        await bought.pay(gateway)
        confirmed = await insist(lambda: guest.confirm(ordered, bought.proof, key=confirms))
        assert confirmed.verdict == (200, None)
        return bought

    guests = [Guest(door) for door in islice(cycle(market.doors), BUYERS)]
    return await side_by_side(map(buy, guests), at_once=6), refusals


def cuts(market: Market, command: str) -> int:
    """How many connections were cut on that wire."""
    fates = WEATHER[command]
    return sum(fate is not Fate.THROUGH for fate in fates[: len(fates) - market.ground.wires[command].to_come()])


async def captured(gateway: Gateway, bought: Purchase) -> Message:
    """What the gateway has to tell of that payment's capture."""
    about = bought.provider_order_id.encode()
    [message] = [each for each in await gateway.messages() if each.kind == "payment.captured" and about in each.body]
    return message


def told(market: Market, bought: Purchase, name: str) -> int:
    """How often that was told of an order, or of its payment."""
    sql = """SELECT count(*) FROM domain_event e WHERE name = $1
             AND (aggregate_id = $2 OR aggregate_id IN (SELECT id FROM payment WHERE order_id = $2))"""
    [[times]] = market.look(sql, name, bought.order_id)
    return int(times)


async def is_paid(market: Market, bought: Purchase) -> bool:
    """Whether the shop knows."""
    return await market.count(f"orders WHERE id = '{bought.order_id}' AND payment_status = 'PAID'") == 1
