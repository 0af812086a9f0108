"""Use cases run on one loop, are cut short only where they can tidy up, and leave nothing behind that stands still."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from types import FrameType
from typing import Final, NoReturn

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from adapters.worker.bridge import TIME_IS_UP, Bridge
from adapters.worker.work import Work

SIGNALS: Final = (TIME_IS_UP, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


def leave(number: int, frame: FrameType | None) -> NoReturn:
    """What the pool does at the end of a process."""
    raise SystemExit(number)


@pytest.fixture
def happened() -> list[str]:
    """What happened, in order."""
    return []


@pytest.fixture(autouse=True)
def handlers_of_the_pool() -> Iterator[None]:
    """As a process of the pool has them; afterwards those of the tests."""
    before = {number: signal.signal(number, leave) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def bridge(happened: list[str]) -> Iterator[Bridge]:
    """An open bridge."""

    @asynccontextmanager
    async def open_work() -> AsyncIterator[Work]:
        async def deliver(keys: object) -> None:
            """Nothing: these tests bring use cases of their own."""

        happened.append("opened")
        yield Work(deliver, {})
        happened.append("closed")

    bridge = Bridge(open_work)
    bridge.open()
    yield bridge
    bridge.close()
    assert (happened[0], happened[-1]) == ("opened", "closed")


def test_all_tasks_share_a_loop_and_what_was_opened(bridge: Bridge, happened: list[str]) -> None:
    """A pool of connections outlives the task that filled it."""

    async def loop(work: Work) -> tuple[Work, asyncio.AbstractEventLoop]:
        return work, asyncio.get_running_loop()

    assert bridge.run(loop) == bridge.run(loop)
    assert happened == ["opened"]


def test_an_error_of_the_use_case_is_the_tasks(bridge: Bridge) -> None:
    """It is raised as it is."""

    async def fail(work: Work) -> None:
        raise LookupError("nothing there")

    with pytest.raises(LookupError, match="nothing there"):
        bridge.run(fail)


@pytest.mark.parametrize(("number", "error"), [(TIME_IS_UP, SoftTimeLimitExceeded), (signal.SIGTERM, SystemExit)])
def test_a_signal_is_raised_when_the_use_case_has_tidied_up(
    bridge: Bridge, happened: list[str], number: signal.Signals, error: type[BaseException]
) -> None:
    """Not out of the middle of whatever runs; the next task runs as if nothing had been."""

    async def hold_something(work: Work) -> None:
        signal.raise_signal(number)
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            happened.append("tidied up")

    async def go_on(work: Work) -> str:
        await asyncio.sleep(0.01)
        return "done"

    with pytest.raises(error):
        bridge.run(hold_something)
    assert happened == ["opened", "tidied up"]
    assert bridge.run(go_on) == "done"


def test_a_signal_before_a_task_is_not_meant_for_it(bridge: Bridge) -> None:
    """The one before was quicker than its limit, and the signal slower."""

    async def go_on(work: Work) -> str:
        await asyncio.sleep(0.01)
        return "done"

    bridge.run(go_on)
    signal.raise_signal(TIME_IS_UP)

    assert bridge.run(go_on) == "done"


def test_a_signal_at_the_end_of_a_task_hits_neither_it_nor_the_next(bridge: Bridge) -> None:
    """What is done is done."""

    async def end_with_a_signal(work: Work) -> str:
        signal.raise_signal(TIME_IS_UP)
        return "done"

    async def go_on(work: Work) -> str:
        await asyncio.sleep(0.01)
        return "done too"

    assert bridge.run(end_with_a_signal) == "done"
    assert bridge.run(go_on) == "done too"


def test_between_tasks_a_process_ends_at_once(bridge: Bridge) -> None:
    """There is nothing to tidy up."""

    async def go_on(work: Work) -> None:
        """Nothing."""

    bridge.run(go_on)

    with pytest.raises(SystemExit):
        signal.raise_signal(signal.SIGTERM)


def test_a_cancellation_that_got_lost_is_repeated(bridge: Bridge, happened: list[str]) -> None:
    """Libraries lose one now and then."""

    async def overhear(work: Work) -> None:
        signal.raise_signal(TIME_IS_UP)
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            happened.append("overheard")
        await asyncio.sleep(60)

    with pytest.raises(SoftTimeLimitExceeded):
        bridge.run(overhear)
    assert happened == ["opened", "overheard"]


def test_what_is_left_running_is_finished(bridge: Bridge, happened: list[str]) -> None:
    """Before the loop stands still."""

    async def ring(work: Work) -> None:
        async def publish() -> None:
            await asyncio.sleep(0.01)
            happened.append("rung")

        happened.append(asyncio.ensure_future(publish()).get_name())

    bridge.run(ring)

    assert happened[-1] == "rung"


def test_what_never_ends_is_cancelled(bridge: Bridge, happened: list[str]) -> None:
    """After a second: nobody would go on with it."""

    async def start_for_ever(work: Work) -> None:
        async def wait_for_ever() -> None:
            try:
                await asyncio.sleep(60)
            finally:
                happened.append("given up")

        happened.append(asyncio.ensure_future(wait_for_ever()).get_name())

    bridge.run(start_for_ever)

    assert happened[-1] == "given up"


def test_side_branches_of_a_failure_are_cancelled_and_tidy_up(bridge: Bridge, happened: list[str]) -> None:
    """`gather` leaves them running when one of them fails."""

    async def hold_something() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            happened.append("tidied up")

    async def fail() -> None:
        await asyncio.sleep(0.01)
        raise LookupError

    async def both(work: Work) -> None:
        await asyncio.gather(hold_something(), fail())

    with pytest.raises(LookupError):
        bridge.run(both)
    assert happened[-1] == "tidied up"


def test_a_process_that_could_not_be_opened_does_nothing(happened: list[str]) -> None:
    """Each of its tasks fails, and says why; the broker is not asked to try again for ever."""

    def open_work() -> NoReturn:
        raise LookupError("no settings")

    async def go_on(work: Work) -> None:
        happened.append("done")

    bridge = Bridge(open_work)
    with pytest.raises(LookupError):
        bridge.open()
    with pytest.raises(RuntimeError, match="not open"):
        bridge.run(go_on)
    bridge.close()
    assert happened == []
