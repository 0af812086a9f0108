"""Guests' carts on a real Redis: what is written there, and what happens when it is damaged."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from adapters.cache.cache import RedisCache
from adapters.cache.carts import RedisCarts
from adapters.cache.connection import CART_PATIENCE, open_redis
from domain.cart.cart import GuestCart
from ports.errors import StaleAggregate
from tests.builders import a_cart
from tests.builders.carts import CartBuilder
from tests.contracts.aggregates import state_of

pytestmark = pytest.mark.anyio

DAY = 24 * 60 * 60 * 1000
"""In milliseconds, as Redis counts."""


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    """A client of an empty Redis."""
    client = open_redis(redis_url, CART_PATIENCE)
    yield client
    await client.aclose()


def a_new_cart() -> CartBuilder:
    """A cart of today, because Redis forgets by its own clock."""
    return a_cart().updated(datetime.now(UTC)).holding()


def key_of(owner: object) -> str:
    """Where a guest's cart is."""
    assert isinstance(owner, GuestCart)
    return f"cart:{owner.token_hash}"


async def test_redis_forgets_a_cart_at_its_end(redis: Redis) -> None:
    """Nobody has to sweep; a later change puts the end off."""
    carts, cart = RedisCarts(redis), a_new_cart().build()
    assert cart.expires_at is not None

    await carts.save(cart)
    first = await redis.pttl(key_of(cart.owner))
    cart.expires_at += timedelta(days=1)
    await carts.save(cart)
    second = await redis.pttl(key_of(cart.owner))

    assert 6 * DAY < first <= 7 * DAY
    assert 7 * DAY < second <= 8 * DAY


@pytest.mark.parametrize("payload", [b"", b"not a cart", b'{"format": 2}'])
async def test_a_damaged_cart_is_an_empty_one(redis: Redis, payload: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """It is logged, and its owner can fill another one."""
    carts, cart = RedisCarts(redis), a_new_cart().build()
    await carts.save(cart)
    await redis.hset(key_of(cart.owner), "cart", payload)

    assert await carts.find(cart.owner) is None

    another = a_new_cart().of(cart.owner).build()
    await carts.save(another)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert key_of(cart.owner) not in caplog.text
    again = await carts.find(cart.owner)
    assert again is not None
    assert state_of(again) == state_of(another)


async def test_scripts_that_redis_has_lost_are_sent_again(redis: Redis) -> None:
    """A restarted Redis knows no script."""
    carts, cart = RedisCarts(redis), a_new_cart().build()
    await carts.save(cart)

    await redis.script_flush()
    await carts.save(cart)

    assert cart.version == 2


async def test_a_save_whose_answer_was_lost_is_not_refused_when_it_is_sent_again(redis: Redis) -> None:
    """The client repeats what got no answer; the first attempt may have been done."""
    carts, cart = RedisCarts(redis), a_new_cart().build()
    _lose_the_next_answer(redis)

    await carts.save(cart)

    assert cart.version == 1
    with pytest.raises(StaleAggregate):
        await carts.save(a_new_cart().of(cart.owner).build())


def _lose_the_next_answer(redis: Redis) -> None:
    """Break the connection off once, after the server has done what it was told."""
    parse = redis.parse_response
    lost: list[object] = []

    async def parse_or_lose(*args: object, **options: object) -> object:
        answer = await parse(*args, **options)  # type: ignore[arg-type]  # passed on as it came
        if not lost:
            lost.append(answer)
            raise RedisConnectionError("lost")
        return answer

    redis.parse_response = parse_or_lose  # type: ignore[method-assign]  # the network's part is played here


async def test_the_cache_and_the_carts_do_not_meet(redis: Redis) -> None:
    """One Redis serves both: whatever key a cache is given, it reads no cart."""
    cart = a_new_cart().build()
    await RedisCarts(redis).save(cart)

    assert await RedisCache(redis).get(key_of(cart.owner)) is None
