"""A bell in this process."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from ports.bell import Bell


class MemoryBell(Bell):
    """Wakes those who wait on the same event loop."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """See Bell."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """See Bell."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        self._rung.clear()
