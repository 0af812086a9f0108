"""The workshop's rate table says what it says, seen from wherever the workshop is."""

from __future__ import annotations

from itertools import pairwise

import pytest

from adapters.shipping.rate_table import COD_FEE, FREE_FROM, RATES, RateTableShipping, Zone
from domain.customers.pincode import PinCode
from domain.money import NOTHING, Money
from domain.shipping.rates import NotServiceable
from domain.tax.states import GstState
from ports.shipping_rates import Parcel

pytestmark = pytest.mark.anyio

FROM_BENGALURU = RateTableShipping(seller_pincode=PinCode("560001"), seller_state=GstState.by_name("Karnataka"))
FROM_GUWAHATI = RateTableShipping(seller_pincode=PinCode("781001"), seller_state=GstState.by_name("Assam"))


def parcel(state: str, pincode: str, pairs: int = 1, value: Money = Money(499_900)) -> Parcel:
    """Some pairs to somewhere."""
    return Parcel(PinCode(pincode), GstState.by_name(state), pairs, value)


@pytest.mark.parametrize(
    ("shipping", "state", "pincode", "zone"),
    [
        (FROM_BENGALURU, "Karnataka", "590001", Zone.SAME_STATE),
        (FROM_BENGALURU, "Telangana", "500001", Zone.SAME_REGION),
        (FROM_BENGALURU, "Kerala", "682001", Zone.SAME_REGION),
        (FROM_BENGALURU, "Goa", "403001", Zone.REST_OF_INDIA),
        (FROM_BENGALURU, "Delhi", "110001", Zone.REST_OF_INDIA),
        (FROM_BENGALURU, "West Bengal", "700001", Zone.REST_OF_INDIA),
        (FROM_BENGALURU, "Assam", "781001", Zone.HILLS),
        (FROM_BENGALURU, "Sikkim", "737101", Zone.HILLS),
        (FROM_BENGALURU, "Jammu and Kashmir", "190001", Zone.HILLS),
        (FROM_BENGALURU, "Ladakh", "194101", Zone.HILLS),
        (FROM_BENGALURU, "Lakshadweep", "682555", Zone.ISLANDS),
        (FROM_BENGALURU, "Andaman and Nicobar Islands", "744101", Zone.ISLANDS),
        (FROM_GUWAHATI, "Assam", "785001", Zone.SAME_STATE),
        (FROM_GUWAHATI, "Meghalaya", "793001", Zone.HILLS),
        (FROM_GUWAHATI, "West Bengal", "700001", Zone.SAME_REGION),
        (FROM_GUWAHATI, "Karnataka", "560001", Zone.REST_OF_INDIA),
    ],
)
async def test_the_zone_decides(shipping: RateTableShipping, state: str, pincode: str, zone: Zone) -> None:
    """The same state, the same region, the rest; hills and islands apart."""
    quote = await shipping.quote(parcel(state, pincode))

    assert (quote.fee, quote.transit_days) == (RATES[zone].first_pair, RATES[zone].transit_days)
    assert quote.cod_available is RATES[zone].collects_cash


async def test_every_further_pair_costs_less_than_the_first() -> None:
    """They travel in one parcel."""
    rate = RATES[Zone.REST_OF_INDIA]

    quote = await FROM_BENGALURU.quote(parcel("Delhi", "110001", pairs=3))

    assert quote.fee == rate.first_pair + rate.further_pair + rate.further_pair
    assert all(each.further_pair < each.first_pair for each in RATES.values())


def test_further_zones_are_dearer_and_slower() -> None:
    """The table is read from top to bottom."""
    for nearer, further in pairwise(RATES.values()):
        assert nearer.first_pair < further.first_pair
        assert nearer.transit_days < further.transit_days


@pytest.mark.parametrize(
    ("value", "is_free"), [(FREE_FROM - Money(1), False), (FREE_FROM, True), (FREE_FROM + Money(1), True)]
)
async def test_dear_parcels_travel_free(value: Money, is_free: bool) -> None:  # noqa: FBT001  # a table's column
    """From FREE_FROM on; collecting cash still costs its fee."""
    quote = await FROM_BENGALURU.quote(parcel("Delhi", "110001", value=value))

    assert (quote.fee == NOTHING) is is_free
    assert quote.cod_fee == COD_FEE


async def test_to_the_islands_nothing_is_free_and_no_cash_is_collected() -> None:
    """However dear the shoes are."""
    quote = await FROM_BENGALURU.quote(parcel("Lakshadweep", "682555", value=FREE_FROM))

    assert quote.fee == RATES[Zone.ISLANDS].first_pair
    assert (quote.cod_available, quote.cod_fee) == (False, NOTHING)


@pytest.mark.parametrize("pincode", ["900056", "900099"])
async def test_no_courier_delivers_to_the_armys_post(pincode: str) -> None:
    """PIN codes that begin with 9 are no place on the map."""
    with pytest.raises(NotServiceable):
        await FROM_BENGALURU.quote(parcel("Uttar Pradesh", pincode))
