"""Counting by a line of the log, until a product-analytics service is asked."""

from __future__ import annotations

import logging
from typing import Final

import msgspec

from ports.analytics import Analytics, Occurrence

_LOG: Final = logging.getLogger("analytics")


class LogAnalytics(Analytics):
    """One JSON line for each occurrence; its id tells repetitions apart."""

    async def capture(self, occurrence: Occurrence) -> None:
        """See Analytics."""
        _LOG.info("%s", msgspec.json.encode(occurrence).decode())
