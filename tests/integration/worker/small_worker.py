"""A worker of one process with a few deeds of its own.

    python -m tests.integration.worker.small_worker POSTGRES REDIS READY SOFT

READY is a file that is there once it takes tasks, SOFT the soft time limit in seconds. A
delivery's handler names the deed; what is done is noted in the list `done` of Redis.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from redis.asyncio import Redis

from adapters.db.engine import Database
from adapters.db.session import Statement
from adapters.worker.app import make_app
from adapters.worker.tasks import TimeLimit
from adapters.worker.work import Work
from adapters.worker.worker import run_worker
from ports.deliveries import DeliveryKey, Lane
from ports.errors import PortUnavailable

LOCK: Final = 4711
_TAKE_LOCK: Final = Statement(f"SELECT pg_advisory_xact_lock({LOCK})")
_TO_HARD: Final = 1.0  # seconds from the soft limit to the hard one


class Deeds:
    """What the handlers do."""

    def __init__(self, database: Database, redis: Redis) -> None:
        self._database = database
        self._redis = redis

    async def deliver(self, keys: Sequence[DeliveryKey]) -> None:
        """All side by side; how many there are is noted in the list `portions`."""
        await self._redis.rpush("portions", len(keys))
        await asyncio.gather(*(self._named(key.handler)(str(key.event_id)) for key in keys))

    async def note(self, event: str) -> None:
        """Done."""
        await self._redis.rpush("done", event)

    async def report(self, event: str) -> None:
        """By whom."""
        await self._redis.rpush("done", os.getpid())

    async def hold_lock(self, event: str) -> None:
        """For longer than anybody waits; tidy up for a moment when cancelled."""
        async with self._database.transaction() as session:
            await session.row(_TAKE_LOCK)
            try:
                await self._redis.rpush("begun", os.getpid())
                await asyncio.sleep(60)
            finally:
                await asyncio.sleep(0.1)
                await self._redis.rpush("tidied", event)

    async def never_pause(self, event: str) -> None:
        """So that nothing can be cancelled."""
        await self._redis.rpush("begun", os.getpid())
        time.sleep(60)  # noqa: ASYNC251  # the worst that a handler can do

    async def take_a_second(self, event: str) -> None:
        """Not to be interrupted lightly."""
        await self._redis.rpush("begun", os.getpid())
        await asyncio.sleep(1)
        await self.note(event)

    async def only_begin(self, event: str) -> None:
        """What takes a second and leaves no trace."""
        await self._redis.rpush("begun", os.getpid())
        await asyncio.sleep(1)

    async def die_once(self, event: str) -> None:
        """The first time, without a word."""
        if await self._redis.set(f"died:{event}", 1, nx=True):
            os.kill(os.getpid(), signal.SIGKILL)
        await self.note(event)

    async def leave_something(self, event: str) -> None:
        """Start something, and not wait for it."""
        self._left = asyncio.ensure_future(self._note_later(event))

    async def fail_soon(self, event: str) -> None:
        """For no reason that anybody knows."""
        await asyncio.sleep(0.2)
        raise RuntimeError("this one fails")

    async def miss(self, event: str) -> None:
        """Something that is not there for the moment."""
        raise PortUnavailable("database")

    async def _note_later(self, event: str) -> None:
        await asyncio.sleep(0.05)
        await self.note(event)

    def _named(self, handler: str) -> Callable[[str], Awaitable[None]]:
        deed: Callable[[str], Awaitable[None]] = getattr(self, handler)
        return deed


def main(postgres: str, redis_url: str, ready: str, soft: str) -> int:
    """Work until told to stop."""

    @asynccontextmanager
    async def open_work() -> AsyncIterator[Work]:
        database, redis = Database(postgres, pool_size=4), Redis.from_url(redis_url)
        deeds = Deeds(database, redis)
        try:
            yield Work(deeds.deliver, {"sweep": lambda: deeds.note("swept")})
        finally:
            await database.close()
            await redis.aclose()

    logging.basicConfig(level=logging.INFO)
    return run_worker(
        make_app(redis_url),
        open_work,
        lanes=tuple(Lane),
        concurrency=1,
        on_ready=Path(ready).touch,
        delivering=TimeLimit(float(soft), float(soft) + _TO_HARD),
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
