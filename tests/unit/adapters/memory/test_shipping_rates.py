"""The carrier in memory asks what a test tells it to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.memory.shipping_rates import FREE, MemoryShippingRates
from domain.customers.pincode import PinCode
from domain.money import Money
from domain.tax.states import GstState
from ports.shipping_rates import Parcel, ShippingUnavailable

pytestmark = pytest.mark.anyio

BENGALURU = Parcel(PinCode("560001"), GstState.by_code("29"), pairs=1, value=Money(1_299_900))
MUMBAI = Parcel(PinCode("400001"), GstState.by_code("27"), pairs=1, value=Money(1_299_900))
DEAR = replace(FREE, fee=Money(50_000), cod_available=False)


async def test_every_parcel_gets_the_offer() -> None:
    """Free, until another one is set."""
    rates = MemoryShippingRates()
    assert await rates.quote(BENGALURU) == FREE

    rates.offer = DEAR

    assert await rates.quote(BENGALURU) == DEAR


async def test_a_pin_code_may_have_an_offer_of_its_own() -> None:
    """The others keep theirs."""
    rates = MemoryShippingRates()

    rates.set_offer(MUMBAI.pincode, DEAR)

    assert await rates.quote(MUMBAI) == DEAR
    assert await rates.quote(BENGALURU) == FREE


async def test_a_carrier_may_be_unavailable() -> None:
    """A technical error, until it is back."""
    rates = MemoryShippingRates()
    rates.unavailable = True

    with pytest.raises(ShippingUnavailable):
        await rates.quote(BENGALURU)
