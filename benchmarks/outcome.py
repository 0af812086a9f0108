"""What a measurement came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles in milliseconds, by nearest rank."""

    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Latency | None:
        """Of durations in seconds; None of none."""
        if not seconds:
            return None
        ordered = sorted(seconds)
        return cls(*(1000 * ordered[ceil(share * len(ordered)) - 1] for share in (0.50, 0.95, 0.99)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measurement: finished units a second, how long they took, what went wrong how often."""

    rate: float
    latency: Latency | None
    errors: Mapping[str, int]


def typical(outcomes: Sequence[Outcome]) -> Outcome:
    """The median of each figure over repeated measurements; the errors of all of them."""
    latencies = [outcome.latency for outcome in outcomes if outcome.latency]
    latency = None
    if latencies:
        latency = Latency(
            median(each.p50 for each in latencies),
            median(each.p95 for each in latencies),
            median(each.p99 for each in latencies),
        )
    errors: dict[str, int] = {}
    for outcome in outcomes:
        for name, count in outcome.errors.items():
            errors[name] = errors.get(name, 0) + count
    return Outcome(median(outcome.rate for outcome in outcomes), latency, errors)
