"""A worker bears what its tasks do to it, and what is done to it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import psutil
import pytest

from adapters.worker.tasks import MAINTAIN
from bootstrap.embedded import EmbeddedRedis
from ports.deliveries import Lane
from tests.integration.worker.conftest import LONG, StartWorker

pytestmark = pytest.mark.anyio


async def test_a_portion_and_a_chore_are_done(start_worker: StartWorker) -> None:
    """Deliveries by their keys, chores by their names; a process is open once for all of them."""
    worker = start_worker()

    events = await worker.put("note", "note", "note")
    done = [worker.next_of("done") for _ in events]
    worker.publisher.publish(MAINTAIN, ["sweep"], Lane.MAINTENANCE, lifetime=LONG)
    swept = worker.next_of("done")

    assert sorted(done) == sorted(events)
    assert swept == "swept"


async def test_a_task_over_its_limit_gives_its_lock_back_and_its_process_goes_on(start_worker: StartWorker) -> None:
    """It is cancelled, rolled back, tidied up; then the same process does the next task."""
    worker = start_worker(soft=1)

    (event,) = await worker.put("hold_lock")
    process = worker.next_of("begun")
    assert not await worker.lock_is_free()
    await worker.put("report")
    goes_on = worker.next_of("done")

    assert await worker.lock_is_free()
    assert worker.next_of("tidied") == event
    assert goes_on == process


async def test_a_task_that_can_not_be_cancelled_is_killed_and_comes_again(start_worker: StartWorker) -> None:
    """In a new process, one by one: what stands still takes no time from the others but once."""
    worker = start_worker(soft=1)

    event, _ = await worker.put("note", "never_pause")
    first = worker.next_of("begun")
    second = worker.next_of("begun")

    assert second != first
    assert event in worker.redis.lrange("done", 0, -1)
    assert worker.redis.lrange("portions", 0, 2) == ["2", "1", "1"]


async def test_a_task_whose_process_dies_comes_again(start_worker: StartWorker) -> None:
    """At once, one by one: whichever of its deliveries it was that is fatal takes no other with it next time."""
    worker = start_worker()

    events = await worker.put("die_once", "take_a_second")
    done = {worker.next_of("done") for _ in events}

    assert done == set(events)
    assert worker.redis.lrange("portions", 0, -1) == ["2", "1", "1"]


async def test_a_process_that_is_told_to_end_tidies_up_and_its_task_comes_again(start_worker: StartWorker) -> None:
    """The coroutine is cancelled first, so the lock is free before another process takes it."""
    worker = start_worker()

    (event,) = await worker.put("hold_lock")
    first = int(worker.next_of("begun"))
    os.kill(first, signal.SIGTERM)
    second = int(worker.next_of("begun"))

    assert worker.next_of("tidied") == event
    assert second != first
    assert not psutil.pid_exists(first)


async def test_a_worker_that_is_stopped_finishes_what_it_does(start_worker: StartWorker) -> None:
    """What waits is left in the queue for others."""
    worker = start_worker()
    (event,) = await worker.put("take_a_second")
    worker.next_of("begun")
    await worker.put("note")

    worker.child.stop(within=LONG)

    assert worker.redis.lrange("done", 0, -1) == [event]
    assert worker.redis.llen("tasks:events") == 1
    assert worker.redis.zcard("tasks:unacked_index") == 0


async def test_a_worker_that_is_stopped_cancels_what_takes_too_long(start_worker: StartWorker) -> None:
    """Within 8 s; its lease brings the delivery back."""
    worker = start_worker(soft=60)
    (event,) = await worker.put("hold_lock")
    worker.next_of("begun")
    process = psutil.Process(worker.child.pid)

    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(LONG)
    took = time.monotonic() - begun

    assert took < 8
    assert worker.next_of("tidied") == event
    assert await worker.lock_is_free()


async def test_nothing_of_a_killed_worker_lives_on(start_worker: StartWorker) -> None:
    """And the broker still has the task that it was doing."""
    worker = start_worker()
    await worker.put("hold_lock")
    process = psutil.Process(int(worker.next_of("begun")))

    worker.child.kill()

    psutil.wait_procs([process], timeout=LONG)
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    assert worker.redis.zcard("tasks:unacked_index") == 1


async def test_what_a_task_leaves_behind_is_finished_before_the_loop_stands_still(start_worker: StartWorker) -> None:
    """Nothing else comes that would move it on."""
    worker = start_worker()

    (event,) = await worker.put("leave_something")

    assert worker.next_of("done") == event


async def test_what_goes_on_beside_a_failure_keeps_no_lock(start_worker: StartWorker) -> None:
    """A task that fails takes its side branches with it: nobody would go on with them."""
    worker = start_worker(soft=60)

    _, event = await worker.put("fail_soon", "hold_lock")
    worker.next_of("begun")

    assert worker.next_of("tidied") == event
    await worker.put("report")
    worker.next_of("done")
    assert await worker.lock_is_free()


async def test_what_is_missing_for_the_moment_is_one_line_in_the_log(start_worker: StartWorker) -> None:
    """Without a traceback."""
    worker = start_worker()

    await worker.put("miss")
    await worker.put("report")
    worker.next_of("done")

    assert "1 deliveries could not be made for the moment: database is unavailable: no answer" in worker.log()
    assert "Traceback" not in worker.log()


async def test_a_broker_that_hangs_when_a_task_ends_is_asked_anew(start_worker: StartWorker, tmp_path: Path) -> None:
    """The acknowledgement is lost; the worker does not wait for it for ever."""
    broker = EmbeddedRedis.throwaway(tmp_path / "redis")
    url = broker.start()
    try:
        worker = start_worker(at=url)
        await worker.put("only_begin")
        process = worker.next_of("begun")
        os.kill(broker.pid, signal.SIGSTOP)
        worker.await_log("Connection to broker lost")
        os.kill(broker.pid, signal.SIGCONT)
        await worker.put("report")

        assert worker.next_of("done") == process
    finally:
        broker.stop()
