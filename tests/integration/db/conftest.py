"""A database of the shop, and a way around its repositories."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.db.engine import Database
from tests.integration.db.direct import Direct


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    """An empty shop's, with a few connections."""
    database = Database(postgres_url, pool_size=5)
    yield database
    await database.close()


@pytest.fixture
async def direct(postgres_url: str) -> AsyncIterator[Direct]:
    """The same database without our adapter in between."""
    direct = await Direct.to(postgres_url)
    yield direct
    await direct.close()
