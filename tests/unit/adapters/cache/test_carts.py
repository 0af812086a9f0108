"""What is no guest's cart is not sent to Redis."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.cache.carts import RedisCarts
from adapters.cache.connection import CART_PATIENCE, open_redis
from tests.builders import a_cart

pytestmark = pytest.mark.anyio


@pytest.fixture
async def carts() -> AsyncIterator[RedisCarts]:
    """Carts in a Redis that nobody calls."""
    redis = open_redis("redis://never-called.invalid", CART_PATIENCE)
    yield RedisCarts(redis)
    await redis.aclose()


async def test_a_customers_cart_is_a_mistake_that_is_told(carts: RedisCarts) -> None:
    """It belongs in the database."""
    with pytest.raises(TypeError):
        await carts.find(a_cart().of_customer().build().owner)


async def test_a_guests_cart_without_an_end_is_a_mistake_that_is_told(carts: RedisCarts) -> None:
    """Redis would keep it for ever."""
    cart = a_cart().build()
    cart.expires_at = None

    with pytest.raises(ValueError, match="ends"):
        await carts.save(cart)
