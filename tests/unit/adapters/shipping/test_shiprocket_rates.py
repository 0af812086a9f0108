"""The checkout asks the courier who would get the parcel, once in a while, and never waits long."""

from __future__ import annotations

import asyncio
import time

import httpx
import pytest

from adapters.memory.cache import MemoryCache
from adapters.memory.clock import MemoryClock
from adapters.shipping.rate_table import FREE_FROM
from adapters.shipping.shiprocket.rates import ShiprocketRates
from domain.customers.pincode import PinCode
from domain.money import NOTHING, Money
from domain.shipping.courier_choice import CourierTerms
from domain.shipping.rates import NotServiceable, ShippingQuote
from domain.tax.states import GstState
from ports.cache import Cache
from ports.shipping_rates import Parcel, ShippingUnavailable
from tests.builders import NOW
from tests.unit.adapters.shipping.shiprocket_wire import AsyncHandler, Handler, Shiprocket, client_at, told

pytestmark = pytest.mark.anyio

SERVICE = "/courier/serviceability/"
BENGALURU, MUMBAI, PORT_BLAIR = PinCode("560034"), PinCode("400001"), PinCode("744101")
TERMS = CourierTerms(within_days=5, least_rating=3.5)
NOBODY = told(200, {"status": 404, "message": "No courier service available"})


def courier(number: int, rate: float, *, days: str = "4", rating: float = 4.4, cod: int = 1) -> dict[str, object]:
    """A row of the answer."""
    return {
        "courier_company_id": number,
        "courier_name": f"Courier {number}",
        "rate": rate,
        "estimated_delivery_days": days,
        "rating": rating,
        "cod": cod,
    }


def by_method(request: httpx.Request) -> httpx.Response:
    """Three couriers; those who take cash ask ₹45.00 more for it."""
    cash = request.url.params["cod"] == "1"
    rows = [courier(43, 96.4 + 45 * cash), courier(1, 160 + 45 * cash, days="2"), courier(225, 40, rating=3.1)]
    rows += [] if cash else [courier(142, 88.01, days="5", cod=0)]
    return told(200, {"status": 200, "data": {"available_courier_companies": rows}})


def a_cache() -> MemoryCache:
    """Empty, at NOW."""
    return MemoryCache(MemoryClock(NOW))


def rates_at(
    shiprocket: Handler | AsyncHandler, cache: Cache | None = None, *, deadline: float = 2.0
) -> ShiprocketRates:
    """The adapter, at that wire."""
    return ShiprocketRates(
        client_at(shiprocket),
        cache or a_cache(),
        pickup_pincode=PinCode("282001"),
        terms=TERMS,
        deadline=deadline,
    )


def parcel(pincode: PinCode = BENGALURU, *, pairs: int = 1, value: Money = Money(649_900), state: str = "29") -> Parcel:
    """Pairs to somewhere."""
    return Parcel(pincode, GstState.by_code(state), pairs, value)


async def test_the_quote_is_of_who_would_get_the_parcel() -> None:
    """The cheapest that is good and fast enough, in whole rupees; cash costs what its courier asks more."""
    quote = await rates_at(Shiprocket({SERVICE: by_method})).quote(parcel())

    assert quote == ShippingQuote(
        fee=Money(8_900), cod_available=True, cod_fee=Money(5_400), courier="Courier 142", transit_days=5
    )


async def test_couriers_are_asked_as_documented() -> None:
    """By the two PIN codes, the weight in kilograms that they charge for, and whether cash is collected."""
    shiprocket = Shiprocket({SERVICE: by_method})

    await rates_at(shiprocket).quote(parcel())

    assert sorted(shiprocket.queries(SERVICE), key=lambda query: query["cod"]) == [
        {"pickup_postcode": "282001", "delivery_postcode": "560034", "weight": "2.5", "cod": cod} for cod in "01"
    ]


