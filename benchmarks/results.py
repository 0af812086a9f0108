"""Measuring rows in rounds, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.bench import Bench
from benchmarks.outcome import Outcome, typical
from benchmarks.rows import Row


@dataclass(frozen=True, slots=True)
class Result:
    """A row with its outcome and that of its limit, round by round."""

    row: Row
    outcomes: list[Outcome] = field(default_factory=list)
    limits: list[Outcome] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """The medians."""
        return typical(self.outcomes)

    @property
    def limit(self) -> Outcome | None:
        """The medians of the limit, where the row has one."""
        return typical(self.limits) if self.limits else None

    @property
    def share(self) -> float | None:
        """How much of its limit the row reaches."""
        limit = self.limit
        return self.outcome.rate / limit.rate if limit and limit.rate else None

    @property
    def verdict(self) -> str:
        """Whether the target is reached."""
        return self.row.target.verdict(self.outcome, self.share)


def measure(bench: Bench, rows: Sequence[Row], rounds: int, tell: Callable[[str], None]) -> list[Result]:
    """Every row in every round, its limit just before or just after it, in turns."""
    results = [Result(row) for row in rows]
    for number in range(rounds):
        for result in results:
            tell(f"round {number + 1} of {rounds}: {result.row.title}")
            if result.row.limit and number % 2 == 0:
                result.limits.append(result.row.limit.measure(bench))
            result.outcomes.append(result.row.measure(bench))
            if result.row.limit and number % 2 == 1:
                result.limits.append(result.row.limit.measure(bench))
    return results
