"""Fault 2: a request that is sent again, by an impatient customer or a nervous network, is done once."""

from __future__ import annotations

import asyncio
from collections import Counter
from itertools import cycle, islice
from typing import Final

import pytest

from tests.faults.crowd import WISH
from tests.faults.door import Answer, Json
from tests.faults.guests import BENGALURU, Guest, fresh_key, order_form
from tests.faults.market import Market

TIMES: Final = 100


@pytest.fixture
def market(slow_market: Market) -> Market:
    """Nothing is scarce."""
    slow_market.fill()
    return slow_market


@pytest.fixture
def guest(market: Market) -> Guest:
    """Somebody with a pair in the cart."""
    return market.run(shopping(market))


async def shopping(market: Market) -> Guest:
    guest = Guest(market.doors[0])
    await guest.put(WISH)
    return guest


async def form_of(guest: Guest, method: str = "PREPAID") -> Json:
    """What the guest agrees to."""
    quote = await guest.checkout(BENGALURU, method)
    return order_form(BENGALURU, method, quote["total"]["amount"])


async def send_again_and_again(market: Market, guest: Guest, form: Json) -> list[Answer]:
    """The same order, at once, through all processes."""
    browsers = [Guest(door, guest.cart_token, guest.key) for door in islice(cycle(market.doors), TIMES)]
    return await asyncio.gather(*(browser.order(form) for browser in browsers))


def replayed(answer: Answer) -> bool:
    """Whether the answer says that it is one given before."""
    return answer.response.header("Idempotent-Replayed") == "true"


def test_a_request_sent_a_hundred_times_at_once_is_one_order(market: Market, guest: Guest) -> None:
    """Everybody gets the same order and the same token for it; all answers but one say that they repeat another."""
    before = market.books()

    answers = market.run(send_again_and_again(market, guest, market.run(form_of(guest))))

    assert Counter(answer.verdict for answer in answers) == {(201, None): TIMES}
    assert all(answer.data == answers[0].data for answer in answers)
    assert len({answer.response.header("X-Order-Token") for answer in answers}) == 1
    assert len({answer.response.header("Location") for answer in answers}) == 1
    assert sum(not replayed(answer) for answer in answers) == 1
    changes = market.books().since(before)
    assert (changes.rows["orders"], changes.rows["domain_event"], changes.rows["idempotency_key"]) == (1, 1, 1)
    assert sum(changes.booked.values()) == 1
    assert market.contradictions() == {}


def test_a_key_is_not_taken_for_another_request(market: Market, guest: Guest) -> None:
    """Another body under the same key is refused, also while the first is worked on; the first stands."""
    before = market.books()
    form = market.run(form_of(guest))
    other = {**form, "notes": "Please ring twice."}

    async def both() -> tuple[Answer, Answer]:
        twin = Guest(market.doors[1], guest.cart_token, guest.key)
        return await asyncio.gather(guest.order(form), twin.order(other))

    at_once = market.run(both())
    later = market.run(guest.order(other if at_once[0].status == 201 else form))

    assert {answer.verdict for answer in at_once} == {(201, None), (422, "idempotency-key-reused")}
    assert later.verdict == (422, "idempotency-key-reused")
    assert market.books().since(before).rows["orders"] == 1


def test_a_key_outlives_redis(market: Market, guest: Guest) -> None:
    """Carts and caches are gone; what was ordered is known all the same, and not ordered again."""
    before = market.books()
    form = market.run(form_of(guest))
    first = market.run(guest.order(form))

    answers = [first]
    for door in market.doors:
        market.forget_carts_and_caches()
        answers.append(market.run(Guest(door, guest.cart_token, guest.key).order(form)))

    assert [answer.verdict for answer in answers] == [(201, None)] * 4
    assert [replayed(answer) for answer in answers] == [False, True, True, True]
    assert all(answer.data == first.data for answer in answers)
    assert market.books().since(before).rows["orders"] == 1


def test_another_callers_same_key_is_another_key(market: Market, guest: Guest) -> None:
    """Two guests who happen to use one key, in the same moment, get an order each, and see nothing of the other's."""
    stranger = market.run(shopping(market))
    stranger.key = guest.key
    before = market.books()
    form = market.run(form_of(guest))

    async def both() -> tuple[Answer, Answer]:
        return await asyncio.gather(guest.order(form), stranger.order(form))

    ours, theirs = market.run(both())

    assert (ours.verdict, theirs.verdict) == ((201, None), (201, None))
    assert not replayed(ours)
    assert not replayed(theirs)
    assert ours.data["id"] != theirs.data["id"]
    assert ours.response.header("X-Order-Token") != theirs.response.header("X-Order-Token")
    assert market.books().since(before).rows["orders"] == 2


def test_a_cart_is_ordered_once_whatever_the_keys(market: Market, guest: Guest) -> None:
    """An impatient customer whose browser makes a new key for every click has one order, too."""
    before = market.books()
    form = market.run(form_of(guest))

    async def clicks() -> list[Answer]:
        browsers = [Guest(door, guest.cart_token) for door in islice(cycle(market.doors), 10)]
        return await asyncio.gather(*(browser.order(form, key=fresh_key()) for browser in browsers))

    verdicts = Counter(answer.verdict for answer in market.run(clicks()))

    assert verdicts[201, None] == 1
    assert sum(verdicts.values()) == 10
    assert {status for status, _ in verdicts} == {201, 409}
    assert market.books().since(before).rows["orders"] == 1
    assert market.contradictions() == {}
