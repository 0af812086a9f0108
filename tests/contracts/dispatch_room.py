"""Orders that are to be shipped, and their shipments as they are kept."""

from __future__ import annotations

from domain.ordering.order import Order
from domain.shipping.shipment import Shipment
from tests.builders import an_order
from tests.contracts.shop_fixtures import ShopCase


async def ordered(shop: ShopCase) -> Order:
    """An order of the shop, to be shipped."""
    order = an_order().paid().ready().build()
    async with shop.begin() as tx:
        await tx.orders.add(order)
    return order


async def kept(shop: ShopCase, *shipments: Shipment) -> None:
    """Shipments of the shop."""
    async with shop.begin() as tx:
        for shipment in shipments:
            await tx.shipments.add(shipment)


async def now_kept(shop: ShopCase, shipment: Shipment) -> Shipment:
    """The shipment as it is kept."""
    async with shop.begin() as tx:
        return await tx.shipments.get(shipment.id)
