"""Weeks are ISO weeks of the workshop's calendar, which is India's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidValue
from domain.inventory.capacity import Week, earliest_week

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2200, 12, 31))
moments = st.integers(0, 80 * 365 * 86_400).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
lead_times = st.integers(1, 365)


@given(days)
def test_a_week_is_read_as_it_is_written(day: date) -> None:
    """`parse` is the inverse of `str`, on every day."""
    week = Week.of(day)
    assert Week.parse(str(week)) == week
    assert week.monday.isoweekday() == 1
    assert week.monday <= day <= week.monday + timedelta(days=6)
    assert str(week) == day.strftime("%G-W%V")


@given(days)
def test_weeks_follow_one_another(day: date) -> None:
    """The next week begins seven days later, is later, and sorts so as a text too."""
    week = Week.of(day)
    assert week.next().monday == week.monday + timedelta(days=7)
    assert week < week.next()
    assert str(week) < str(week.next())


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 29), "2024-W52"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2026, 1, 1), "2026-W01"),
        (date(2025, 12, 29), "2026-W01"),
    ],
)
def test_a_week_belongs_to_the_year_of_its_thursday(day: date, text: str) -> None:
    """New Year's Day may be in a week of the old year, New Year's Eve in one of the new."""
    assert str(Week.of(day)) == text
    assert Week.parse(text) == Week.of(day)


def test_the_53rd_week_is_followed_by_the_first() -> None:
    """2026 has 53 weeks, 2025 has 52."""
    assert str(Week.parse("2026-W53").next()) == "2027-W01"
    assert str(Week.parse("2025-W52").next()) == "2026-W01"


NO_WEEKS = [
    *("", "2026", "2026-49", "2026W49", "2026-w49", "2026-W9", "26-W49", " 2026-W49", "2026-W49\n", "2026-W49-1"),
    *("2026-W00", "2026-W54", "2025-W53", "0000-W01"),
]


@pytest.mark.parametrize("text", NO_WEEKS)
def test_what_is_no_week_is_refused(text: str) -> None:
    """Another spelling, or a week that the year doesn't have."""
    with pytest.raises(InvalidValue) as refused:
        Week.parse(text)
    assert refused.value.field == "week"


@pytest.mark.parametrize(
    "text", ["\u0968\u0966\u0968\u096c-W\u096a\u096f", "0026-W49"], ids=["devanagari digits", "year 26"]
)
def test_what_is_taken_for_a_week_is_printed_as_it_was_typed(text: str) -> None:
    """One spelling a week: either it is refused, or it comes out again the same."""
    try:
        week = Week.parse(text)
    except InvalidValue:
        return
    assert str(week) == text


@given(days.filter(lambda day: day.isoweekday() != 1))
def test_a_week_begins_on_a_monday(day: date) -> None:
    """Any other day is refused, so that equal weeks are equal values."""
    with pytest.raises(InvalidValue):
        Week(day)


@pytest.mark.parametrize(
    ("now", "lead_time", "week"),
    [
        (datetime(2026, 12, 6, 18, 29, 59, tzinfo=UTC), 0, "2026-W49"),
        (datetime(2026, 12, 6, 18, 30, 0, tzinfo=UTC), 0, "2026-W50"),
        (datetime(2026, 12, 6, 18, 29, 59, tzinfo=UTC), 21, "2026-W52"),
        (datetime(2026, 12, 6, 18, 30, 0, tzinfo=UTC), 21, "2026-W53"),
        (datetime(2026, 12, 5, 18, 29, 59, tzinfo=UTC), 1, "2026-W49"),
        (datetime(2026, 12, 5, 18, 30, 0, tzinfo=UTC), 1, "2026-W50"),
        (datetime(2026, 12, 31, 18, 30, 0, tzinfo=UTC), 3, "2027-W01"),
    ],
)
def test_the_workshop_s_day_begins_at_midnight_in_india(now: datetime, lead_time: int, week: str) -> None:
    """18:30 UTC is midnight in India: who orders a second later orders the next day."""
    assert str(earliest_week(now, lead_time)) == week


@given(moments, lead_times)
def test_no_week_is_promised_that_ends_before_the_pair_can_be_ready(now: datetime, lead_time: int) -> None:
    """The earliest week ends no sooner than the lead time does, and begins no later."""
    week = earliest_week(now, lead_time)
    ready = (now + timedelta(hours=5, minutes=30, days=lead_time)).date()
    assert week.monday <= ready < week.next().monday


@given(moments, lead_times, st.timedeltas(timedelta(0), timedelta(days=30)), st.integers(0, 30))
def test_ordering_later_or_something_slower_is_never_ready_sooner(
    now: datetime, lead_time: int, wait: timedelta, slower: int
) -> None:
    """The promise only moves away."""
    assert earliest_week(now, lead_time) <= earliest_week(now + wait, lead_time + slower)
