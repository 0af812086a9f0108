"""Money on its way from a customer, through a gateway, and perhaps back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.errors import NotFound
from domain.events import Aggregate
from domain.money import NOTHING, Money
from domain.payments.errors import AmountMismatch, InvalidPaymentTransition, RefundTooLarge
from domain.payments.events import PaymentCaptured, PaymentFailed, RefundRequested, RefundSettled


class PaymentState(StrEnum):
    """CREATED waits for the customer; AUTHORIZED is put aside; CAPTURED is ours."""

    CREATED = "CREATED"
    AUTHORIZED = "AUTHORIZED"
    CAPTURED = "CAPTURED"
    FAILED = "FAILED"


_NEXT: Final = {
    PaymentState.CREATED: frozenset({PaymentState.AUTHORIZED, PaymentState.CAPTURED, PaymentState.FAILED}),
    PaymentState.AUTHORIZED: frozenset({PaymentState.CAPTURED, PaymentState.FAILED}),
    PaymentState.FAILED: frozenset({PaymentState.AUTHORIZED, PaymentState.CAPTURED}),
    PaymentState.CAPTURED: frozenset[PaymentState](),
}


class RefundState(StrEnum):
    """REQUESTED until the gateway answers. A FAILED refund gives its amount free again."""

    REQUESTED = "REQUESTED"
    PROCESSED = "PROCESSED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money to go back, of one payment."""

    id: UUID
    amount: Money
    reason: str
    state: RefundState = RefundState.REQUESTED
    provider_refund_id: str | None = None
    created_at: datetime


@dataclass(slots=True, kw_only=True, eq=False)
class Payment(Aggregate):
    """One payment of one order at one gateway.

    Invariant: refunds that have not failed never exceed `captured`. Hearing of a state
    already reached is harmless; a wrong transition raises InvalidPaymentTransition.
    """

    id: UUID
    order_id: UUID
    provider: str
    provider_order_id: str
    provider_payment_id: str | None = None
    amount: Money
    captured: Money = NOTHING
    state: PaymentState = PaymentState.CREATED
    failure: str | None = None
    refunds: tuple[Refund, ...] = ()
    created_at: datetime
    updated_at: datetime

    @property
    def refunded(self) -> Money:
        """What went back or is about to."""
        return Money.total(refund.amount for refund in self.refunds if refund.state is not RefundState.FAILED)

    @property
    def refundable(self) -> Money:
        """What can still be asked back."""
        return self.captured - self.refunded

    def authorize(self, provider_payment_id: str, at: datetime) -> None:
        """The bank has put the money aside."""
        if self.state is PaymentState.CAPTURED:
            return
        self._become(PaymentState.AUTHORIZED, at)
        self.provider_payment_id = provider_payment_id
        self.failure = None

    def capture(self, provider_payment_id: str, amount: Money, at: datetime) -> None:
        """The money is ours. Raises AmountMismatch when it isn't what was asked for."""
        if amount != self.amount:
            raise AmountMismatch(self.amount, amount)
        if not self._become(PaymentState.CAPTURED, at):
            return
        self.provider_payment_id = provider_payment_id
        self.captured = amount
        self.failure = None
        self.record(PaymentCaptured(aggregate_id=self.id, occurred_at=at, order_id=self.order_id, amount=amount.minor))

    def fail(self, reason: str, at: datetime) -> None:
        """An attempt failed; a later one may still succeed."""
        if self.state is PaymentState.CAPTURED:
            return
        if self._become(PaymentState.FAILED, at):
            self.failure = reason
            self.record(PaymentFailed(aggregate_id=self.id, occurred_at=at, order_id=self.order_id, reason=reason))

    def request_refund(self, refund_id: UUID, amount: Money, reason: str, at: datetime) -> Refund:
        """Ask for money to go back. Raises RefundTooLarge when it isn't there."""
        if not NOTHING < amount <= self.refundable:
            raise RefundTooLarge(amount, self.refundable)
        refund = Refund(id=refund_id, amount=amount, reason=reason, created_at=at)
        self.refunds = (*self.refunds, refund)
        self.updated_at = at
        self.record(
            RefundRequested(
                aggregate_id=self.id,
                occurred_at=at,
                order_id=self.order_id,
                refund_id=refund_id,
                amount=amount.minor,
            )
        )
        return refund

    def settle_refund(self, refund_id: UUID, state: RefundState, provider_refund_id: str | None, at: datetime) -> None:
        """What became of a refund. Only a REQUESTED one can still change. Raises NotFound."""
        refund = next((refund for refund in self.refunds if refund.id == refund_id), None)
        if refund is None:
            raise NotFound("refund", refund_id)
        if refund.state is state:
            return
        if refund.state is not RefundState.REQUESTED:
            raise InvalidPaymentTransition(self.id, refund.state, state)
        settled = replace(refund, state=state, provider_refund_id=provider_refund_id)
        self.refunds = tuple(settled if each.id == refund_id else each for each in self.refunds)
        self.updated_at = at
        self.record(
            RefundSettled(
                aggregate_id=self.id,
                occurred_at=at,
                order_id=self.order_id,
                refund_id=refund_id,
                amount=refund.amount.minor,
                state=state,
            )
        )

    def _become(self, wanted: PaymentState, at: datetime) -> bool:
        if self.state is wanted:
            return False
        if wanted not in _NEXT[self.state]:
            raise InvalidPaymentTransition(self.id, self.state, wanted)
        self.state = wanted
        self.updated_at = at
        return True
