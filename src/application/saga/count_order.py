"""Order placed → it is counted."""

from __future__ import annotations

from dataclasses import dataclass

from application.events.handler import Handler
from domain.ordering.events import OrderPlaced
from ports.analytics import Analytics, Occurrence
from ports.deliveries import DeliveryKey, Lane


@dataclass(frozen=True, slots=True)
class CountOrder(Handler[OrderPlaced]):
    """Tells analytics of an order, without who placed it."""

    name = "count_order"
    listens_to = OrderPlaced
    lane = Lane.EVENTS

    analytics: Analytics

    async def __call__(self, event: OrderPlaced, key: DeliveryKey) -> None:
        """See Handler."""
        await self.analytics.capture(
            Occurrence(
                id=str(key),
                name=event.name,
                who=str(event.aggregate_id),
                at=event.occurred_at,
                properties={
                    "order": event.order,
                    "total": event.total,
                    "currency": event.currency,
                    "pairs": event.pairs,
                    "payment_method": event.payment_method,
                },
            )
        )
