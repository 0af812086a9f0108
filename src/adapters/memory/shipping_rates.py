"""A carrier that asks what it is told to ask."""

from __future__ import annotations

from typing import Final

from adapters.memory.tables import other_tasks
from domain.customers.pincode import PinCode
from domain.money import NOTHING, Money
from domain.shipping.rates import NotServiceable, ShippingQuote
from ports.shipping_rates import Parcel, ShippingRates, ShippingUnavailable

FREE: Final = ShippingQuote(
    fee=NOTHING, cod_available=True, cod_fee=Money(4_900), courier="Memory Express", transit_days=3
)
"""The offer as long as nothing else was set: free, cash collected for ₹49.00."""


class MemoryShippingRates(ShippingRates):
    """The same offer for every parcel, but for the PIN codes that were given another or none.

    While `unavailable` is True, every quote raises ShippingUnavailable.
    """

    def __init__(self, offer: ShippingQuote = FREE) -> None:
        self.offer = offer
        self.unavailable = False
        self._offers: dict[PinCode, ShippingQuote | None] = {}

    def set_offer(self, pincode: PinCode, offer: ShippingQuote | None) -> None:
        """Another offer for a PIN code; None: nobody goes there."""
        self._offers[pincode] = offer

    async def quote(self, parcel: Parcel) -> ShippingQuote:
        """See ShippingRates."""
        await other_tasks()
        if self.unavailable:
            raise ShippingUnavailable("switched off")
        offer = self._offers.get(parcel.pincode, self.offer)
        if offer is None:
            raise NotServiceable(parcel.pincode.value)
        return offer
