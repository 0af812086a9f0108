"""Clocks agree on the zone, and never go backwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.memory.clock import MemoryClock
from adapters.system.clock import SystemClock
from ports.clock import Clock
from tests.builders import NOW


@pytest.fixture(params=["memory", "system"])
def clock(request: pytest.FixtureRequest) -> Clock:
    """A clock."""
    return MemoryClock(NOW) if request.param == "memory" else SystemClock()


def test_a_clock_shows_utc(clock: Clock) -> None:
    """Aware: a moment without a zone is no moment."""
    assert clock.now().utcoffset() == timedelta(0)


def test_a_clock_does_not_go_backwards(clock: Clock) -> None:
    """Not within a test's patience, at least."""
    earlier = clock.now()

    assert earlier <= clock.now()
