"""What the couriers that Shiprocket books would ask, for the checkout."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

import msgspec

from adapters.shipping.rate_table import travels_free
from adapters.shipping.shiprocket.answers import part_of
from adapters.shipping.shiprocket.client import ShiprocketClient
from adapters.shipping.shiprocket.offers import read_offers
from domain.customers.pincode import PinCode
from domain.money import NOTHING, Money
from domain.ordering.status import PaymentMethod
from domain.shipping.courier_choice import CourierOffer, CourierTerms, choose_courier
from domain.shipping.packing import stacked
from domain.shipping.rates import NotServiceable, ShippingQuote
from ports.cache import Cache
from ports.carrier import CarrierRefused, CarrierUnavailable
from ports.shipping_rates import Parcel, ShippingRates, ShippingUnavailable

DEADLINE: Final = 2.0
"""Seconds that a checkout waits for couriers."""

_KEPT: Final = timedelta(minutes=30)
_CLASS: Final = 500  # grams: couriers charge by half kilograms
_HEAVIEST: Final = 20_000  # grams in one parcel; more than that travels in several
_MM3_PER_GRAM: Final = 5_000  # what is light and large is charged as if it weighed so much (1 kg for 5,000 cm³)


class _Chosen(msgspec.Struct, frozen=True):
    """What is cached. No offer: nobody acceptable goes there."""

    offer: CourierOffer | None


class ShiprocketRates(ShippingRates):
    """ShippingRates at Shiprocket: of the courier who would get the parcel by the shop's own policy.

    What a customer pays is the courier's price in whole rupees, rounded up, or nothing where
    the shop pays; the fee for cash is what a courier who collects it asks more. `deadline`
    is in seconds.
    """

    def __init__(
        self,
        client: ShiprocketClient,
        cache: Cache,
        *,
        pickup_pincode: PinCode,
        terms: CourierTerms,
        deadline: float = DEADLINE,
    ) -> None:
        self._client = client
        self._cache = cache
        self._pickup_pincode = pickup_pincode
        self._terms = terms
        self._deadline = deadline

    async def quote(self, parcel: Parcel) -> ShippingQuote:
        """See ShippingRates."""
        try:
            async with asyncio.timeout(self._deadline):
                prepaid, cash = await asyncio.gather(
                    self._chosen(parcel, PaymentMethod.PREPAID), self._chosen(parcel, PaymentMethod.COD)
                )
        except CarrierUnavailable as failure:
            raise ShippingUnavailable("no answer", retry_after=failure.retry_after) from failure
        except (TimeoutError, CarrierRefused) as failure:  # a refusal is about our request, not about the place
            raise ShippingUnavailable(type(failure).__name__) from failure
        if prepaid is None:
            raise NotServiceable(parcel.pincode.value)
        parcels = _parcels(parcel.pairs)
        return ShippingQuote(
            fee=NOTHING if travels_free(parcel) else _in_rupees(prepaid.fee * parcels),
            cod_available=cash is not None,
            cod_fee=NOTHING if cash is None else _in_rupees((cash.fee - prepaid.fee) * parcels),
            courier=prepaid.name,
            transit_days=prepaid.days,
        )

    async def _chosen(self, parcel: Parcel, method: PaymentMethod) -> CourierOffer | None:
        """Who would carry each of its parcels."""
        grams = _weight_class(parcel.pairs)
        key = f"shipping:{self._pickup_pincode}:{parcel.pincode}:{grams}:{method}"
        kept = await self._cache.get(key)
        known = None if kept is None else part_of(msgspec.Raw(kept), _Chosen)
        if known is not None:
            return known.offer
        query = {
            "pickup_postcode": self._pickup_pincode.value,
            "delivery_postcode": parcel.pincode.value,
            "weight": f"{grams / 1000:g}",
            "cod": "1" if method is PaymentMethod.COD else "0",
        }
        offers = read_offers(await self._client.get("/courier/serviceability/", query))
        offer = choose_courier(offers, self._terms, method)
        await self._cache.put(key, msgspec.json.encode(_Chosen(offer)), _KEPT)
        return offer


def _parcels(pairs: int) -> int:
    """How many parcels they travel in."""
    return -(-pairs // max(1, _HEAVIEST // _charged_weight(1)))


def _weight_class(pairs: int) -> int:
    """Grams of the heaviest of their parcels, in whole classes."""
    heaviest = -(-pairs // _parcels(pairs))
    return -(-_charged_weight(heaviest) // _CLASS) * _CLASS


def _charged_weight(pairs: int) -> int:
    size = stacked(pairs)
    return max(size.weight, size.length * size.breadth * size.height // _MM3_PER_GRAM)


def _in_rupees(amount: Money) -> Money:
    """Rounded up; a courier who asks less for cash than another without it takes nothing for it."""
    return Money(max(0, -(-amount.minor // 100) * 100))
