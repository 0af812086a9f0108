"""Orders in memory, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from uuid import UUID

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import other_tasks
from domain.actor import Actor
from domain.events import DomainEvent
from domain.ordering.events import OrderCancelled, OrderPaymentFailed, OrderReturned, OrderShipped, ReturnStarted
from domain.ordering.order import Order
from domain.payments.events import PaymentEvent, PaymentFailed, RefundSettled
from ports.order_views import OrderFilter, OrderSummary, OrderView, OrderViews, TimelineEntry
from ports.paging import Page, Position, page_of


class MemoryOrderViews(OrderViews):
    """Reads committed orders, and their events from the log."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._tables = database.tables

    async def find(self, reference: str, actor: Actor) -> OrderView | None:
        """See OrderViews."""
        await other_tasks()
        order = self._order_of(reference, actor)
        return OrderView.of(deepcopy(order)) if order else None

    async def list_orders(self, wanted: OrderFilter, *, limit: int, after: Position | None) -> Page[OrderSummary]:
        """See OrderViews."""
        await other_tasks()
        found = [
            OrderSummary.of(order)
            for order in sorted(self._tables.orders.values(), key=lambda order: order.id, reverse=True)
            if _matches(order, wanted) and (after is None or order.id < after.id)
        ]
        return page_of(found, limit, lambda order: Position("", order.id))

    async def timeline(self, reference: str, actor: Actor) -> Sequence[TimelineEntry] | None:
        """See OrderViews."""
        await other_tasks()
        order = self._order_of(reference, actor)
        if order is None:
            return None
        events = [logged.event for logged in self._tables.log if _concerns(logged.event, order)]
        events.sort(key=lambda event: event.occurred_at)
        return [TimelineEntry(event.occurred_at, event.name, _detail(event)) for event in events]

    async def expired_holds(self, now: datetime, limit: int) -> Sequence[UUID]:
        """See OrderViews."""
        await other_tasks()
        overdue = sorted(
            (order.hold_expires_at, order.id)
            for order in self._tables.orders.values()
            if order.awaits_payment and order.hold_expires_at and order.hold_expires_at < now
        )
        return [order_id for _, order_id in overdue[:limit]]

    def _order_of(self, reference: str, actor: Actor) -> Order | None:
        for order in self._tables.orders.values():
            if reference in {order.ext_id, str(order.id)} and order.belongs_to(actor):
                return order
        return None


def _matches(order: Order, wanted: OrderFilter) -> bool:
    return (
        wanted.status in {None, order.status}
        and wanted.payment_status in {None, order.payment_status}
        and wanted.fulfillment_status in {None, order.fulfillment_status}
        and (wanted.since is None or wanted.since <= order.created_at)
        and (wanted.until is None or order.created_at < wanted.until)
    )


def _concerns(event: DomainEvent, order: Order) -> bool:
    return event.aggregate_id == order.id or (isinstance(event, PaymentEvent) and event.order_id == order.id)


def _detail(event: DomainEvent) -> str | None:
    match event:
        case OrderCancelled(reason=reason) | OrderPaymentFailed(reason=reason) | PaymentFailed(reason=reason):
            return reason
        case RefundSettled(state=told) | OrderShipped(awb=told) | ReturnStarted(cause=told) | OrderReturned(cause=told):
            return told
        case _:
            return None
