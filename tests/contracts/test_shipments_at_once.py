"""However many change a shipment or ask for one at once, nothing is lost, and an order has one."""

from __future__ import annotations

from asyncio import gather
from datetime import timedelta

import pytest

from domain.shipping.errors import AlreadyShipping
from domain.shipping.parcel import Scan
from tests.builders import NOW, a_shipment, news
from tests.contracts.dispatch_room import kept, now_kept, ordered
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio


async def test_who_gets_a_shipment_to_change_it_is_alone_with_it(shop: ShopCase) -> None:
    """News that comes at once is taken in one after the other: none is lost, none refused."""
    order = await ordered(shop)
    shipment = a_shipment().of(order).booked().build()
    await kept(shop, shipment)
    scans = [Scan(NOW + timedelta(minutes=minute), None, f"Scan {minute}", "Agra") for minute in range(20)]

    async def hear(scan: Scan) -> None:
        async with shop.begin() as tx:
            mine = await tx.shipments.get(shipment.id)
            mine.follow(news(None, NOW, scan), NOW)
            await tx.shipments.save(mine)

    await gather(*map(hear, scans))

    assert (await now_kept(shop, shipment)).scans == tuple(scans)


async def test_one_of_many_tries_at_once_gets_the_order(shop: ShopCase) -> None:
    """Rule: one order, one parcel."""
    order = await ordered(shop)

    async def book() -> bool:
        try:
            await kept(shop, a_shipment().of(order).build())
        except AlreadyShipping:
            return False
        return True

    assert sum(await gather(*(book() for _ in range(10)))) == 1
    assert [told.name for told in await shop.outbox()].count("shipment.requested") == 1
