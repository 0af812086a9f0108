"""When one source of rates is silent, another is asked, and nobody waits for the silent one meanwhile."""

from __future__ import annotations

import pytest

from adapters.memory.shipping_rates import FREE, MemoryShippingRates
from adapters.shipping.fallback import PAUSE, FallbackRates
from domain.customers.pincode import PinCode
from domain.money import Money
from domain.shipping.rates import NotServiceable, ShippingQuote
from domain.tax.states import GstState
from ports.shipping_rates import Parcel, ShippingRates, ShippingUnavailable

pytestmark = pytest.mark.anyio

PARCEL = Parcel(PinCode("560034"), GstState.by_code("29"), 1, Money(649_900))
TABLE = ShippingQuote(
    fee=Money(9_900), cod_available=True, cod_fee=Money(9_900), courier="Surface courier", transit_days=5
)


class Watch:
    """Seconds that pass on demand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Now."""
        return self.now


class Counting(ShippingRates):
    """Counts how often it is asked. While `wait` is set, it is unavailable and asks to wait so long."""

    def __init__(self) -> None:
        self.asked = 0
        self.wait: int | None = None
        self.rates = MemoryShippingRates()

    async def quote(self, parcel: Parcel) -> ShippingQuote:
        """FREE, unless something is set."""
        self.asked += 1
        if self.wait is not None:
            raise ShippingUnavailable("silent", retry_after=self.wait)
        return await self.rates.quote(parcel)


async def test_the_first_is_asked_as_long_as_it_answers() -> None:
    """The second only stands in."""
    assert await FallbackRates(Counting(), MemoryShippingRates(TABLE)).quote(PARCEL) == FREE


async def test_that_nobody_goes_there_is_an_answer() -> None:
    """The second may not know better."""
    first = Counting()
    first.rates.set_offer(PARCEL.pincode, None)

    with pytest.raises(NotServiceable):
        await FallbackRates(first, MemoryShippingRates(TABLE)).quote(PARCEL)


@pytest.mark.parametrize(("wait", "pause"), [(1, PAUSE), (60, 60)])
async def test_a_silent_first_is_left_alone_for_a_while(wait: int, pause: float) -> None:
    """At least for PAUSE, or for as long as it wishes."""
    first, watch = Counting(), Watch()
    rates = FallbackRates(first, MemoryShippingRates(TABLE), monotonic=watch)
    first.wait = wait

    quotes = [await rates.quote(PARCEL), await rates.quote(PARCEL)]
    watch.now += pause - 0.1
    quotes.append(await rates.quote(PARCEL))
    asked_in_the_pause = first.asked
    watch.now += 0.1
    quotes.append(await rates.quote(PARCEL))

    assert quotes == [TABLE] * 4
    assert (asked_in_the_pause, first.asked) == (1, 2)


async def test_an_outage_and_its_end_are_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    """However many ask, and however long it takes."""
    first, watch = Counting(), Watch()
    rates = FallbackRates(first, MemoryShippingRates(TABLE), monotonic=watch)
    first.wait = 1

    for _ in range(3):
        await rates.quote(PARCEL)
        watch.now += PAUSE
    first.wait = None
    quotes = [await rates.quote(PARCEL), await rates.quote(PARCEL)]

    assert quotes == [FREE, FREE]
    assert [record.message for record in caplog.records] == [
        "the couriers' rates are not to be had, another source stands in: shipping-rates is unavailable: silent",
        "the couriers' rates are to be had again",
    ]


async def test_when_neither_answers_whoever_asks_is_told() -> None:
    """There is no third."""
    first, second = Counting(), MemoryShippingRates()
    first.wait, second.unavailable = 1, True

    with pytest.raises(ShippingUnavailable):
        await FallbackRates(first, second).quote(PARCEL)
