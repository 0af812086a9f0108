"""Shiprocket's times: of India, in several spellings, with a dozen ways to say "none"."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from domain.inventory.capacity import WORKSHOP_ZONE

# A webhook's `current_timestamp` alone is written day first.
_SPELLINGS: Final = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%d %m %Y %H:%M:%S",
    "%d-%m-%Y %H:%M:%S",
    "%b %d, %Y",
)
_LONGEST: Final = 40
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


def read_moment(text: object) -> datetime | None:
    """The time in UTC; None for "", "NA", "0000-00-00 00:00:00" and whatever else is none."""
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    for spelling in _SPELLINGS:
        try:
            moment = datetime.strptime(text.strip(), spelling).replace(tzinfo=WORKSHOP_ZONE)
        except ValueError:
            continue
        return moment.astimezone(UTC) if _FIRST_YEAR <= moment.year <= _LAST_YEAR else None
    return None


def write_minute(moment: datetime) -> str:
    """As an order's `order_date` is written."""
    return moment.astimezone(WORKSHOP_ZONE).strftime("%Y-%m-%d %H:%M")
