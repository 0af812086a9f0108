"""From Celery's tasks, which are plain functions, to use cases, which are coroutines."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from types import FrameType
from typing import Any, Final, TypeVar

from celery.exceptions import SoftTimeLimitExceeded

from adapters.worker.work import OpenWork, Work

T = TypeVar("T")
_log = logging.getLogger(__name__)

TIME_IS_UP: Final = signal.SIGUSR1
"""What the pool sends to a process whose task has exceeded its soft time limit."""

_END: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
_GRACE: Final = 1.0  # seconds for what a use case leaves behind; a bell that rings takes a millisecond
_CLOSING: Final = 3.0


class Bridge:
    """One event loop and one set of use cases for all tasks of a worker process.

    The loop stands still between tasks, so a task is over when all that it started is over:
    what a use case leaves behind has a second to finish, and is cancelled then.

    The pool's signals meet handlers that raise out of whatever runs, be it the loop itself.
    Ours cancel the use case, wait until it has cleaned up (rolled back, given back its locks)
    and raise when the loop stands still. They are installed by the first task, because the
    pool installs its own after `worker_process_init`; and not by `loop.add_signal_handler`,
    which for a signal at the very end of a task calls back during the next one.
    """

    def __init__(self, open_work: OpenWork) -> None:
        self._open_work = open_work
        self._runner = asyncio.Runner()
        self._opened = AsyncExitStack()
        self._work: Work | None = None
        self._running: asyncio.Future[Any] | None = None  # Any: whatever a use case returns
        self._cut_by: int | None = None
        self._pools_own: dict[int, Any] = {}  # Any: what `signal.signal` gives and takes

    def open(self) -> None:
        """Open what the use cases need, in the process that they are to run in."""
        self._work = self._runner.run(self._opened.enter_async_context(self._open_work()))

    def close(self) -> None:
        """Close it, within seconds. Never fails: the process is about to end."""
        try:
            self._runner.run(asyncio.wait_for(self._opened.aclose(), _CLOSING))
            self._runner.close()
        except Exception:  # noqa: BLE001  # whatever it is, it is too late to do anything about it
            _log.exception("a worker process could not tidy up")

    def run(self, use_case: Callable[[Work], Awaitable[T]]) -> T:
        """What the use case returns.

        Raises SoftTimeLimitExceeded when it was cut short by the limit, SystemExit when by the end of the process.
        """
        if not self._pools_own:
            self._pools_own = {number: signal.signal(number, self._on_signal) for number in (TIME_IS_UP, *_END)}
        task = self._runner.run(self._over(use_case))
        self._running = None
        cut_by, self._cut_by = self._cut_by, None
        if cut_by in _END:
            self._give_way(cut_by)
        if cut_by == TIME_IS_UP and (task.cancelled() or task.exception()):
            raise SoftTimeLimitExceeded
        return task.result()

    async def _over(self, use_case: Callable[[Work], Awaitable[T]]) -> asyncio.Future[T]:
        """The use case, when it and all that it started have come to an end."""
        if self._work is None:
            raise RuntimeError("this process is not open for work")
        before = asyncio.all_tasks()
        self._running = task = asyncio.ensure_future(use_case(self._work))
        await asyncio.wait([task])
        if left := asyncio.all_tasks() - before:
            in_vain = task.cancelled() or task.exception() is not None
            _, left = await asyncio.wait(left, timeout=0 if in_vain else _GRACE)
        while left:
            for each in left:
                each.cancel()
            _, left = await asyncio.wait(left, timeout=_GRACE)
        return task

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        """Called between any two instructions, so it must not raise while a task runs."""
        if self._running is not None:
            self._cut_by = self._cut_by if self._cut_by in _END else number
            self._runner.get_loop().call_soon_threadsafe(self._cancel, self._running)
        elif number in _END:
            self._give_way(number)

    def _cancel(self, task: asyncio.Future[Any]) -> None:
        """Not just once: up to Python 3.11, `wait_for` loses a cancellation that comes when what it waits for ends."""
        if not task.done():
            task.cancel()
            self._runner.get_loop().call_later(_GRACE, self._cancel, task)

    def _give_way(self, number: int) -> None:
        """Let the pool end the process in its own way: that of a worker that got lost, so that the task comes again."""
        signal.signal(number, self._pools_own[number])
        signal.raise_signal(number)
