"""Every feature once more, over HTTP, on the real stack: PostgreSQL, Redis, the API and the gateway's sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd import scenarios

from bootstrap.adapters import Adapters, opened
from bootstrap.catalogue import import_shipped
from bootstrap.container import Shop
from features.support.backroom import Backroom
from features.support.http_stack import HttpStack
from tests.harness.live import LiveShop, live_shop

scenarios(".")


@pytest.fixture(scope="module")
def live(
    worker_database: tuple[str, object], worker_redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveShop]:
    logs: Path = tmp_path_factory.mktemp("live")
    with live_shop(logs, database_url=worker_database[0], redis_url=worker_redis_url) as shop:
        yield shop


@pytest.fixture
def stack(postgres_url: str, live: LiveShop) -> Iterator[HttpStack]:
    """The API goes on running; the database starts anew, and the API notices by the catalogue's revision."""
    with asyncio.Runner() as runner:
        adapters = Adapters(settings=live.settings)
        opening = opened(adapters)
        runner.run(opening.__aenter__())
        runner.run(import_shipped(Shop(ports=adapters)))
        stack = HttpStack(live.urls[0], Backroom(adapters, runner.run))
        yield stack
        stack.close()
        runner.run(opening.__aexit__(None, None, None))
