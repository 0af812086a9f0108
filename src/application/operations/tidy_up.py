"""Remove what nobody will ask for again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from ports.clock import Clock
from ports.leftovers import Leftovers

_KEYS: Final = timedelta(hours=24)  # as promised to callers: ports.idempotency
_DELIVERIES: Final = timedelta(days=30)
_MESSAGES: Final = timedelta(days=90)  # providers repeat a message for a day; what it told is in the events


@dataclass(frozen=True, slots=True)
class TidyUp:
    """Returns how many rows were removed. Safe to run in several places at once."""

    leftovers: Leftovers
    clock: Clock

    async def __call__(self) -> int:
        now = self.clock.now()
        return await self.leftovers.remove(
            claimed_before=now - _KEYS, handled_before=now - _DELIVERIES, received_before=now - _MESSAGES
        )
