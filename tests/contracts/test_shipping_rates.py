"""Whoever carries parcels makes an offer that an order can be priced with, or says that nobody goes there."""

from __future__ import annotations

import pytest

from adapters.memory.shipping_rates import MemoryShippingRates
from adapters.shipping.rate_table import RateTableShipping
from domain.customers.pincode import PinCode
from domain.money import NOTHING, Money
from domain.shipping.rates import NotServiceable
from domain.tax.states import GstState
from ports.shipping_rates import Parcel, ShippingRates

pytestmark = pytest.mark.anyio

BENGALURU = PinCode("560034")
ARMY_POST = PinCode("900056")
KARNATAKA = GstState.by_code("29")


def in_memory() -> ShippingRates:
    """The carrier that is told what to ask."""
    rates = MemoryShippingRates()
    rates.set_offer(ARMY_POST, None)
    return rates


def by_table() -> ShippingRates:
    """The workshop's own table."""
    return RateTableShipping(seller_pincode=PinCode("560001"), seller_state=KARNATAKA)


@pytest.fixture(params=[in_memory, by_table])
def rates(request: pytest.FixtureRequest) -> ShippingRates:
    """A carrier."""
    made: ShippingRates = request.param()
    return made


def parcel(pincode: PinCode = BENGALURU, pairs: int = 1) -> Parcel:
    """Some pairs to Bengaluru."""
    return Parcel(pincode, KARNATAKA, pairs, Money(499_900) * pairs)


@pytest.mark.parametrize("pairs", [1, 2, 10, 500])
async def test_an_offer_can_be_priced_with(rates: ShippingRates, pairs: int) -> None:
    """Nothing negative, a courier with a name, a day of arrival."""
    quote = await rates.quote(parcel(pairs=pairs))

    assert quote.fee >= NOTHING
    assert quote.cod_fee >= NOTHING
    assert quote.courier
    assert quote.transit_days >= 0


async def test_the_same_parcel_gets_the_same_offer(rates: ShippingRates) -> None:
    """The order costs what the checkout said."""
    assert await rates.quote(parcel()) == await rates.quote(parcel())


async def test_where_nobody_goes_is_told(rates: ShippingRates) -> None:
    """A business error that names the PIN code."""
    with pytest.raises(NotServiceable) as refusal:
        await rates.quote(parcel(ARMY_POST))

    assert refusal.value.pincode == ARMY_POST.value
