"""`shoes worker`, `shoes relay` and `shoes beat` begin, do their work and end when they are told to."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil
import pytest
from redis import Redis

from bootstrap.embedded import Child
from tests.integration.worker.conftest import LONG

CHORES: Final = 4
"""That the beat asks for at once."""

MOST_MEMORY: Final = 150 * 1024 * 1024
"""Bytes of one process."""

StartCommand = Callable[..., Child]


@pytest.fixture
def start(postgres_url: str, redis_url: str, tmp_path: Path) -> Iterator[StartCommand]:
    """Starts `shoes` with some words, over the servers of the tests; its log has the name of the command."""
    environment = {
        "SHOES_DATABASE_URL": postgres_url,
        "SHOES_REDIS_URL": redis_url,
        "SHOES_VAR": str(tmp_path / "var"),
        "SHOES_RAZORPAY_URL": "http://127.0.0.1:1/v1",
        "SHOES_CARRIER": "manual",
    }
    with ExitStack() as stack:

        def run(command: str, *options: str | Path, ready: Callable[[], bool] = lambda: True) -> Child:
            argv = [sys.executable, "-m", "bootstrap", command, *options]
            child = Child(command, argv, env=environment, log=tmp_path / f"{command}.log", is_ready=ready)
            stack.callback(child.kill)
            child.launch()
            child.await_ready()
            return child

        yield run


@dataclass(frozen=True, slots=True)
class End:
    """With which exit code, after how many seconds."""

    code: int | None
    took: float


def end(child: Child) -> End:
    """Tell it to stop; nothing that it started lives on then."""
    process = psutil.Process(child.pid)
    family = process.children(recursive=True)
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    while child.exit_code() is None:
        assert time.monotonic() < begun + LONG
        time.sleep(0.05)
    took = time.monotonic() - begun
    assert survivors(family) == []
    return End(child.exit_code(), took)


def survivors(family: list[psutil.Process]) -> list[psutil.Process]:
    """What is still at work. A zombie is not: it waits for a parent that asks for its end."""
    _, alive = psutil.wait_procs(family, timeout=1)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def said(child: Child) -> str:
    """Its log."""
    assert child.log is not None
    return child.log.read_text()


def await_true(what: Callable[[], bool]) -> None:
    """Return when it is so."""
    deadline = time.monotonic() + LONG
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_beat_asks_and_a_worker_does(start: StartCommand, redis_url: str, tmp_path: Path) -> None:
    """The beat needs no worker to ask; a worker's processes are small, and stop soon without leaving anything."""
    with Redis.from_url(redis_url) as redis:
        beat = start("beat")
        await_true(lambda: redis.llen("tasks:maintenance") >= CHORES)
        asked = end(beat)
        ready = tmp_path / "ready"
        worker = start("worker", "--concurrency", "1", "--ready-file", ready, ready=ready.exists)
        await_true(lambda: redis.llen("tasks:maintenance") + redis.zcard("tasks:unacked_index") == 0)
        sizes = [child.memory_info().rss for child in psutil.Process(worker.pid).children()]
        done = end(worker)

    assert (asked.code, done.code) == (0, 0)
    assert asked.took < 2
    assert done.took < 8
    assert max(sizes) < MOST_MEMORY
    assert said(beat) == ""
    assert "Traceback" not in said(worker)


def test_a_worker_brings_its_own_beat_and_does_no_more_than_its_lanes(start: StartCommand, redis_url: str) -> None:
    """What is asked for waits for those who do chores; the beat ends with the worker."""
    with Redis.from_url(redis_url) as redis:
        worker = start("worker", "--beat", "--queues", "events,mail")
        await_true(lambda: redis.llen("tasks:maintenance") >= CHORES)
        ended = end(worker)

        assert redis.llen("tasks:maintenance") >= CHORES
    assert ended.code == 0
    assert "Traceback" not in said(worker)


def test_nothing_of_a_killed_worker_lives_on(start: StartCommand, tmp_path: Path) -> None:
    """Neither its beat nor its processes: another worker starts with its own."""
    ready = tmp_path / "ready"
    worker = start("worker", "--beat", "--concurrency", "2", "--ready-file", ready, ready=ready.exists)
    family = psutil.Process(worker.pid).children(recursive=True)

    worker.kill()

    assert len(family) == 3
    assert survivors(family) == []


def test_a_relay_stops_at_once(start: StartCommand, redis_url: str) -> None:
    """Nothing waits for its sweep."""
    relay = start("relay")
    with Redis.from_url(redis_url) as redis:
        await_true(lambda: redis.pubsub_numsub("bell")[0][1] == 1)

    ended = end(relay)

    assert ended.code == 0
    assert ended.took < 2
    assert "Traceback" not in said(relay)


def test_an_unknown_lane_is_told(start: StartCommand) -> None:
    """With those that there are."""
    worker = start("worker", "--queues", "mail,maple")
    await_true(lambda: worker.exit_code() is not None)

    assert worker.exit_code() == 2
    assert "events, payments, shipping, mail, maintenance" in said(worker)
