"""See what is to be made in a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.actor import Actor
from domain.inventory.bill_of_materials import BillOfMaterials, total_needs
from domain.inventory.capacity import Week
from domain.ordering.status import FulfillmentStatus
from domain.permissions import Permission, require
from ports.order_views import OrderView
from ports.production_views import ProductionViews


@dataclass(frozen=True, slots=True)
class ProductionPlan:
    """A week of the workshop. `pairs` are all, `to_begin` and `needs` what nobody has begun yet, by sku."""

    week: Week
    orders: Sequence[OrderView]
    pairs: int
    to_begin: int
    needs: BillOfMaterials


@dataclass(frozen=True, slots=True)
class PlanProduction:
    """An order is on the plan of its promised week from the moment that it is confirmed, and until it is shipped."""

    views: ProductionViews

    async def __call__(self, actor: Actor, week: Week) -> ProductionPlan:
        require(actor, Permission.ORDERS_PRODUCE)
        orders = await self.views.promised_in(week)
        unbegun = [order for order in orders if order.fulfillment_status is FulfillmentStatus.UNFULFILLED]
        return ProductionPlan(
            week=week,
            orders=orders,
            pairs=_pairs(orders),
            to_begin=_pairs(unbegun),
            needs=total_needs((line.needs, 1) for order in unbegun for line in order.lines),
        )


def _pairs(orders: Sequence[OrderView]) -> int:
    return sum(line.quantity for order in orders for line in order.lines)