@pytest.mark.parametrize(
    ("pairs", "weight", "parcels"), [(2, "4.5", 1), (9, "18.5", 1), (10, "10.5", 2), (20, "14.5", 3)]
)
async def test_many_pairs_are_charged_by_weight_and_travel_in_several_parcels(
    pairs: int, weight: str, parcels: int
) -> None:
    """Boxes are light and large, and no parcel is heavier than couriers take."""
    shiprocket = Shiprocket({SERVICE: by_method})

    quote = await rates_at(shiprocket).quote(parcel(pairs=pairs))

    assert {query["weight"] for query in shiprocket.queries(SERVICE)} == {weight}
    assert quote.fee == Money(-(-8_801 * parcels // 100) * 100)


async def test_where_nobody_takes_cash_it_is_not_offered() -> None:
    """The parcel goes all the same."""

    def prepaid_only(request: httpx.Request) -> httpx.Response:
        return NOBODY if request.url.params["cod"] == "1" else by_method(request)

    quote = await rates_at(Shiprocket({SERVICE: prepaid_only})).quote(parcel())

    assert (quote.cod_available, quote.cod_fee, quote.fee) == (False, NOTHING, Money(8_900))


async def test_where_nobody_acceptable_goes_is_told() -> None:
    """A business error that names the PIN code."""
    careless = told(200, {"data": {"available_courier_companies": [courier(225, 40, rating=3.1)]}})

    for answer in (NOBODY, careless):
        with pytest.raises(NotServiceable, match="560034"):
            await rates_at(Shiprocket({SERVICE: answer})).quote(parcel())


async def test_the_shop_pays_the_way_of_what_is_worth_enough() -> None:
    """As by the table: but for the islands; cash costs what it costs."""
    rates = rates_at(Shiprocket({SERVICE: by_method}))

    mainland = await rates.quote(parcel(value=FREE_FROM))
    islands = await rates.quote(parcel(PORT_BLAIR, value=FREE_FROM, state="35"))

    assert (mainland.fee, mainland.cod_fee) == (NOTHING, Money(5_400))
    assert islands.fee == Money(8_900)


async def test_a_quote_is_remembered_for_half_an_hour() -> None:
    """By the place and the weight: the order costs what the checkout said."""
    clock = MemoryClock(NOW)
    shiprocket, cache = Shiprocket({SERVICE: by_method}), MemoryCache(clock)
    first, second = rates_at(shiprocket, cache), rates_at(shiprocket, cache)

    quotes = [await first.quote(parcel()), await second.quote(parcel(value=Money(1)))]
    asked = len(shiprocket.queries(SERVICE))
    await second.quote(parcel(MUMBAI, state="27"))
    asked_elsewhere = len(shiprocket.queries(SERVICE))
    await second.quote(parcel(pairs=2))
    asked_heavier = len(shiprocket.queries(SERVICE))

    assert quotes[0] == quotes[1]
    assert (asked, asked_elsewhere, asked_heavier) == (2, 4, 6)


async def test_that_nobody_goes_there_is_remembered_too() -> None:
    """It is an answer."""
    shiprocket = Shiprocket({SERVICE: NOBODY})
    rates = rates_at(shiprocket)

    for _ in range(2):
        with pytest.raises(NotServiceable):
            await rates.quote(parcel())

    assert len(shiprocket.queries(SERVICE)) == 2


async def test_what_can_not_be_read_in_the_cache_is_asked_for_again() -> None:
    """Another release may have written it."""

    class Spoilt(MemoryCache):
        async def get(self, key: str) -> bytes:
            return b'{"offer": {"fee": 7}}'

    quote = await rates_at(Shiprocket({SERVICE: by_method}), Spoilt(MemoryClock(NOW))).quote(parcel())

    assert quote.courier == "Courier 142"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("read"),
        told(200, raw=b"<html>"),
        told(401, {"message": "Unauthenticated."}),
        told(403, raw=b"Access forbidden"),
        told(422, {"message": "Required field missing", "errors": {"weight": ["is required."]}, "status_code": 422}),
        told(429, {"message": "Too Many Attempts."}),
        told(500, {"message": "Server Error"}),
    ],
)
async def test_whatever_goes_wrong_there_is_a_technical_error(answer: httpx.Response | Exception) -> None:
    """No customer is told that nobody goes to them."""
    with pytest.raises(ShippingUnavailable) as failure:
        await rates_at(Shiprocket({SERVICE: answer})).quote(parcel())

    assert failure.value.retry_after >= 1


@pytest.mark.parametrize("silent", [SERVICE, "/auth/login"])
async def test_a_silent_carrier_is_not_waited_for(silent: str) -> None:
    """A checkout has a deadline of its own; logging in counts."""
    shiprocket = Shiprocket({SERVICE: by_method})

    async def silence(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith(silent):
            await asyncio.sleep(60)
        return shiprocket(request)

    started = time.monotonic()
    with pytest.raises(ShippingUnavailable):
        await rates_at(silence, deadline=0.05).quote(parcel())

    assert time.monotonic() - started < 2
