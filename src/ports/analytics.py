"""What the shop tells whoever counts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ports.errors import PortUnavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Something worth counting, about somebody known by an opaque word, never by name or address."""

    id: str
    name: str
    who: str
    at: datetime
    properties: Mapping[str, str | int]


class AnalyticsUnavailable(PortUnavailable):
    """Nobody counts right now."""

    def __init__(self, reason: str = "no answer", *, retry_after: int = 5) -> None:
        super().__init__("analytics", reason, retry_after=retry_after)


class Analytics(Protocol):
    """Takes what is to be counted. May go over the network: never inside a transaction."""

    @abstractmethod
    async def capture(self, occurrence: Occurrence) -> None:
        """Count it, once for each id. Raises AnalyticsUnavailable."""
