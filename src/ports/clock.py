"""What time it is."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The only source of the present: use cases ask it once and pass the answer on."""

    @abstractmethod
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
