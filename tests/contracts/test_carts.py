"""Everybody finds their own cart as they left it, wherever carts are kept."""

from __future__ import annotations

from asyncio import gather
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from adapters.cache.carts import RedisCarts
from adapters.cache.connection import CART_PATIENCE, open_redis
from adapters.carts.by_owner import CartsByOwner
from adapters.memory.carts import MemoryCarts
from adapters.memory.clock import MemoryClock
from domain.cart.cart import Cart
from domain.money import Money
from ports.carts import Carts
from ports.errors import StaleAggregate
from tests.builders import a_cart, a_design, fresh_id
from tests.builders.carts import CartBuilder
from tests.contracts.aggregates import never_set, state_of

pytestmark = pytest.mark.anyio

# Redis forgets carts by its own clock, so these carts are of today.
TODAY = datetime.now(UTC)
PLAIN = a_design().build()
FANCY = a_design().in_style("BROGUE").on_sole("RUBBER").in_size("42.5").in_width("G").monogrammed("M&B").build()


@dataclass(frozen=True, slots=True)
class CartsCase:
    """Where carts are kept, and a new owner's empty cart, to be kept there."""

    carts: Carts
    a_new_cart: Callable[[], CartBuilder]


def a_guests_cart() -> CartBuilder:
    """The cart of a guest whom nobody else is."""
    return a_cart().updated(TODAY)


def a_customers_cart() -> CartBuilder:
    """The cart of a customer whom nobody else is."""
    return a_cart().of_customer().updated(TODAY)


OWNERS = {"guest": a_guests_cart, "customer": a_customers_cart}


@pytest.fixture(
    params=[
        "memory guest",
        "memory customer",
        "redis guest",
        "postgres customer",
        "by owner guest",
        "by owner customer",
    ]
)
def place(request: pytest.FixtureRequest) -> tuple[str, str, str | None]:
    """Technology, owner and, where there is a server, its URL."""
    technology, _, owner = request.param.rpartition(" ")
    url: str | None = None
    if technology in {"redis", "postgres"}:
        url = request.getfixturevalue(f"{technology}_url")
    return technology, owner, url


@pytest.fixture
async def case(place: tuple[str, str, str | None]) -> AsyncIterator[CartsCase]:
    """Carts of one kind of owner in one technology."""
    technology, owner, url = place
    async with AsyncExitStack() as stack:
        match technology, url:
            case "redis", str(url):
                redis = open_redis(url, CART_PATIENCE)
                stack.push_async_callback(redis.aclose)
                carts: Carts = RedisCarts(redis)
            case "postgres", str(url):
                from adapters.db.carts import SqlCarts
                from adapters.db.engine import Database

                database = Database(url)
                stack.push_async_callback(database.close)
                carts = SqlCarts(database)
            case "by owner", _:
                clock = MemoryClock(TODAY)
                carts = CartsByOwner(guests=MemoryCarts(clock), customers=MemoryCarts(clock))
            case _:
                carts = MemoryCarts(MemoryClock(TODAY))
        yield CartsCase(carts, OWNERS[owner])


async def found(case: CartsCase, cart: Cart) -> Cart:
    """The cart of that cart's owner, which there is."""
    there = await case.carts.find(cart.owner)
    assert there is not None
    return there


def test_the_samples_leave_no_field_at_its_default() -> None:
    """A field that a mapper forgot would come back with its default, and so be found out."""
    assert never_set([full(a_guests_cart()), full(a_customers_cart())]) == set()


def full(cart: CartBuilder) -> Cart:
    """Several lines, with and without a monogram; guests' carts taken in."""
    return (
        cart.holding(PLAIN, pairs=10)
        .holding(FANCY, pairs=1, price=1_449_800)
        .merged_with(fresh_id(), fresh_id())
        .build()
    )


async def test_a_cart_comes_back_as_it_was_saved(case: CartsCase) -> None:
    """Nothing of a cart is lost, altered or put in another order on the way."""
    cart = full(case.a_new_cart())

    await case.carts.save(cart)

    assert state_of(await found(case, cart)) == state_of(cart)


async def test_an_empty_cart_comes_back_too(case: CartsCase) -> None:
    """A cart that was emptied is still somebody's."""
    cart = case.a_new_cart().build()

    await case.carts.save(cart)

    assert state_of(await found(case, cart)) == state_of(cart)


async def test_who_has_no_cart_finds_none(case: CartsCase) -> None:
    """Other people's carts are not theirs."""
    await case.carts.save(case.a_new_cart().holding().build())

    assert await case.carts.find(case.a_new_cart().build().owner) is None


async def test_every_save_raises_the_version_by_one(case: CartsCase) -> None:
    """From 0, a cart that is not kept yet; the object that was saved can be saved again."""
    cart = case.a_new_cart().build()

    for version in (1, 2, 3):
        cart.add(PLAIN, 1, Money(1_299_900), at=TODAY + timedelta(minutes=version))
        await case.carts.save(cart)
        assert cart.version == version

    assert state_of(await found(case, cart)) == state_of(cart)


