"""Rates that are still to be had when those who know better don't answer."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

from domain.shipping.rates import NotServiceable, ShippingQuote
from ports.shipping_rates import Parcel, ShippingRates, ShippingUnavailable

logger = logging.getLogger(__name__)

PAUSE: Final = 15.0
"""Seconds at least in which rates that were not to be had are not asked for again."""


class FallbackRates(ShippingRates):
    """Asks the first; while that is unavailable, the second.

    Only who asks first after a pause waits for the first then; one line in the log tells
    of an outage, and one of its end. `monotonic` gives seconds.
    """

    def __init__(
        self, first: ShippingRates, second: ShippingRates, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._first = first
        self._second = second
        self._monotonic = monotonic
        self._silent_until: float | None = None

    async def quote(self, parcel: Parcel) -> ShippingQuote:
        """See ShippingRates."""
        if self._silent_until is not None:
            if self._monotonic() < self._silent_until:
                return await self._second.quote(parcel)
            self._silent_until = self._monotonic() + PAUSE  # the others go on meanwhile
        try:
            quote = await self._first.quote(parcel)
        except ShippingUnavailable as failure:
            self._silent(failure)
            return await self._second.quote(parcel)
        except NotServiceable:
            self._answered()
            raise
        self._answered()
        return quote

    def _silent(self, failure: ShippingUnavailable) -> None:
        if self._silent_until is None:
            logger.warning("the couriers' rates are not to be had, another source stands in: %s", failure)
        self._silent_until = self._monotonic() + max(PAUSE, failure.retry_after)

    def _answered(self) -> None:
        if self._silent_until is not None:
            logger.warning("the couriers' rates are to be had again")
            self._silent_until = None
