"""What is to be made in a week, and what it takes."""

from __future__ import annotations

import pytest

from adapters.memory.shop import MemoryShop
from application.fulfilment.plan_production import PlanProduction
from domain.actor import Customer, Guest, Staff, System
from domain.inventory.capacity import Week
from domain.permissions import Forbidden, Permission
from tests.builders import NOW, an_order, fresh_id

pytestmark = pytest.mark.anyio

WEEK = Week.parse("2026-W51")


async def test_a_plan_adds_up_what_nobody_has_begun() -> None:
    """Leather that was cut is off the shelf already."""
    shop = MemoryShop(NOW)
    begun = an_order().paid().in_production().promised_in(str(WEEK)).build()
    unbegun = [an_order().paid().promised_in(str(WEEK)).build() for _ in range(2)]
    async with shop.begin() as tx:
        for order in (begun, *unbegun):
            await tx.orders.add(order)

    plan = await PlanProduction(shop.production_views)(System(), WEEK)

    assert (plan.week, len(plan.orders)) == (WEEK, 3)
    assert plan.pairs == sum(order.pairs for order in (begun, *unbegun))
    assert plan.to_begin == sum(order.pairs for order in unbegun)
    assert plan.needs == {sku: 2 * quantity for sku, quantity in unbegun[0].needs.items()}


@pytest.mark.parametrize(
    "actor", [Guest(), Customer(fresh_id()), Staff(fresh_id(), frozenset({Permission.ORDERS_SHIP}))], ids=type
)
async def test_only_who_makes_shoes_sees_it(actor: Guest | Customer | Staff) -> None:
    """It names buyers."""
    with pytest.raises(Forbidden):
        await PlanProduction(MemoryShop(NOW).production_views)(actor, WEEK)