async def test_a_changed_object_means_nothing_until_it_is_saved(case: CartsCase) -> None:
    """Neither the object saved nor the one found is the one that is kept."""
    cart = case.a_new_cart().holding().build()
    await case.carts.save(cart)

    cart.clear(at=TODAY)
    (await found(case, cart)).clear(at=TODAY)

    assert (await found(case, cart)).pairs == 1


async def test_a_change_of_an_old_version_is_refused(case: CartsCase) -> None:
    """Who found a cart before somebody else saved it doesn't overwrite that change, and keeps their version."""
    cart = case.a_new_cart().holding().build()
    await case.carts.save(cart)
    old, newer = await found(case, cart), await found(case, cart)
    newer.add(FANCY, 2, Money(1_449_800), at=TODAY)
    await case.carts.save(newer)

    old.clear(at=TODAY)
    with pytest.raises(StaleAggregate):
        await case.carts.save(old)
    with pytest.raises(StaleAggregate):
        await case.carts.remove(old)

    assert old.version == 1
    assert state_of(await found(case, cart)) == state_of(newer)


async def test_an_owner_has_one_cart(case: CartsCase) -> None:
    """Of two first carts one is refused: the lines of neither are lost unnoticed."""
    first, second = case.a_new_cart().holding().build(), a_cart().holding(FANCY).updated(TODAY)
    await case.carts.save(first)

    with pytest.raises(StaleAggregate):
        await case.carts.save(second.of(first.owner).build())

    assert state_of(await found(case, first)) == state_of(first)


async def test_of_many_first_carts_at_once_one_is_kept(case: CartsCase) -> None:
    """Two tabs, one double click."""
    owner = case.a_new_cart().build().owner

    async def open_cart() -> bool:
        try:
            await case.carts.save(case.a_new_cart().of(owner).holding().build())
        except StaleAggregate:
            return False
        return True

    assert sum(await gather(*(open_cart() for _ in range(20)))) == 1


async def test_no_change_of_many_at_once_is_lost(case: CartsCase) -> None:
    """Whoever is refused finds the cart again and repeats the change on it."""
    cart = case.a_new_cart().build()
    await case.carts.save(cart)

    async def add_a_pair(size: str) -> None:
        while True:
            mine = await found(case, cart)
            mine.add(a_design().in_size(size).build(), 1, Money(1_299_900), at=TODAY)
            try:
                return await case.carts.save(mine)
            except StaleAggregate:
                continue

    await gather(*(add_a_pair(size) for size in ["41", "42", "42.5", "43"] * 2))

    after = await found(case, cart)
    assert (after.pairs, after.version) == (8, 9)


async def test_a_removed_cart_is_gone(case: CartsCase) -> None:
    """Removing it again is harmless; a change of it is refused, and a new one may be opened."""
    cart = case.a_new_cart().holding().build()
    await case.carts.save(cart)

    await case.carts.remove(cart)
    await case.carts.remove(cart)

    assert await case.carts.find(cart.owner) is None
    with pytest.raises(StaleAggregate):
        await case.carts.save(cart)
    await case.carts.save(case.a_new_cart().of(cart.owner).build())


async def test_what_is_left_of_an_ordered_cart_takes_its_place(case: CartsCase) -> None:
    """Under a new id, because one cart is ordered at most once."""
    cart = case.a_new_cart().holding(PLAIN, pairs=3).build()
    await case.carts.save(cart)

    left = cart.left_after({PLAIN.code: 2}, fresh_id(), at=TODAY)

    assert left is not None
    await case.carts.save(left)
    assert state_of(await found(case, cart)) == state_of(left)
    assert (left.id != cart.id, left.pairs) == (True, 1)


async def test_a_cart_that_took_anothers_place_is_not_removed_for_it(case: CartsCase) -> None:
    """Both were saved once; they are still two carts."""
    ordered = case.a_new_cart().holding().build()
    await case.carts.save(ordered)
    await case.carts.remove(ordered)
    newer = case.a_new_cart().of(ordered.owner).holding(FANCY).build()
    await case.carts.save(newer)

    with pytest.raises(StaleAggregate):
        await case.carts.remove(ordered)

    assert state_of(await found(case, newer)) == state_of(newer)


@pytest.mark.parametrize("place", ["memory guest", "redis guest", "by owner guest"], indirect=True)
async def test_a_guests_cart_vanishes_at_its_end(case: CartsCase) -> None:
    """And makes room for another one. A customer's has no end."""
    cart = case.a_new_cart().holding().build()
    cart.expires_at = TODAY - timedelta(minutes=1)
    await case.carts.save(cart)

    assert await case.carts.find(cart.owner) is None
    with pytest.raises(StaleAggregate):
        await case.carts.save(cart)
    await case.carts.save(case.a_new_cart().of(cart.owner).build())
