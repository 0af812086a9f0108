"""When a delivery that failed is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Waits twice as long after each attempt, up to `longest`; gives up after `attempts`.

    Twenty attempts with these pauses take about an hour and a half. With jitter, so that what failed together does
    not come back together: half of the wait is certain, the rest is drawn.
    """

    attempts: int = 20
    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(minutes=10)

    def is_last(self, attempt: int) -> bool:
        """Whether no attempt follows this one (counted from 1)."""
        return attempt >= self.attempts

    def wait(self, attempt: int, drawn: float, at_least: timedelta = timedelta(0)) -> timedelta:
        """The pause after an attempt; `drawn` is a random number from 0 to 1."""
        doubled = self.first * float(2 ** min(attempt - 1, 20))
        return max(at_least, min(doubled, self.longest) * (0.5 + drawn / 2))
