"""When tests happen, unless they say otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from domain.inventory.capacity import Week

NOW: Final = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
"""A Tuesday of 2026-W49, afternoon in India."""

THIS_WEEK: Final = Week.parse("2026-W49")
"""The week of NOW."""
