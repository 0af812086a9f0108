"""A target is reached by what was measured without errors, and by nothing else."""

from __future__ import annotations

import pytest

from benchmarks.outcome import Latency, Outcome
from benchmarks.pgbench import REFERENCE
from benchmarks.rows import ROWS, Target

ORDERS = Target(share=0.15, first_share=0.10, p95=60)
PURCHASES = Target(rate=100, p95=120)
MESSAGES = Target(p99=50)


def measured(rate: float = 400.0, p95: float = 20.0, **errors: int) -> Outcome:
    return Outcome(rate, Latency(p95 / 2, p95, p95 * 2), errors)


@pytest.mark.parametrize(
    ("outcome", "share", "verdict"),
    [
        (measured(), 0.15, "yes"),
        (measured(), 0.149, "first step"),
        (measured(), 0.099, "no"),
        (measured(p95=60.0), 0.20, "no"),
        (measured(timeout=1), 0.20, "no"),
        (Outcome(0.0, None, {}), None, "no"),
    ],
)
def test_a_share_of_the_limit_with_a_latency(outcome: Outcome, share: float | None, verdict: str) -> None:
    assert ORDERS.verdict(outcome, share) == verdict


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [(measured(100.0), "yes"), (measured(99.9), "no"), (measured(p95=120.0), "no"), (measured(timeout=1), "no")],
)
def test_a_rate_with_a_latency(outcome: Outcome, verdict: str) -> None:
    assert PURCHASES.verdict(outcome, None) == verdict


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (measured(p95=24.9), "yes"),
        (measured(p95=25.0), "no"),
        (measured(p95=1.0, timeout=1), "no"),
        (Outcome(50.0, None, {}), "no"),
    ],
)
def test_the_slowest_of_a_hundred(outcome: Outcome, verdict: str) -> None:
    """Of what was measured here, p99 is twice p95."""
    assert MESSAGES.verdict(outcome, None) == verdict


def test_where_nothing_is_asked_nothing_is_reached() -> None:
    assert Target().verdict(measured(), 0.5) == "-"


def test_targets_are_told_as_they_are_set() -> None:
    assert str(ORDERS) == "≥ 0.15 (first 0.10), p95 < 60 ms"
    assert str(PURCHASES) == "≥ 100/s, p95 < 120 ms"
    assert str(MESSAGES) == "p99 < 50 ms"
    assert str(Target()) == ""


def test_rows_have_names_of_their_own_and_scripts_that_exist() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)
    scripts = {row.limit.name for row in ROWS if row.limit and row.limit.name.endswith(".sql")}
    assert {script for script in scripts if not (REFERENCE / script).exists()} == set()
