"""Orders, to be read."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.actor import Actor
from domain.customers.address import Address
from domain.inventory.capacity import Week
from domain.money import Money
from domain.ordering.lines import OrderLine
from domain.ordering.order import Order
from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentMethod, PaymentStatus
from ports.paging import Page, Position


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """An order as its owner sees it. Money in paise with GST included."""

    id: UUID
    ext_id: str
    status: OrderStatus
    payment_status: PaymentStatus
    fulfillment_status: FulfillmentStatus
    payment_method: PaymentMethod
    customer_email: str
    customer_phone: str
    lines: tuple[OrderLine, ...]
    subtotal: Money
    discount: Money
    shipping_fee: Money
    cod_fee: Money
    tax_total: Money
    total: Money
    refunded: Money
    shipping_address: Address
    billing_address: Address | None
    gstin: str | None
    notes: str | None
    promised_week: Week
    hold_expires_at: datetime | None
    cancellation_reason: str | None
    is_cancellable: bool
    awaits_payment: bool
    version: int
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, order: Order) -> OrderView:
        """What an order looks like now."""
        amounts, buyer = order.amounts, order.buyer
        return cls(
            id=order.id,
            ext_id=order.ext_id,
            status=order.status,
            payment_status=order.payment_status,
            fulfillment_status=order.fulfillment_status,
            payment_method=order.payment_method,
            customer_email=buyer.email.value,
            customer_phone=buyer.phone.value,
            lines=order.lines,
            subtotal=amounts.subtotal,
            discount=amounts.discount,
            shipping_fee=amounts.shipping.amount,
            cod_fee=amounts.cod.amount,
            tax_total=amounts.tax_total,
            total=amounts.total,
            refunded=order.refunded,
            shipping_address=buyer.shipping_address,
            billing_address=buyer.billing_address,
            gstin=buyer.gstin.value if buyer.gstin else None,
            notes=order.notes,
            promised_week=order.promised_week,
            hold_expires_at=order.hold_expires_at,
            cancellation_reason=order.cancellation_reason,
            is_cancellable=order.is_cancellable,
            awaits_payment=order.awaits_payment,
            version=order.version,
            created_at=order.created_at,
            updated_at=order.updated_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFilter:
    """Which orders; None means any. All given conditions must hold.

    `since` and `until` are of the moment when an order was placed: at `since` or later, before `until`.
    """

    status: OrderStatus | None = None
    payment_status: PaymentStatus | None = None
    fulfillment_status: FulfillmentStatus | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSummary:
    """An order in a list."""

    id: UUID
    ext_id: str
    status: OrderStatus
    payment_status: PaymentStatus
    fulfillment_status: FulfillmentStatus
    payment_method: PaymentMethod
    customer_email: str
    total: Money
    pairs: int
    promised_week: Week
    created_at: datetime

    @classmethod
    def of(cls, order: Order) -> OrderSummary:
        """What of an order is told in a list."""
        return cls(
            id=order.id,
            ext_id=order.ext_id,
            status=order.status,
            payment_status=order.payment_status,
            fulfillment_status=order.fulfillment_status,
            payment_method=order.payment_method,
            customer_email=order.buyer.email.value,
            total=order.amounts.total,
            pairs=order.pairs,
            promised_week=order.promised_week,
            created_at=order.created_at,
        )


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened to an order: the event's name and what it told in short."""

    at: datetime
    event: str
    detail: str | None


class OrderViews(Protocol):
    """Orders, to be read by those who may. Somebody else's order doesn't exist."""

    @abstractmethod
    async def find(self, reference: str, actor: Actor) -> OrderView | None:
        """The actor's order with that id or order number."""

    @abstractmethod
    async def list_orders(self, wanted: OrderFilter, *, limit: int, after: Position | None) -> Page[OrderSummary]:
        """One page of everybody's orders, newest first: whether the reader may is for the use case to know."""

    @abstractmethod
    async def timeline(self, reference: str, actor: Actor) -> Sequence[TimelineEntry] | None:
        """What happened to the actor's order so far, oldest first; None when it isn't theirs."""

    @abstractmethod
    async def expired_holds(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Orders that still await a payment though their hold ended before `now`, longest overdue first."""
