"""What payments tell the world. Amounts in paise; no card or account ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentEvent(DomainEvent):
    """A fact about one payment of an order."""

    aggregate: ClassVar[str] = "payment"

    order_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAuthorized(PaymentEvent):
    """The bank has put the money aside, for that payment at the gateway: it can be captured."""

    name: ClassVar[str] = "payment.authorized"

    provider_payment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCaptured(PaymentEvent):
    """The money is ours."""

    name: ClassVar[str] = "payment.captured"

    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFailed(PaymentEvent):
    """An attempt failed."""

    name: ClassVar[str] = "payment.failed"

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequested(PaymentEvent):
    """Money is to go back."""

    name: ClassVar[str] = "refund.requested"

    refund_id: UUID
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundSettled(PaymentEvent):
    """It is known what became of a refund: `state` is PROCESSED or FAILED."""

    name: ClassVar[str] = "refund.settled"

    refund_id: UUID
    amount: int
    state: str
