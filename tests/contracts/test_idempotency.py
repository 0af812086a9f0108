"""However often a thing is asked for under one key, it is done once."""

from __future__ import annotations

from asyncio import gather
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import pytest

from domain.inventory.capacity import Week
from domain.money import Money
from ports.idempotency import IdempotencyKey, IdempotencyKeyReused
from ports.order_views import OrderView
from tests.builders import NOW, THIS_WEEK, a_product, an_order, fresh_id
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

KEY = IdempotencyKey(scope="orders.place:guest", key="a-key", fingerprint="all that was asked")


@dataclass(frozen=True, slots=True)
class Result:
    """What some use case returns: values of the domain, nested, and perhaps nothing."""

    id: UUID
    total: Money
    week: Week
    at: datetime
    names: tuple[str, ...]
    nothing: str | None


def a_result() -> Result:
    """A result that no other call has."""
    return Result(fresh_id(), Money(1_299_900), THIS_WEEK, NOW, ("Asha", "धन्यवाद"), None)


async def once(shop: ShopCase, key: IdempotencyKey) -> Result:
    """A use case that makes a result, once a key."""
    async with shop.begin() as tx:
        done = await tx.idempotency.claim(key, Result)
        if done is not None:
            return done
        result = a_result()
        await tx.idempotency.complete(key, result)
        return result


async def test_a_repeated_request_gets_the_first_result(shop: ShopCase) -> None:
    """Rule 1: the second answer is the first one, value for value."""
    first = await once(shop, KEY)

    assert await once(shop, KEY) == first


async def test_a_whole_order_is_a_result(shop: ShopCase) -> None:
    """Placing an order answers with its view, which comes back with everything in it."""
    product = a_product().with_monogram().build()
    view = OrderView.of(an_order().of(product, pairs=2).of_customer().with_shipping_fee(9_900).build())

    async with shop.begin() as tx:
        await tx.idempotency.claim(KEY, OrderView)
        await tx.idempotency.complete(KEY, view)

    async with shop.begin() as tx:
        assert await tx.idempotency.claim(KEY, OrderView) == view


async def test_of_many_requests_at_once_one_is_worked_on(shop: ShopCase) -> None:
    """Rule 1: the others wait for it, and get its result."""
    results = await gather(*(once(shop, KEY) for _ in range(40)))

    assert set(results) == {results[0]}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(KEY, key="another-key"), id="another key"),
        pytest.param(replace(KEY, scope="orders.place:another-guest"), id="another caller"),
    ],
)
async def test_another_key_or_caller_is_another_request(shop: ShopCase, other: IdempotencyKey) -> None:
    """A key means something to its caller only."""
    first = await once(shop, KEY)

    assert await once(shop, other) != first


async def test_a_key_of_another_request_is_refused(shop: ShopCase) -> None:
    """The same key with another body is a mistake of the caller's, and is told so."""
    await once(shop, KEY)

    with pytest.raises(IdempotencyKeyReused):
        await once(shop, replace(KEY, fingerprint="something else"))


async def test_of_two_requests_at_once_under_one_key_one_is_refused(shop: ShopCase) -> None:
    """Also while the first is still being worked on."""
    other = replace(KEY, fingerprint="something else")

    outcomes = await gather(once(shop, KEY), once(shop, other), return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["IdempotencyKeyReused", "Result"]


async def test_a_failed_request_may_be_tried_again(shop: ShopCase) -> None:
    """The claim goes with the work: what was rolled back was never asked for."""
    async with shop.failing() as tx:
        await tx.idempotency.claim(KEY, Result)
        await tx.idempotency.complete(KEY, a_result())

    async with shop.begin() as tx:
        assert await tx.idempotency.claim(KEY, Result) is None


async def test_a_request_that_waited_for_a_failed_one_does_the_work(shop: ShopCase) -> None:
    """Of many requests of which every first one fails, the rest still come to one result."""
    failures = iter([True, True, True])

    async def sometimes() -> Result | None:
        try:
            async with shop.begin() as tx:
                done = await tx.idempotency.claim(KEY, Result)
                if done is not None:
                    return done
                result = a_result()
                await tx.idempotency.complete(KEY, result)
                if next(failures, False):
                    raise ZeroDivisionError
                return result
        except ZeroDivisionError:
            return None

    results = await gather(*(sometimes() for _ in range(10)))

    assert results.count(None) == 3
    assert len(set(results) - {None}) == 1
