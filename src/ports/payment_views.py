"""Payments and refunds, to be found."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OpenPayment:
    """A payment that the gateway is to be asked about."""

    order_id: UUID
    provider_order_id: str


@dataclass(frozen=True, slots=True)
class OpenRefund:
    """A refund that the gateway is to be asked about."""

    order_id: UUID
    refund_id: UUID


class PaymentViews(Protocol):
    """Which order a word of a gateway is about, and what a gateway has to be asked."""

    @abstractmethod
    async def order_of(self, provider: str, provider_order_id: str) -> UUID | None:
        """The order whose payment was announced at the gateway under that id."""

    @abstractmethod
    async def order_paid_by(self, provider: str, provider_payment_id: str) -> UUID | None:
        """The order whose money that payment at the gateway has brought."""

    @abstractmethod
    async def order_of_refund(self, refund_id: UUID) -> UUID | None:
        """The order whose money a refund of ours gives back."""

    @abstractmethod
    async def open_payments(self, provider: str, now: datetime, limit: int) -> Sequence[OpenPayment]:
        """Payments whose time to be asked about has come, longest overdue first."""

    @abstractmethod
    async def open_refunds(self, provider: str, now: datetime, limit: int) -> Sequence[OpenRefund]:
        """Refunds whose time to be asked about has come, longest overdue first."""
