"""Look through the log of events."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.actor import Actor
from domain.permissions import Permission, require
from ports.event_views import EventView, EventViews
from ports.paging import Page, Position, page_of


@dataclass(frozen=True, slots=True)
class ListEventsQuery:
    """Which events, of what name and of which aggregate (None: any), and from where on."""

    actor: Actor
    name: str | None
    aggregate_id: UUID | None
    after: Position | None
    limit: int


@dataclass(frozen=True, slots=True)
class ListEvents:
    """One page, newest first. Raises Forbidden."""

    views: EventViews

    async def __call__(self, query: ListEventsQuery) -> Page[EventView]:
        require(query.actor, Permission.EVENTS_READ)
        found = await self.views.events(
            name=query.name,
            aggregate_id=query.aggregate_id,
            before=query.after.id if query.after else None,
            limit=query.limit + 1,
        )
        return page_of(found, query.limit, lambda event: Position("", event.id))
