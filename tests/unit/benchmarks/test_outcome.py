"""Percentiles are durations that were measured; repeated measurements come to their medians."""

from __future__ import annotations

from benchmarks.outcome import Latency, Outcome, typical


def test_percentiles_by_nearest_rank() -> None:
    durations = [number / 1000 for number in range(100, 0, -1)]
    assert Latency.of(durations) == Latency(50.0, 95.0, 99.0)


def test_a_single_duration_is_every_percentile() -> None:
    assert Latency.of([0.25]) == Latency(250.0, 250.0, 250.0)


def test_nothing_measured_has_no_percentiles() -> None:
    assert Latency.of([]) is None


def test_rounds_come_to_their_medians_and_all_of_their_errors() -> None:
    rounds = [
        Outcome(100.0, Latency(1.0, 9.0, 10.0), {"503": 1}),
        Outcome(300.0, Latency(3.0, 7.0, 30.0), {"503": 2, "409 conflict": 1}),
        Outcome(200.0, Latency(2.0, 8.0, 20.0), {}),
    ]
    assert typical(rounds) == Outcome(200.0, Latency(2.0, 8.0, 20.0), {"503": 3, "409 conflict": 1})


def test_what_has_no_latencies_keeps_none() -> None:
    assert typical([Outcome(2.0, None, {}), Outcome(4.0, None, {})]) == Outcome(3.0, None, {})
