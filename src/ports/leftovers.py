"""What the shop has written for a while and does not need any more."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import Protocol


class Leftovers(Protocol):
    """Rows that nobody will ask for again. Events and orders are kept for ever."""

    @abstractmethod
    async def remove(self, *, claimed_before: datetime, handled_before: datetime, received_before: datetime) -> int:
        """Remove idempotency keys, done deliveries and messages of third parties that are older; returns how many rows.

        In portions, so that nobody waits long for a lock.
        """
