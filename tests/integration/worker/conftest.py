"""A real worker, and the way to it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

import asyncpg
import pytest
from redis import Redis

from adapters.worker.app import make_app
from adapters.worker.publisher import Publisher
from adapters.worker.queue import CeleryTaskQueue
from bootstrap.embedded import Child
from ports.deliveries import DeliveryKey, Lane
from tests.integration.worker.small_worker import LOCK

LONG: Final = 20
"""Seconds after which a test fails that waits for something."""


@dataclass(frozen=True, slots=True)
class SmallWorker:
    """A `small_worker` that takes tasks, seen from where they come from."""

    child: Child
    postgres_url: str
    redis: Redis
    queue: CeleryTaskQueue
    publisher: Publisher

    async def put(self, *deeds: str) -> list[str]:
        """Have these done, in one task; returns their events."""
        keys = [DeliveryKey(uuid4(), deed) for deed in deeds]
        await self.queue.put(Lane.EVENTS, keys)
        return [str(key.event_id) for key in keys]

    def next_of(self, what: str) -> str:
        """The next that was noted under `done`, `begun` or `tidied`."""
        noted = self.redis.blpop(what, LONG)
        assert noted is not None, f"nothing {what} in {LONG} s"
        return str(noted[1])

    async def lock_is_free(self) -> bool:
        """Whether nobody holds the lock that deeds hold."""
        connection = await asyncpg.connect(self.postgres_url)
        try:
            free: bool = await connection.fetchval(f"SELECT pg_try_advisory_lock({LOCK})")
            return free
        finally:
            await connection.close()

    def log(self) -> str:
        """What it has said so far."""
        assert self.child.log is not None
        return self.child.log.read_text()

    def await_log(self, words: str) -> None:
        """Return when it has said this."""
        deadline = time.monotonic() + LONG
        while words not in self.log():
            assert time.monotonic() < deadline, f"no {words!r} in {LONG} s"
            time.sleep(0.05)


StartWorker = Callable[..., SmallWorker]


@pytest.fixture
def start_worker(postgres_url: str, redis_url: str, tmp_path: Path) -> Iterator[StartWorker]:
    """Starts a worker: `soft` is its soft time limit, `at` another Redis than that of the tests."""
    with ExitStack() as stack:

        def start(*, soft: float = 30, at: str = redis_url) -> SmallWorker:
            ready = tmp_path / "ready"
            argv: list[str | Path] = [
                sys.executable,
                "-m",
                "tests.integration.worker.small_worker",
                postgres_url,
                at,
                ready,
                str(soft),
            ]
            child = Child("worker", argv, log=tmp_path / "worker.log", is_ready=ready.exists)
            stack.callback(child.kill)
            child.launch()
            child.await_ready()
            redis = stack.enter_context(Redis.from_url(at, socket_timeout=None, decode_responses=True))
            app = make_app(at)
            stack.callback(app.close)
            return SmallWorker(child, postgres_url, redis, CeleryTaskQueue(app), Publisher(app))

        yield start
