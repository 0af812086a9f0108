"""One sandbox in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bootstrap.embedded import answers, free_port

_PATIENCE: Final = 30.0  # seconds


@contextmanager
def running_sandbox(name: str, *options: str) -> Iterator[int]:
    """The port of `sandbox.<name>`, which answers by then. AssertionError with its own words when it does not."""
    port = free_port()
    argv = [sys.executable, "-m", f"sandbox.{name}", "--port", str(port), *options]
    with subprocess.Popen(argv, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait_until_ready(process, port)
            yield port
        finally:
            process.terminate()


def _wait_until_ready(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not answers(port, "/health"):
        assert time.monotonic() < deadline, f"the sandbox is not ready after {_PATIENCE:.0f} seconds"
        try:
            process.wait(0.02)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"the sandbox ended: {process.communicate()[1]}")
