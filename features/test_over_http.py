"""Every feature once more, over HTTP, on the real stack: PostgreSQL, Redis, and every process that a shop has."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd import scenarios

from bootstrap.adapters import Adapters, opened
from bootstrap.catalogue import import_shipped
from bootstrap.container import Shop
from features.support.http_stack import HttpStack
from features.support.memory_stack import ATTEMPTS
from tests.harness.live import FULL_CAST, LiveShop, live_shop
from tests.harness.postgres import Cleaner

scenarios(".")


@pytest.fixture(scope="module")
def live(
    worker_database: tuple[str, Cleaner], worker_redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveShop]:
    database_url, cleaner = worker_database
    cleaner.clean()
    logs: Path = tmp_path_factory.mktemp("live")
    with live_shop(
        logs,
        database_url=database_url,
        redis_url=worker_redis_url,
        cast=FULL_CAST,
        delivery_attempts=str(ATTEMPTS),
        relay_seconds="1",
    ) as shop:
        yield shop


@pytest.fixture
def stack(worker_database: tuple[str, Cleaner], live: LiveShop) -> Iterator[HttpStack]:
    """All processes go on running; the database starts anew, and they notice by the catalogue's revision."""
    with asyncio.Runner() as runner:
        adapters = Adapters(settings=live.settings)
        opening = opened(adapters)
        runner.run(opening.__aenter__())
        stack = HttpStack(live, adapters, runner.run)
        stack.begin()
        worker_database[1].empty()
        runner.run(import_shipped(Shop(ports=adapters)))
        yield stack
        stack.close()
        runner.run(opening.__aexit__(None, None, None))
