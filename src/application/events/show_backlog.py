"""See how much waits."""

from __future__ import annotations

from dataclasses import dataclass

from domain.actor import Actor
from domain.permissions import Permission, require
from ports.event_views import Backlog, EventViews


@dataclass(frozen=True, slots=True)
class ShowBacklog:
    """Events and deliveries that are not done. Raises Forbidden."""

    views: EventViews

    async def __call__(self, actor: Actor) -> Backlog:
        require(actor, Permission.EVENTS_READ)
        return await self.views.backlog()
