"""A cache in memory."""

from __future__ import annotations

from datetime import datetime, timedelta

from adapters.memory.tables import other_tasks
from ports.cache import Cache
from ports.clock import Clock


class MemoryCache(Cache):
    """Keeps everything until its time is over; what has expired goes when it is asked for."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[bytes, datetime]] = {}

    async def get(self, key: str) -> bytes | None:
        """See Cache."""
        await other_tasks()
        value, until = self._kept.get(key, (None, self._clock.now()))
        if until <= self._clock.now():
            self._kept.pop(key, None)
            return None
        return value

    async def put(self, key: str, value: bytes, lifetime: timedelta) -> None:
        """See Cache."""
        await other_tasks()
        self._kept[key] = value, self._clock.now() + lifetime

    async def forget(self, *keys: str) -> None:
        """See Cache."""
        await other_tasks()
        for key in keys:
            self._kept.pop(key, None)
