"""What carriers ask for a parcel, and whether they collect cash."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Protocol

from domain.customers.pincode import PinCode
from domain.money import Money
from domain.shipping.rates import ShippingQuote
from domain.tax.states import GstState
from ports.errors import PortUnavailable


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be carried where: `pairs` of shoes worth `value` (GST included)."""

    pincode: PinCode
    state: GstState
    pairs: int
    value: Money


class ShippingUnavailable(PortUnavailable):
    """The carriers' rates can't be had right now."""

    def __init__(self, reason: str = "no answer", *, retry_after: int = 1) -> None:
        super().__init__("shipping-rates", reason, retry_after=retry_after)


class ShippingRates(Protocol):
    """Quotes for parcels. May go over the network: never called inside a transaction."""

    @abstractmethod
    async def quote(self, parcel: Parcel) -> ShippingQuote:
        """The offer for a parcel. Raises NotServiceable and ShippingUnavailable."""
