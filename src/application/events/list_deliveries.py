"""See which deliveries are stuck, or still to be made."""

from __future__ import annotations

from dataclasses import dataclass

from domain.actor import Actor
from domain.permissions import Permission, require
from ports.deliveries import DeliveryKey
from ports.event_views import DeliveryState, DeliveryView, EventViews
from ports.paging import InvalidCursor, Page, Position, page_of


@dataclass(frozen=True, slots=True)
class ListDeliveries:
    """One page of the deliveries in a state, oldest first. Raises Forbidden, InvalidCursor."""

    views: EventViews

    async def __call__(
        self, actor: Actor, state: DeliveryState, limit: int, after: Position | None = None
    ) -> Page[DeliveryView]:
        require(actor, Permission.EVENTS_READ)
        found = await self.views.deliveries(state, limit + 1, after=_key_at(after) if after else None)
        return page_of(found, limit, lambda delivery: Position(delivery.handler, delivery.event_id))


def _key_at(position: Position) -> DeliveryKey:
    if not isinstance(position.value, str):
        raise InvalidCursor
    return DeliveryKey(position.id, position.value)
