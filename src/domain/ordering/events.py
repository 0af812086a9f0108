"""What orders tell the world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from domain.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEvent(DomainEvent):
    """A fact about one order; `order` is the human order number."""

    aggregate: ClassVar[str] = "order"

    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(OrderEvent):
    """A customer bought something. `total` in paise; `week` as 2026-W49."""

    name: ClassVar[str] = "order.placed"

    email: str
    payment_method: str
    total: int
    currency: str
    pairs: int
    week: str
    hold_expires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderConfirmed(OrderEvent):
    """The order is going to be made."""

    name: ClassVar[str] = "order.confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPaymentAuthorized(OrderEvent):
    """The bank has put the money aside."""

    name: ClassVar[str] = "order.payment_authorized"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPaid(OrderEvent):
    """The shop has the money. `amount` in paise."""

    name: ClassVar[str] = "order.paid"

    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPaymentFailed(OrderEvent):
    """An attempt to pay failed; another may follow."""

    name: ClassVar[str] = "order.payment_failed"

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(OrderEvent):
    """The order won't be made. `refund_due` in paise, 0 when nothing was paid."""

    name: ClassVar[str] = "order.cancelled"

    reason: str
    refund_due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePaymentUnplaceable(OrderEvent):
    """Money came for a cancelled order that can't be made any more: it is to be refunded."""

    name: ClassVar[str] = "order.late_payment_unplaceable"

    refund_due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRefunded(OrderEvent):
    """Money went back. `refunded` is all that went back so far, in paise."""

    name: ClassVar[str] = "order.refunded"

    refunded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionStarted(OrderEvent):
    """The leather is cut."""

    name: ClassVar[str] = "order.production_started"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReady(OrderEvent):
    """The pairs are finished and boxed: a courier may come."""

    name: ClassVar[str] = "order.ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderShipped(OrderEvent):
    """The courier has the parcel. `tracking_url` is the carrier's public page, `expected_at` (UTC) its own guess."""

    name: ClassVar[str] = "order.shipped"

    awb: str
    courier: str
    tracking_url: str | None
    expected_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDelivered(OrderEvent):
    """The customer has the shoes."""

    name: ClassVar[str] = "order.delivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnStarted(OrderEvent):
    """The parcel is on its way back. `cause` is a ReturnCause."""

    name: ClassVar[str] = "order.return_started"

    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReturned(OrderEvent):
    """The shoes are back in the workshop. `cause` is a ReturnCause; see `refund_policy` for what is owed."""

    name: ClassVar[str] = "order.returned"

    cause: str
