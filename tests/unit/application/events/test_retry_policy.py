"""Waits grow, within bounds, and never in step."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from application.events.retry_policy import RetryPolicy

POLICY = RetryPolicy(attempts=5, first=timedelta(seconds=2), longest=timedelta(minutes=1))


def test_waits_double() -> None:
    """2, 4, 8 … seconds, where nothing is drawn off."""
    assert [POLICY.wait(attempt, 1.0).total_seconds() for attempt in (1, 2, 3, 4)] == [2, 4, 8, 16]


def test_a_third_party_may_ask_for_more() -> None:
    """Retry-After is respected."""
    assert POLICY.wait(1, 0.0, timedelta(seconds=45)) == timedelta(seconds=45)


def test_the_last_attempt_is_the_last() -> None:
    """Counted from 1."""
    assert [POLICY.is_last(attempt) for attempt in (4, 5, 6)] == [False, True, True]


@given(attempt=st.integers(1, 10_000), drawn=st.floats(0, 1))
def test_no_wait_is_longer_than_the_longest_or_shorter_than_half_of_the_first(attempt: int, drawn: float) -> None:
    """Whatever is drawn, however often it was tried."""
    assert timedelta(seconds=1) <= POLICY.wait(attempt, drawn) <= timedelta(minutes=1)
