"""One process of ours: started, watched, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from bootstrap.embedded.failure import EmbeddedError, ServiceDied
from bootstrap.embedded.process import end, telling_line


class Service(ABC):
    """A process that we own: one owner, who starts it from the main thread of a process that outlives it."""

    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM  # asks politely
    force_signal: ClassVar[signal.Signals] = signal.SIGKILL  # when that takes too long
    patience: ClassVar[float] = 60.0  # seconds from launch to ready

    def __init__(self, name: str, log: Path | None) -> None:
        self.name = name
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def launch(self) -> None:
        """Start the process, without waiting until it serves."""

    @abstractmethod
    def ready(self) -> bool:
        """Whether it serves by now. Answers at once; not serving yet is no error."""

    def retry(self) -> bool:
        """Called when the process ended before it served. Whether it was launched again, to better conditions."""
        return False

    @property
    def pid(self) -> int:
        """Process id, from launch to stop."""
        if self._process is None:
            raise EmbeddedError(f"{self.name} is not running")
        return self._process.pid

    def exit_code(self) -> int | None:
        """None while it runs and when it was never started; negative for the signal that ended it."""
        return None if self._process is None else self._process.poll()

    def await_ready(self, check: Callable[[], None] = lambda: None) -> None:
        """Wait until it serves. Raises `ServiceDied` when it can't, and whatever `check` raises meanwhile."""
        deadline = time.monotonic() + self.patience
        while not self.ready():
            if self.exit_code() is not None and not self.retry():
                raise ServiceDied(self.obituary())
            if time.monotonic() > deadline:
                raise ServiceDied(f"{self.name} is not ready after {self.patience:.0f} s{self._last_words()}")
            check()
            time.sleep(0.02)

    def stop(self, within: float = 9.0) -> None:
        """Ask it to stop, and insist when `within` seconds are nearly over. Does nothing when it is not running."""
        process, self._process = self._process, None
        if process is None:
            return
        insisting = min(1.5, within / 3)
        end(process, self.stop_signal, within - insisting)
        end(process, self.force_signal, insisting)
        with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
            os.killpg(process.pid, signal.SIGKILL)  # what it left behind in its session, or itself
        process.wait()

    def kill(self) -> None:
        """End it as a crash would, without a chance to tidy up. For tests of recovery."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def obituary(self) -> str:
        """One line on how it ended and what it said last."""
        code = self.exit_code() or 0
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"exited with code {code}"
        return f"{self.name} {how}{self._last_words()}"

    def _last_words(self) -> str:
        if self.log is None or not self.log.exists():
            return ""
        said = telling_line(self.log.read_text(errors="replace"))
        return f": {said} (log: {self.log})" if said else f" (log: {self.log})"


def turn_over(log: Path) -> None:
    """Keep the log of the run before as `….1`, and begin a new one."""
    if log.exists():
        log.replace(log.with_name(f"{log.name}.1"))
