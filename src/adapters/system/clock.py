"""The machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime

from ports.clock import Clock


class SystemClock(Clock):
    """The time that the machine believes it is."""

    def now(self) -> datetime:
        """See Clock."""
        return datetime.now(UTC)
