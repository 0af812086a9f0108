"""A bell that wakes the relays when there is something to deliver."""

from __future__ import annotations

from abc import abstractmethod
from typing import Protocol


class Bell(Protocol):
    """Best effort: a ring may get lost, and costs those who sleep a few seconds then."""

    @abstractmethod
    def ring(self) -> None:
        """Wake whoever waits. Returns at once and never fails."""

    @abstractmethod
    async def wait(self, seconds: float) -> None:
        """Sleep until the bell rings, at most so long. A ring since the last wait counts. Never fails."""
