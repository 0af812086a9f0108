"""See an event, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.actor import Actor
from domain.errors import NotFound
from domain.permissions import Permission, require
from ports.event_views import DeliveryView, EventView, EventViews


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event with its deliveries, by handler; none while no relay has looked at it."""

    event: EventView
    deliveries: Sequence[DeliveryView]


@dataclass(frozen=True, slots=True)
class ShowEvent:
    """An event by its id. Raises Forbidden, NotFound."""

    views: EventViews

    async def __call__(self, actor: Actor, event_id: UUID) -> ToldEvent:
        require(actor, Permission.EVENTS_READ)
        event = await self.views.event(event_id)
        if event is None:
            raise NotFound("event", event_id)
        return ToldEvent(event, await self.views.deliveries_of(event_id))
