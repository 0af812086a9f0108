"""Guests' and customers' carts are kept apart behind one port."""

from __future__ import annotations

import pytest

from adapters.carts.by_owner import CartsByOwner
from adapters.memory.carts import MemoryCarts
from adapters.memory.clock import MemoryClock
from tests.builders import NOW, a_cart

pytestmark = pytest.mark.anyio


async def test_every_cart_goes_where_its_owner_belongs() -> None:
    """And is found, saved and removed there alone."""
    clock = MemoryClock(NOW)
    guests, customers = MemoryCarts(clock), MemoryCarts(clock)
    carts = CartsByOwner(guests=guests, customers=customers)
    of_guest, of_customer = a_cart().build(), a_cart().of_customer().build()

    await carts.save(of_guest)
    await carts.save(of_customer)

    assert await guests.find(of_guest.owner) is not None
    assert await customers.find(of_customer.owner) is not None
    assert await guests.find(of_customer.owner) is None
    assert await customers.find(of_guest.owner) is None

    await carts.remove(of_guest)

    assert await carts.find(of_guest.owner) is None
    assert await carts.find(of_customer.owner) is not None
