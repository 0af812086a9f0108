"""Every view of shipments shows what was tried for an order, and which parcels nothing is heard of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from domain.shipping.parcel import ParcelStatus
from domain.shipping.shipment import Shipment
from ports.shipment_views import ShipmentView, SilentParcel
from tests.builders import NOW, a_shipment, an_order, fresh_id
from tests.builders.shipments import ShipmentBuilder
from tests.contracts.dispatch_room import kept, ordered
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

P = ParcelStatus


async def test_views_show_every_try_of_an_order(shop: ShopCase) -> None:
    """As it is, the oldest first."""
    order = await ordered(shop)
    first = a_shipment().of(order).requested(NOW).failed().build()
    second = a_shipment().of(order).requested(NOW + timedelta(hours=1)).booked().at(P.PICKED_UP).build()
    await kept(shop, second, first)

    assert list(await shop.shipment_views.of_order(order.id)) == [ShipmentView.of(first), ShipmentView.of(second)]
    assert list(await shop.shipment_views.of_order(fresh_id())) == []


async def many(shop: ShopCase, builders: Sequence[ShipmentBuilder]) -> list[Shipment]:
    """Shipments, each of an order of its own."""
    shipments = []
    async with shop.begin() as tx:
        for builder in builders:
            order = an_order().build()
            await tx.orders.add(order)
            shipments.append(builder.of(order).build())
            await tx.shipments.add(shipments[-1])
    return shipments


async def test_parcels_that_were_not_heard_of_are_named_longest_silent_first(shop: ShopCase) -> None:
    """As long as something may still be heard of them, and only so many at once."""
    later, hour = NOW + timedelta(days=1), timedelta(hours=1)
    on_their_way = [
        a_shipment().requested(NOW + hour).booked(),
        a_shipment().requested(NOW - hour).booked().at(P.OUT_FOR_DELIVERY),
        a_shipment().requested(NOW).assigned(),
        a_shipment().requested(NOW - 2 * hour).going_back().booked(),
    ]
    others = [
        a_shipment(),
        a_shipment().awaiting_awb(),
        a_shipment().booked().cancelled(),
        a_shipment().booked().failed(),
        *(a_shipment().booked().at(P.PICKED_UP, end) for end in (P.DELIVERED, P.RTO_DELIVERED, P.LOST)),
        a_shipment().requested(later).booked(),
    ]
    fourth, second, third, first = (await many(shop, [*on_their_way, *others]))[:4]

    named = await shop.shipment_views.silent(later, limit=10)
    assert [parcel.shipment_id for parcel in named] == [each.id for each in (first, second, third, fourth)]
    assert first.waybill is not None
    assert list(await shop.shipment_views.silent(later, limit=1)) == [
        SilentParcel(first.id, "shiprocket", first.waybill.awb)
    ]
