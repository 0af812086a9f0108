"""The carrier in memory fails and refuses on demand, as a real one does by itself."""

from __future__ import annotations

import pytest

from adapters.memory.carrier import MemoryCarrier
from domain.money import Money
from ports.carrier import CarrierRefused, CarrierUnavailable
from tests.builders.parcels import a_parcel

pytestmark = pytest.mark.anyio

PARCEL = a_parcel().build()


async def test_while_it_refuses_nothing_changes_and_what_was_done_is_still_told() -> None:
    """A wrong address stops a booking, not the memory of it."""
    carrier = MemoryCarrier()
    announced = await carrier.announce(PARCEL)
    carrier.refusal = "the address has no house number"

    for ask in (carrier.schedule_pickup, carrier.cancel):
        with pytest.raises(CarrierRefused, match="house number"):
            await ask(announced)
    with pytest.raises(CarrierRefused, match="house number"):
        await carrier.assign(announced, None)
    with pytest.raises(CarrierRefused, match="house number"):
        await carrier.announce(a_parcel().build())

    assert await carrier.announce(PARCEL) == announced
    assert [each.announced for each in carrier.carried] == [announced]


async def test_it_comes_back() -> None:
    """Nothing was lost meanwhile."""
    carrier = MemoryCarrier()
    announced = await carrier.announce(PARCEL)
    carrier.unavailable = True
    with pytest.raises(CarrierUnavailable):
        await carrier.assign(announced, None)
    carrier.unavailable = False

    assert (await carrier.assign(announced, None)).cost == Money(9_900)
