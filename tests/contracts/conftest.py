"""A shop in memory and one in PostgreSQL for every contract, and a place in memory and one in Redis."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.contracts.shop_fixtures import ShopCase, memory_shop, postgres_shop


@pytest.fixture(params=["memory", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """Where the shop of the test is kept; None: in memory."""
    if request.param == "memory":
        return None
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
async def shop(database_url: str | None) -> AsyncIterator[ShopCase]:
    """An empty shop."""
    if database_url is None:
        yield memory_shop()
    else:
        async with postgres_shop(database_url) as case:
            yield case


@pytest.fixture(params=["memory", "redis"])
def place(request: pytest.FixtureRequest) -> str | None:
    """The URL of Redis; None: in memory."""
    if request.param == "memory":
        return None
    url: str = request.getfixturevalue("redis_url")
    return url
