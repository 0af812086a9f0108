"""Everything that `shoes up` runs: one owner of one directory, its services, their order."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

import psutil

from bootstrap.embedded.child import Child
from bootstrap.embedded.failure import AlreadyRunning, Interrupted, ServiceDied
from bootstrap.embedded.ground import prepare_directory
from bootstrap.embedded.process import end_all
from bootstrap.embedded.service import Service

# In the environment of every child, and so of its own children: the directory that they work for.
_MARK = "SUPERVISED_FOR"

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_RESERVE = 0.7  # seconds of them kept for each service whose turn is still to come


class Supervisor:
    """Owns `directory` while entered: starts services in order, watches them, stops them in reverse order.

    A signal to stop is noticed in `start`, `run` and `wait`; it leaves the `with` block quietly, with everything
    stopped within 10 s. A service that dies leaves it with `ServiceDied`. Entering raises `AlreadyRunning` when
    another supervisor owns the directory, and ends what one that was killed left behind.
    """

    def __init__(self, directory: Path, *, stop_within: float = 9.0) -> None:
        self.directory = directory.resolve()
        self._stop_within = stop_within  # seconds, for all services together
        self._services: list[Service] = []  # launched, in order
        self._watched: list[Service] = []  # of these, what was ready
        self._signalled = False
        self._undo = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as undo:
            prepare_directory(self.directory)
            undo.enter_context(_lock(self.directory))
            end_all(_left_behind(self.directory), signal.SIGTERM, within=2.0)
            undo.enter_context(_handlers(self._on_signal))
            undo.callback(self._stop_all)
            self._undo = undo.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._undo.close()
        return isinstance(error, Interrupted)

    def start(self, *services: Service) -> None:
        """Launch all of `services`, then wait until each is ready."""
        for service in services:
            self._check()
            self._services.append(service)
            service.launch()
        for service in services:
            service.await_ready(self._check)
            self._watched.append(service)

    def child(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        log: Path | None = None,
        is_ready: Callable[[], bool] = lambda: True,
    ) -> Child:
        """A process of ours, marked as working for this directory; to be started by `start`."""
        return Child(name, argv, env={**env, _MARK: str(self.directory)}, log=log, is_ready=is_ready)

    def run(self, name: str, argv: Sequence[str | Path], *, env: Mapping[str, str], log: Path | None = None) -> None:
        """Run a program to its end. Raises `ServiceDied` when it fails."""
        child = self.child(name, argv, env=env, log=log)
        self._services.append(child)
        child.launch()
        while child.exit_code() is None:
            self._check()
            time.sleep(0.02)
        if child.exit_code() != 0:
            raise ServiceDied(child.obituary())
        self._services.remove(child)

    def wait(self) -> None:
        """Watch until a signal to stop comes in (then the `with` block ends) or a service dies (`ServiceDied`)."""
        while True:
            self._check()
            time.sleep(0.1)

    def _check(self) -> None:
        if self._signalled:
            raise Interrupted
        for service in self._watched:
            if service.exit_code() is not None:
                raise ServiceDied(service.obituary())

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._signalled = True

    def _stop_all(self) -> None:
        self._watched.clear()
        deadline = time.monotonic() + self._stop_within
        while self._services:
            service = self._services.pop()
            left = deadline - time.monotonic() - _RESERVE * len(self._services)
            service.stop(within=max(left, _RESERVE))


@contextmanager
def _lock(directory: Path) -> Iterator[None]:
    """Hold the directory alone. The kernel lets go when we die, however we die."""
    with (directory / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            owner = file.read().strip() or "unknown"
            raise AlreadyRunning(f"{directory} is in use by another run (process {owner})") from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


@contextmanager
def _handlers(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in _STOP_SIGNALS}
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)


def _left_behind(directory: Path) -> list[psutil.Process]:
    """Children, and theirs, of a supervisor of this directory that was killed. To be asked by the lock's holder."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get(_MARK) == str(directory) and process.pid != os.getpid():
                found.append(process)
    return found
