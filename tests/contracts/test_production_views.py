"""The workshop sees what it has promised for a week."""

from __future__ import annotations

import pytest

from domain.inventory.capacity import Week
from domain.ordering.status import FulfillmentStatus
from tests.builders import an_order
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

WEEK = "2026-W51"


async def test_a_week_has_what_is_confirmed_and_has_not_left(shop: ShopCase) -> None:
    """Not what waits for its money, was given up, is at the customer's or belongs to another week."""
    confirmed = an_order().paid().promised_in(WEEK).build()
    begun = an_order().paid().in_production().promised_in(WEEK).build()
    others = [
        an_order().promised_in(WEEK).build(),
        an_order().paid().cancelled().promised_in(WEEK).build(),
        an_order().paid().delivered().promised_in(WEEK).build(),
        an_order().paid().promised_in("2026-W52").build(),
    ]
    async with shop.begin() as tx:
        for order in (begun, confirmed, *others):
            await tx.orders.add(order)

    plan = await shop.production_views.promised_in(Week.parse(WEEK))

    expected = sorted([confirmed, begun], key=lambda order: order.id)
    assert [(order.ext_id, order.fulfillment_status) for order in plan] == [
        (order.ext_id, order.fulfillment_status) for order in expected
    ]
    assert {order.fulfillment_status for order in plan} == {
        FulfillmentStatus.UNFULFILLED,
        FulfillmentStatus.IN_PRODUCTION,
    }
    assert plan[0].lines == expected[0].lines


async def test_a_week_without_orders_is_empty(shop: ShopCase) -> None:
    """And no error."""
    assert await shop.production_views.promised_in(Week.parse(WEEK)) == []
