"""Shipping by a table of the workshop's own, until carriers are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from domain.customers.pincode import PinCode
from domain.money import NOTHING, Money
from domain.shipping.rates import NotServiceable, ShippingQuote
from domain.tax.states import GstState
from ports.shipping_rates import Parcel, ShippingRates


class Zone(Enum):
    """How far a parcel goes, seen from the seller."""

    SAME_STATE = auto()
    SAME_REGION = auto()
    REST_OF_INDIA = auto()
    HILLS = auto()
    ISLANDS = auto()


@dataclass(frozen=True, slots=True)
class Rate:
    """What a zone costs (GST included) and whether the courier collects cash there."""

    first_pair: Money
    further_pair: Money
    transit_days: int
    collects_cash: bool


RATES: Final[Mapping[Zone, Rate]] = {
    #                         first pair      each further   days  cash
    Zone.SAME_STATE: Rate(    Money(9_900),   Money(4_900),   2,   True),
    Zone.SAME_REGION: Rate(   Money(12_900),  Money(5_900),   3,   True),
    Zone.REST_OF_INDIA: Rate( Money(16_900),  Money(7_900),   5,   True),
    Zone.HILLS: Rate(         Money(24_900),  Money(12_900),  8,   True),
    Zone.ISLANDS: Rate(       Money(34_900),  Money(19_900),  12,  False),
}  # fmt: skip
"""Paise, GST included."""

FREE_FROM: Final = Money(1_500_000)
"""Parcels of goods worth ₹15,000.00 or more travel free, but for the islands."""

COD_FEE: Final = Money(9_900)
"""What collecting cash costs, GST included, also where the parcel travels free."""

COURIER: Final = "Surface courier"

# Of a PIN code's first digit: 1-2 north, 3-4 west, 5-6 south, 7-8 east (India Post). 9 is the
# army's own post, where no courier goes.
_ARMY: Final = "9"
_REGIONS: Final = (frozenset("12"), frozenset("34"), frozenset("56"), frozenset("78"))

# GST codes. Jammu and Kashmir, Ladakh; Sikkim, Arunachal Pradesh, Nagaland, Manipur,
# Mizoram, Tripura, Meghalaya, Assam.
_HILLS: Final = frozenset({"01", "38", "11", "12", "13", "14", "15", "16", "17", "18"})
# Lakshadweep, Andaman and Nicobar Islands.
_ISLANDS: Final = frozenset({"31", "35"})


def travels_free(parcel: Parcel) -> bool:
    """Whether the shop pays the way, whatever it costs."""
    return parcel.value >= FREE_FROM and parcel.state.code not in _ISLANDS


class RateTableShipping(ShippingRates):
    """Quotes from RATES by the distance between the seller and the parcel's address.

    The zone follows the state that the parcel goes to, then the region of its PIN code.
    """

    def __init__(self, *, seller_pincode: PinCode, seller_state: GstState) -> None:
        self._seller_pincode = seller_pincode
        self._seller_state = seller_state

    async def quote(self, parcel: Parcel) -> ShippingQuote:
        """See ShippingRates."""
        if parcel.pincode.value.startswith(_ARMY):
            raise NotServiceable(parcel.pincode.value)
        zone = self._zone_of(parcel)
        rate = RATES[zone]
        return ShippingQuote(
            fee=NOTHING if travels_free(parcel) else rate.first_pair + rate.further_pair * (parcel.pairs - 1),
            cod_available=rate.collects_cash,
            cod_fee=COD_FEE if rate.collects_cash else NOTHING,
            courier=COURIER,
            transit_days=rate.transit_days,
        )

    def _zone_of(self, parcel: Parcel) -> Zone:
        if parcel.state.code == self._seller_state.code:
            return Zone.SAME_STATE
        if parcel.state.code in _ISLANDS:
            return Zone.ISLANDS
        if parcel.state.code in _HILLS:
            return Zone.HILLS
        ends = {parcel.pincode.value[0], self._seller_pincode.value[0]}
        return Zone.SAME_REGION if any(ends <= region for region in _REGIONS) else Zone.REST_OF_INDIA
