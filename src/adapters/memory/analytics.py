"""Counting in memory."""

from __future__ import annotations

from ports.analytics import Analytics, AnalyticsUnavailable, Occurrence


class MemoryAnalytics(Analytics):
    """Keeps what was counted, by id. While `unavailable` is True, it counts nothing."""

    def __init__(self) -> None:
        self.unavailable = False
        self.counted: dict[str, Occurrence] = {}

    async def capture(self, occurrence: Occurrence) -> None:
        """See Analytics."""
        if self.unavailable:
            raise AnalyticsUnavailable("switched off")
        self.counted.setdefault(occurrence.id, occurrence)
