"""Orders in a list, for staff."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final
from uuid import UUID

from msgspec import Meta, field

from adapters.http import links
from adapters.http.schemas.base import Amount, Cursor, Href, Limit, Moment, Query, Resource, WeekName
from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentMethod, PaymentStatus
from ports.order_views import OrderFilter, OrderSummary

_FIRST: Final = datetime(1, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)

Bound = Annotated[datetime, Meta(tz=True, examples=["2026-12-01T00:00:00Z"])]


class OrderListQuery(Query):
    """Which page of which orders; all conditions must hold."""

    status: OrderStatus | None = None
    payment_status: PaymentStatus | None = None
    fulfillment_status: FulfillmentStatus | None = None
    since: Annotated[Bound | None, Meta(description="Placed at this moment (RFC 3339) or later.")] = field(
        default=None, name="from"
    )
    until: Annotated[Bound | None, Meta(description="Placed before this moment (RFC 3339).")] = field(
        default=None, name="to"
    )
    limit: Limit = 20
    cursor: Cursor | None = None

    def filter(self) -> OrderFilter:
        """The same for the use case; also what a cursor belongs to: the page's size may change under way."""
        return OrderFilter(
            status=self.status,
            payment_status=self.payment_status,
            fulfillment_status=self.fulfillment_status,
            since=_in_utc(self.since) if self.since else None,
            until=_in_utc(self.until) if self.until else None,
        )


class OrderSummaryLinks(Resource):
    """Where an order is."""

    self: Href


class OrderSummaryResource(Resource):
    """An order in a list."""

    id: UUID
    ext_id: Annotated[str, Meta(description="The order number.", examples=["IS-2026-000042"])]
    status: OrderStatus
    payment_status: PaymentStatus
    fulfillment_status: FulfillmentStatus
    payment_method: PaymentMethod
    customer_email: str
    total: Amount
    pairs: int
    promised_week: WeekName
    created_at: Moment
    links: OrderSummaryLinks = field(name="_links")

    @classmethod
    def of(cls, order: OrderSummary) -> OrderSummaryResource:
        """An order."""
        return cls(
            id=order.id,
            ext_id=order.ext_id,
            status=order.status,
            payment_status=order.payment_status,
            fulfillment_status=order.fulfillment_status,
            payment_method=order.payment_method,
            customer_email=order.customer_email,
            total=Amount.of(order.total),
            pairs=order.pairs,
            promised_week=str(order.promised_week),
            created_at=order.created_at,
            links=OrderSummaryLinks(self=links.admin_order(order.ext_id)),
        )


def _in_utc(moment: datetime) -> datetime:
    """A moment of any zone; the first or the last of all, when it is beyond them in UTC."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return _FIRST if moment.year == _FIRST.year else _LAST
