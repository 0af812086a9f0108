"""See which deliveries are stuck, or still to be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.actor import Actor
from domain.permissions import Permission, require
from ports.event_views import DeliveryState, DeliveryView, EventViews


@dataclass(frozen=True, slots=True)
class ListDeliveries:
    """Deliveries in a state, oldest first. Raises Forbidden."""

    views: EventViews

    async def __call__(self, actor: Actor, state: DeliveryState, limit: int) -> Sequence[DeliveryView]:
        require(actor, Permission.EVENTS_READ)
        return await self.views.deliveries(state, limit)
