"""Fault 4: webhooks come five times each, in every order, some of them forged: the same state, and a quick answer."""

from __future__ import annotations

import asyncio
import random
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import count, cycle, islice, permutations
from pathlib import Path
from typing import Final

import pytest

from tests.faults.door import Answer, Door
from tests.faults.gateway import Gateway, Message
from tests.faults.market import Market, open_market
from tests.faults.post import into
from tests.faults.purchases import Purchase, purchases, side_by_side

COPIES: Final = 5
STORY: Final = ("payment.failed", "payment.authorized", "payment.captured", "order.paid")
ORDERS: Final = [*permutations(STORY)]
FORGED: Final = 0.01
SLOWEST: Final = 0.200  # seconds, for 99 of 100 acknowledgements
STEADY: Final = 50  # webhooks a second
SECONDS: Final = 6
ROUNDS: Final = 3  # at most: what else the machine does in one of them is not the shop's fault


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
    """It lists what it would tell; here, the tests tell it."""
    gateway = Gateway(market)
    market.run(gateway.fall_silent())
    return gateway


def test_every_order_of_messages_ends_the_same(market: Market, gateway: Gateway, tell: Callable[[str], None]) -> None:
    """A payment fails, is authorised late, captured, and pays its order: told in 24 orders, each message five times."""
    bought = market.run(purchases(market, len(ORDERS)))
    market.run(pay_late(gateway, bought))
    stories = market.run(stories_of(gateway, bought))

    answers = market.run(tell_in_every_order(market, gateway, bought, stories))

    market.come_to_rest()
    genuine = [answer for answer, is_genuine in answers if is_genuine]
    forged = [answer for answer, is_genuine in answers if not is_genuine]
    tell(
        f"webhooks in {len(ORDERS)} orders × {COPIES}: {len(genuine)} genuine, {len(forged)} forged, "
        f"acknowledged within {percentile(genuine, 99) * 1000:.0f} ms (p99), behind a slow wire"
    )
    assert Counter(answer.verdict for answer in genuine) == {(200, None): len(ORDERS) * len(STORY) * COPIES}
    assert forged
    assert {answer.verdict for answer in forged} == {(401, "invalid-signature")}
    ids = [each.order_id for each in bought]
    assert market.look(
        """SELECT o.status, o.payment_status, p.state, p.captured = o.total, p.refunded, count(*)
           FROM orders o JOIN payment p ON p.order_id = o.id WHERE o.id = ANY($1) GROUP BY 1, 2, 3, 4, 5""",
        ids,
    ) == [("CONFIRMED", "PAID", "CAPTURED", True, 0, len(ORDERS))]
    assert market.look(
        """SELECT name, count(*) FROM domain_event WHERE aggregate_id = ANY($1)
           AND name IN ('order.paid', 'order.confirmed') GROUP BY name ORDER BY name""",
        ids,
    ) == [("order.confirmed", len(ORDERS)), ("order.paid", len(ORDERS))]
    assert market.contradictions() == {}
    assert market.loose_ends() == {}


def test_the_gateway_hears_at_once_that_it_was_heard(
    market: Market, gateway: Gateway, tell: Callable[[str], None]
) -> None:
    """At a steady rate, whatever the workers are busy with."""
    bought = market.run(purchases(market, STEADY))
    market.run(side_by_side(each.pay(gateway) for each in bought))
    told, ids = cycle(market.run(gateway.messages())), count()

    slowest = SLOWEST
    for _ in range(ROUNDS):
        fresh = [Message(f"evt_{next(ids):014d}", each.kind, each.body) for each in islice(told, STEADY * SECONDS)]
        answers = market.run(at_a_steady_rate(market, gateway, fresh))
        slowest = percentile(answers, 99)
        tell(
            f"webhooks at {STEADY}/s for {SECONDS} s behind a slow wire: acknowledged within "
            f"{percentile(answers, 50) * 1000:.0f} ms (p50), {slowest * 1000:.0f} ms (p99)"
        )
        assert {answer.verdict for answer in answers} == {(200, None)}
        if slowest < SLOWEST:
            break

    assert slowest < SLOWEST
    market.come_to_rest()
    assert market.contradictions() == {}
    assert market.loose_ends() == {}


async def pay_late(gateway: Gateway, bought: Sequence[Purchase]) -> None:
    """Every payment fails first, and is captured after all."""
    for each in bought:
        failure = await gateway.pay(each.provider_order_id, "failure")
        await gateway.capture_late(failure["error"]["metadata"]["payment_id"])


async def stories_of(gateway: Gateway, bought: Sequence[Purchase]) -> list[dict[str, Message]]:
    """What the gateway has to tell of each payment, by kind."""
    told = await gateway.messages()
    return [
        {message.kind: message for message in told if each.provider_order_id.encode() in message.body}
        for each in bought
    ]


async def tell_in_every_order(
    market: Market, gateway: Gateway, bought: Sequence[Purchase], stories: Sequence[dict[str, Message]]
) -> list[tuple[Answer, bool]]:
    """Each story in an order of its own, every message five times in a row; a forged one before some."""
    chance, doors = random.Random(1), cycle(market.doors)

    async def bring(story: dict[str, Message], kinds: Sequence[str]) -> list[tuple[Answer, bool]]:
        answers = []
        for kind in kinds:
            for _ in range(COPIES):
                if chance.random() < FORGED:
                    answers.append((await story[kind].bring(next(doors), "somebody else's"), False))
                answers.append((await story[kind].bring(next(doors), gateway.webhook_secret), True))
        return answers

    told = await side_by_side(map(bring, stories, ORDERS), at_once=8)
    return [answer for answers in told for answer in answers]


async def at_a_steady_rate(market: Market, gateway: Gateway, messages: Sequence[Message]) -> list[Answer]:
    """So many a second, at their time, however long each takes."""
    loop, doors = asyncio.get_running_loop(), cycle(market.doors)
    began = loop.time()

    async def bring(number: int, message: Message, door: Door) -> Answer:
        await asyncio.sleep(began + number / STEADY - loop.time())
        return await message.bring(door, gateway.webhook_secret)

    return await asyncio.gather(*(bring(number, message, next(doors)) for number, message in enumerate(messages)))


def percentile(answers: Sequence[Answer], percent: int) -> float:
    """Seconds within which so many percent had come."""
    return statistics.quantiles([answer.seconds for answer in answers], n=100)[percent - 1]
