"""The limit of a worker: Celery tasks that do nothing, one for each event, in one process of the shop's own worker.

`python -m benchmarks.idle 1000` fills a queue of the broker that SHOES_REDIS_URL names, does all, and prints
how many were done a second.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Final

from adapters.worker.app import make_app
from adapters.worker.work import Work
from adapters.worker.worker import run_worker
from benchmarks.programs import run_module
from ports.deliveries import Lane

_TASK: Final = "nothing"


def rate(environment: Mapping[str, str], tasks: int) -> float:
    """Tasks a second, from the first to the last of so many. Raises ProgramFailed."""
    printed = run_module("benchmarks.idle", str(tasks), env=environment)
    return float(printed.splitlines()[0])  # Celery says goodbye below it


@asynccontextmanager
async def _no_work() -> AsyncIterator[Work]:
    yield Work(deliver=_deliver, upkeep={})


async def _deliver(keys: object) -> None:
    """Nothing is to be delivered."""


def _work_off(tasks: int) -> None:
    app = make_app(os.environ["SHOES_REDIS_URL"])
    done: list[float] = []

    def nothing(event: str, handler: str) -> None:
        done.append(perf_counter())
        if len(done) == tasks:
            print((tasks - 1) / (done[-1] - done[0]), flush=True)
            os.kill(os.getppid(), signal.SIGTERM)

    app.task(name=_TASK)(nothing)
    with app.producer_pool.acquire(block=True) as producer:
        for number in range(tasks):
            app.send_task(_TASK, args=[str(number), _TASK], queue=Lane.EVENTS.value, producer=producer)
    sys.exit(run_worker(app, _no_work, lanes=[Lane.EVENTS], concurrency=1, on_ready=lambda: None))


if __name__ == "__main__":
    _work_off(int(sys.argv[1]))
