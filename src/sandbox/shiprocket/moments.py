"""Unix seconds in the forms in which Shiprocket writes Indian time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

import msgspec

IST: Final = timezone(timedelta(hours=5, minutes=30))


class CarbonDate(msgspec.Struct, frozen=True):
    """A date as PHP's Carbon serialises it."""

    date: str
    timezone_type: int = 3
    timezone: str = "Asia/Kolkata"


def stamp(at: float | None) -> str:
    """2026-05-05 14:00:00, or nothing."""
    return "" if at is None else f"{_indian(at):%Y-%m-%d %H:%M:%S}"


def webhook_stamp(at: float) -> str:
    """05 05 2026 14:00:00."""
    return f"{_indian(at):%d %m %Y %H:%M:%S}"


def panel_stamp(at: float) -> str:
    """5 May 2026, 02:00 PM."""
    return f"{_indian(at):%d %b %Y, %I:%M %p}"


def ordinal_stamp(at: float) -> str:
    """5th May 2026 02:00 PM."""
    moment = _indian(at)
    ending = "th" if moment.day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(moment.day % 10, "th")
    return f"{moment.day}{ending} {moment:%b %Y %I:%M %p}"


def short_date(at: float) -> str:
    """May 05, 2026."""
    return f"{_indian(at):%b %d, %Y}"


def carbon(at: float) -> CarbonDate:
    """2026-05-04 12:01:33.120000 in Asia/Kolkata."""
    return CarbonDate(f"{_indian(at):%Y-%m-%d %H:%M:%S.%f}")


def in_days(at: float, days: int, *, hour: int) -> float:
    """So many days later, at that hour in India."""
    day = _indian(at) + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0).timestamp()


def not_on_sunday(at: float) -> float:
    """Couriers don't come on Sundays: the same hour of the Monday."""
    day = _indian(at)
    return (day + timedelta(days=1)).timestamp() if day.isoweekday() == 7 else at


def day_named(text: str, *, hour: int) -> float:
    """That hour of a day given as YYYY-MM-DD, in India. Raises ValueError."""
    return datetime.strptime(text, "%Y-%m-%d").replace(hour=hour, tzinfo=IST).timestamp()


def _indian(at: float) -> datetime:
    return datetime.fromtimestamp(at, IST)
