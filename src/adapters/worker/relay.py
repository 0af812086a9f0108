"""The relay: hands events over to the workers as soon as there are some."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

from ports.bell import Bell
from ports.errors import PortUnavailable

_log = logging.getLogger(__name__)

_BREATH: Final = 0.02  # seconds
_FIRST_PAUSE: Final = 0.25  # seconds
_LONGEST_PAUSE: Final = 5.0


class Relay:
    """Goes round after round while there is something to hand over, and waits for the bell then.

    It draws breath after each round, so that in a rush a task gets many deliveries: the first
    of them are on their way at once, and workers do ten in a task in the time of two alone.
    `relay_round` is `application.events.relay_events.RelayEvents` or what does the same. Rings
    that got lost are made up for every `seconds`. Several relays may run at once. When
    database or broker are away, it tries again in ever longer pauses of at most 5 s; an
    outage is one line in the log, and so is its end.
    """

    def __init__(self, relay_round: Callable[[], Awaitable[int]], bell: Bell, *, seconds: float) -> None:
        self._round = relay_round
        self._bell = bell
        self._seconds = seconds
        self._pause = _FIRST_PAUSE
        self._missing: str | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Relay until `stop` is set; a round that has begun is finished."""
        while not stop.is_set():
            handed_over = await self._go_round()
            if handed_over is None:
                await _unless(stop, asyncio.sleep(self._pause))
                self._pause = min(2 * self._pause, _LONGEST_PAUSE)
            elif handed_over:
                await _unless(stop, asyncio.sleep(_BREATH))
            else:
                await _unless(stop, self._bell.wait(self._seconds))

    async def _go_round(self) -> int | None:
        """How many deliveries were handed over; None: something is not there."""
        try:
            handed_over = await self._round()
        except PortUnavailable as error:
            if self._missing != error.port:
                _log.warning("events can't be relayed for the moment: %s", error)
            self._missing = error.port
            return None
        except Exception as error:  # noqa: BLE001  # a relay that ends delivers nothing at all
            if self._missing != type(error).__name__:
                _log.exception("events can't be relayed for the moment")
            self._missing = type(error).__name__
            return None
        if self._missing is not None:
            _log.warning("events are relayed again")
            self._missing, self._pause = None, _FIRST_PAUSE
        return handed_over


async def _unless(stop: asyncio.Event, waiting: Coroutine[Any, Any, None]) -> None:
    """Wait, but not when it is time to stop."""
    tasks = {asyncio.ensure_future(waiting), asyncio.ensure_future(stop.wait())}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
