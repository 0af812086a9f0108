"""Look at an order."""

from __future__ import annotations

from dataclasses import dataclass

from domain.actor import Actor
from domain.errors import NotFound
from ports.order_views import OrderView, OrderViews


@dataclass(frozen=True, slots=True)
class GetOrder:
    """The actor's order by id or order number. Raises NotFound, also for somebody else's."""

    views: OrderViews

    async def __call__(self, actor: Actor, reference: str) -> OrderView:
        view = await self.views.find(reference, actor)
        if view is None:
            raise NotFound("order", reference)
        return view
