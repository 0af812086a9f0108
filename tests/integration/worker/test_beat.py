"""The beat asks for chores, and for no more than somebody does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from celery import Celery
from celery.beat import Service
from redis import Redis

from adapters.worker.app import make_app
from adapters.worker.beat import PatientScheduler, set_schedule
from bootstrap.embedded import free_port
from tests.integration.worker.conftest import LONG, StartWorker


@pytest.fixture
def scheduled(redis_url: str) -> Iterator[Celery]:
    """An application with a chore every second and one every night."""
    app = make_app(redis_url)
    set_schedule(app, every={"sweep": timedelta(seconds=1)}, nightly=["tidy_up"])
    yield app
    app.close()


def scheduler_of(app: Celery) -> PatientScheduler:
    """The one that the application asks for."""
    scheduler = Service(app, scheduler_cls=app.conf.beat_scheduler).scheduler
    assert isinstance(scheduler, PatientScheduler)
    return scheduler


def tick_until(scheduler: PatientScheduler, seconds: float) -> None:
    """Let so much time pass."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        time.sleep(max(0, min(scheduler.tick(), deadline - time.monotonic())))


def test_a_chore_is_asked_for_at_once_and_then_in_intervals(scheduled: Celery, redis_url: str) -> None:
    """A restart every minute must not put off for ever what is done every hour."""
    with Redis.from_url(redis_url) as redis:
        scheduler = scheduler_of(scheduled)

        tick_until(scheduler, 0.2)
        at_once = redis.llen("tasks:maintenance")
        tick_until(scheduler, 1.1)
        later = redis.llen("tasks:maintenance")

    assert at_once >= 1
    assert later > at_once


def test_two_beats_ask_twice(scheduled: Celery, redis_url: str) -> None:
    """They share nothing that one could spoil for the other."""
    with Redis.from_url(redis_url) as redis:
        for scheduler in (scheduler_of(scheduled), scheduler_of(scheduled)):
            tick_until(scheduler, 0.1)

        assert redis.llen("tasks:maintenance") >= 2


def test_an_outage_is_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """The beat goes on all the same."""
    with ExitStack() as stack:
        app = make_app(f"redis://127.0.0.1:{free_port()}/0")
        stack.callback(app.close)
        set_schedule(app, every={"sweep": timedelta(seconds=0.2)}, nightly=[])

        tick_until(scheduler_of(app), 1)

    ours = [record.message for record in caplog.records if record.name == "adapters.worker.beat"]
    assert ours == ["the beat is not heard for the moment: task-queue is unavailable: ConnectionError"]


@pytest.mark.anyio
async def test_what_nobody_did_in_time_is_forgotten(scheduled: Celery, start_worker: StartWorker) -> None:
    """It has been asked for again since."""
    tick_until(scheduler_of(scheduled), 0.1)
    time.sleep(1.1)  # noqa: ASYNC251  # its lifetime
    worker = start_worker()

    await worker.put("report")
    worker.next_of("done")
    deadline = time.monotonic() + LONG
    while worker.redis.zcard("tasks:unacked_index") or worker.redis.llen("tasks:maintenance"):
        assert time.monotonic() < deadline

    assert worker.redis.llen("done") == 0
