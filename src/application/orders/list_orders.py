"""Look through all orders of the shop."""

from __future__ import annotations

from dataclasses import dataclass

from domain.actor import Actor
from domain.permissions import Permission, require
from ports.order_views import OrderFilter, OrderSummary, OrderViews
from ports.paging import Page, Position


@dataclass(frozen=True, slots=True)
class ListOrdersQuery:
    """Which orders, and from where on (None: from the newest)."""

    actor: Actor
    wanted: OrderFilter
    after: Position | None
    limit: int


@dataclass(frozen=True, slots=True)
class ListOrders:
    """One page, newest first, whoever bought. Raises Forbidden."""

    views: OrderViews

    async def __call__(self, query: ListOrdersQuery) -> Page[OrderSummary]:
        require(query.actor, Permission.ORDERS_READ)
        return await self.views.list_orders(query.wanted, limit=query.limit, after=query.after)
