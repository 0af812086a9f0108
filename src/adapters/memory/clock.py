"""A clock that stands still until it is told otherwise."""

from __future__ import annotations

from datetime import datetime, timedelta

from ports.clock import Clock


class MemoryClock(Clock):
    """Shows one moment (aware, UTC) and goes on only by `advance`."""

    def __init__(self, now: datetime) -> None:
        if now.utcoffset() != timedelta(0):
            raise ValueError("a clock shows UTC")
        self._now = now

    def now(self) -> datetime:
        """See Clock."""
        return self._now

    def advance(self, time: timedelta) -> None:
        """Let time pass."""
        self._now += time
