"""Whoever carries parcels makes an offer that an order can be priced with, or says that nobody goes there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from adapters.memory.cache import MemoryCache
from adapters.memory.clock import MemoryClock
from adapters.memory.shipping_rates import MemoryShippingRates
from adapters.memory.token_store import MemoryTokenStore
from adapters.shipping.fallback import FallbackRates
from adapters.shipping.rate_table import RateTableShipping
from adapters.shipping.shiprocket.account import ShiprocketAccount
from adapters.shipping.shiprocket.client import shiprocket_client
from adapters.shipping.shiprocket.rates import ShiprocketRates
from domain.customers.pincode import PinCode
from domain.money import NOTHING, Money
from domain.shipping.courier_choice import CourierTerms
from domain.shipping.rates import NotServiceable
from domain.tax.states import GstState
from ports.shipping_rates import Parcel, ShippingRates
from tests.builders import NOW
from tests.contracts.carrier_fixtures import running_shiprocket_sandbox

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


def by_a_stand_in() -> ShippingRates:
    """The table, because who should know better is silent."""
    silent = MemoryShippingRates()
    silent.unavailable = True
    return FallbackRates(silent, by_table())


@pytest.fixture(scope="session")
def shiprocket_sandbox() -> Iterator[ShiprocketAccount]:
    """For these tests alone."""
    with running_shiprocket_sandbox() as account:
        yield account


@pytest.fixture(params=[in_memory, by_table, by_a_stand_in, "shiprocket"])
async def rates(request: pytest.FixtureRequest) -> AsyncIterator[ShippingRates]:
    """A carrier."""
    if request.param != "shiprocket":
        yield request.param()
        return
    account: ShiprocketAccount = request.getfixturevalue("shiprocket_sandbox")
    clock = MemoryClock(NOW)
    async with httpx.AsyncClient() as http:
        yield ShiprocketRates(
            shiprocket_client(http, account, MemoryTokenStore(clock)),
            MemoryCache(clock),
            pickup_pincode=account.pickup_pincode,
            terms=CourierTerms(within_days=7, least_rating=3.5),
        )


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
