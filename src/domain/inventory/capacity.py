"""Weeks of the workshop: what it can make in each, and what it has promised."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.errors import InvalidValue
from domain.inventory.errors import CapacityExhausted

# The workshop's calendar; India has one zone and no daylight saving.
WORKSHOP_ZONE: Final = ZoneInfo("Asia/Kolkata")
_TEXT: Final = re.compile(r"([0-9]{4})-W([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week, kept as its Monday. Shown and parsed as `2026-W49`."""

    monday: date

    def __post_init__(self) -> None:
        if self.monday.isoweekday() != 1:
            raise InvalidValue("monday", f"{self.monday} is not a Monday")

    @classmethod
    def of(cls, day: date) -> Week:
        """The week that a day is in."""
        return cls(day - timedelta(days=day.isoweekday() - 1))

    @classmethod
    def parse(cls, text: str) -> Week:
        """The inverse of `str`."""
        match = _TEXT.fullmatch(text)
        if match is None:
            raise InvalidValue("week", f"{text!r} is not like 2026-W49")
        try:
            return cls(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        except ValueError as error:
            raise InvalidValue("week", f"{text!r} is not a week of that year") from error

    def next(self) -> Week:
        """The week after."""
        return Week(self.monday + timedelta(weeks=1))

    def __str__(self) -> str:
        year, week, _ = self.monday.isocalendar()
        return f"{year:04d}-W{week:02d}"


def earliest_week(now: datetime, lead_time_days: int) -> Week:
    """The first week in which a pair ordered now can be finished (workshop's calendar)."""
    return Week.of((now.astimezone(WORKSHOP_ZONE) + timedelta(days=lead_time_days)).date())


@dataclass(slots=True)
class WeekCapacity:
    """Pairs that the workshop can make in a week, and how many of them are promised."""

    week: Week
    capacity: int
    booked: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.booked <= self.capacity:
            raise InvalidValue("booked", f"{self.week}: 0 <= {self.booked} <= {self.capacity} does not hold")

    @property
    def free(self) -> int:
        """Pairs that can still be promised."""
        return self.capacity - self.booked

    def book(self, pairs: int) -> None:
        """Promise pairs, or raise CapacityExhausted."""
        _check_pairs(pairs)
        if pairs > self.free:
            raise CapacityExhausted(self.week.monday, pairs)
        self.booked += pairs

    def release(self, pairs: int) -> None:
        """Take a promise back."""
        _check_pairs(pairs)
        if pairs > self.booked:
            raise InvalidValue("pairs", f"{self.week}: only {self.booked} pairs are booked")
        self.booked -= pairs


def _check_pairs(pairs: int) -> None:
    if pairs < 0:
        raise InvalidValue("pairs", "a number of pairs is not negative")
