"""See what happened to an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.actor import Actor
from domain.errors import NotFound
from ports.order_views import OrderViews, TimelineEntry


@dataclass(frozen=True, slots=True)
class GetTimeline:
    """What happened to the actor's order, oldest first. Raises NotFound."""

    views: OrderViews

    async def __call__(self, actor: Actor, reference: str) -> Sequence[TimelineEntry]:
        entries = await self.views.timeline(reference, actor)
        if entries is None:
            raise NotFound("order", reference)
        return entries
