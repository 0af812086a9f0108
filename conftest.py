"""What all tests may ask for.

`postgres_url` and `redis_url` are real servers, started by the first test that wants one
and shared by all workers of the run; set SHOES_TEST_DATABASE_URL or SHOES_TEST_REDIS_URL
to take servers that run already (the tests make databases of their own on the first and
EMPTY the databases 0, 1, … of the second, one for each worker).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.host import ServerHost, ask

if TYPE_CHECKING:  # imported where they are used: a run of unit tests alone is spared SQLAlchemy and Alembic
    from tests.harness.postgres import Cleaner, Databases

_ADDRESS = pytest.StashKey[str]()
_HOST = pytest.StashKey[ServerHost]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the process that owns the servers, or learn where it is."""
    worker_input: dict[str, str] | None = getattr(config, "workerinput", None)
    if worker_input is None:
        config.stash[_HOST] = ServerHost()
        config.stash[_ADDRESS] = config.stash[_HOST].address
    else:
        config.stash[_ADDRESS] = worker_input["servers"]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:  # Any: a class of xdist, which may not be there
    """Tell a worker of xdist where the servers are to be had."""
    node.workerinput["servers"] = node.config.stash[_ADDRESS]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers."""
    host = config.stash.get(_HOST, None)
    if host is not None:
        host.stop()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests (`pytest.mark.anyio`) run on asyncio."""
    return "asyncio"


@pytest.fixture(scope="session")
def worker_name() -> str:
    """The worker of xdist: gw0, gw1, …; or main."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, worker_name: str) -> Databases:
    """Makes databases for tests that want one to themselves."""
    from tests.harness.postgres import Databases

    return Databases(ask(request.config.stash[_ADDRESS], "postgres"), worker_name)


@pytest.fixture(scope="session")
def worker_database(databases: Databases) -> Iterator[tuple[str, Cleaner]]:
    """This worker's migrated database, with whatever is in it, and what empties it."""
    from tests.harness.postgres import Cleaner

    with databases.migrated() as url, closing(Cleaner(url)) as cleaner:
        yield url, cleaner


@pytest.fixture
def postgres_url(worker_database: tuple[str, Cleaner]) -> str:
    """A migrated database without a row in it (but the catalogue's revision)."""
    url, cleaner = worker_database
    cleaner.clean()
    return url


@pytest.fixture
def fresh_postgres_url(databases: Databases) -> Iterator[str]:
    """As `postgres_url`, made for this test alone: slower, and never seen before."""
    with databases.migrated() as url:
        yield url


@pytest.fixture(scope="session")
def worker_redis_url(request: pytest.FixtureRequest, worker_name: str) -> str:
    """This worker's Redis, with whatever is in it."""
    from tests.harness.redis import worker_url

    return worker_url(ask(request.config.stash[_ADDRESS], "redis"), worker_name)


@pytest.fixture
def redis_url(worker_redis_url: str) -> str:
    """This worker's Redis, emptied."""
    from tests.harness.redis import empty

    empty(worker_redis_url)
    return worker_redis_url
