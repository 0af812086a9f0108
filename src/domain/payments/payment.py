"""Money on its way from a customer, through a gateway, and perhaps back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.errors import NotFound
from domain.events import Aggregate
from domain.money import NOTHING, Money
from domain.payments.errors import AmountMismatch, InvalidPaymentTransition, RefundTooLarge
from domain.payments.events import (
    PaymentAuthorized,
    PaymentCaptured,
    PaymentFailed,
    RefundRequested,
    RefundSettled,
)
from domain.payments.refund import REFUND_NEXT, Refund, RefundState
from domain.payments.watching import PATIENCE, WATCHED, next_look

SURPLUS: Final = "paid more than once"
"""Why money goes back that came beside the payment that counts."""


class PaymentState(StrEnum):
    """CREATED waits for the customer; AUTHORIZED is put aside; CAPTURED is ours."""

    CREATED = "CREATED"
    AUTHORIZED = "AUTHORIZED"
    CAPTURED = "CAPTURED"
    FAILED = "FAILED"


_NEXT: Final[Mapping[PaymentState, frozenset[PaymentState]]] = {
    PaymentState.CREATED: frozenset({PaymentState.AUTHORIZED, PaymentState.CAPTURED, PaymentState.FAILED}),
    PaymentState.AUTHORIZED: frozenset({PaymentState.CAPTURED, PaymentState.FAILED}),
    PaymentState.FAILED: frozenset({PaymentState.AUTHORIZED, PaymentState.CAPTURED}),
    PaymentState.CAPTURED: frozenset[PaymentState](),
}


@dataclass(slots=True, kw_only=True, eq=False)
class Payment(Aggregate):
    """One payment of one order at one gateway.

    The gateway may know several attempts at it; the one that captured counts, and what
    comes beside it goes back. Invariant: of each attempt, refunds that have not failed never
    exceed what it brought. Hearing of a state already reached is harmless; a wrong transition
    raises InvalidPaymentTransition. `ask_at` is when the gateway is asked next how it is.
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
    ask_at: datetime | None

    @classmethod
    def start(
        cls,
        *,
        id: UUID,  # noqa: A002  # the field's name, as everywhere
        order_id: UUID,
        provider: str,
        provider_order_id: str,
        amount: Money,
        at: datetime,
        patience: timedelta = PATIENCE,
    ) -> Payment:
        """A payment that waits for the customer."""
        return cls(
            id=id,
            order_id=order_id,
            provider=provider,
            provider_order_id=provider_order_id,
            amount=amount,
            created_at=at,
            updated_at=at,
            ask_at=next_look(at, at, patience),
        )

    @property
    def refunded(self) -> Money:
        """What went back, or is about to, of the money that counts."""
        return self._going_back(self.provider_payment_id)

    @property
    def refundable(self) -> Money:
        """What can still be asked back."""
        return self.captured - self.refunded

    @property
    def on_its_way_back(self) -> Money:
        """What is about to go back of the money that counts, and isn't known to be gone."""
        return Money.total(
            refund.amount
            for refund in self.refunds
            if refund.is_open and refund.provider_payment_id == self.provider_payment_id
        )

    def is_surplus(self, provider_payment_id: str) -> bool:
        """Whether money of that payment at the gateway comes beside the one that counts."""
        return self.state is PaymentState.CAPTURED and self.provider_payment_id != provider_payment_id

    def authorize(self, provider_payment_id: str, at: datetime) -> None:
        """The bank has put the money aside. One attempt at a time has it."""
        if self.state in {PaymentState.AUTHORIZED, PaymentState.CAPTURED}:
            return
        self._become(PaymentState.AUTHORIZED, at)
        self.provider_payment_id = provider_payment_id
        self.failure = None
        self.record(
            PaymentAuthorized(
                aggregate_id=self.id, occurred_at=at, order_id=self.order_id, provider_payment_id=provider_payment_id
            )
        )

    def capture(self, provider_payment_id: str, amount: Money, at: datetime) -> None:
        """The money is ours. Raises AmountMismatch when it isn't what was asked for."""
        if amount != self.amount:
            raise AmountMismatch(self.amount, amount)
        if self.state is PaymentState.CAPTURED:
            return
        self._become(PaymentState.CAPTURED, at)
        self.provider_payment_id = provider_payment_id
        self.captured = amount
        self.failure = None
        self.record(PaymentCaptured(aggregate_id=self.id, occurred_at=at, order_id=self.order_id, amount=amount.minor))

    def fail(self, provider_payment_id: str, reason: str, at: datetime) -> None:
        """An attempt failed; another one, or the same one later, may still succeed."""
        others = self.state is PaymentState.AUTHORIZED and self.provider_payment_id != provider_payment_id
        if others or self.state in {PaymentState.CAPTURED, PaymentState.FAILED}:
            return
        self._become(PaymentState.FAILED, at)
        self.failure = reason
        self.record(PaymentFailed(aggregate_id=self.id, occurred_at=at, order_id=self.order_id, reason=reason))

    def note_look(self, at: datetime, patience: timedelta = PATIENCE) -> None:
        """The gateway was asked. It is asked again until there is money, or has been none for WATCHED."""
        if self.state is PaymentState.CAPTURED or at - self.created_at >= WATCHED:
            self.stop_looking()
        elif self.ask_at is not None:
            self.ask_at = next_look(self.created_at, at, patience)

    def stop_looking(self) -> None:
        """The gateway is asked no more: there is nothing to learn from it."""
        self.ask_at = None

    def refund(self, refund_id: UUID) -> Refund:
        """One of the refunds. Raises NotFound."""
        for refund in self.refunds:
            if refund.id == refund_id:
                return refund
        raise NotFound("refund", refund_id)

    def request_refund(self, refund_id: UUID, amount: Money, reason: str, at: datetime) -> Refund:
        """Ask for money to go back. Raises RefundTooLarge when it isn't there."""
        if self.provider_payment_id is None or not NOTHING < amount <= self.refundable:
            raise RefundTooLarge(amount, self.refundable)
        paid_by = self.provider_payment_id
        return self._ask_back(
            Refund.ask(id=refund_id, provider_payment_id=paid_by, amount=amount, reason=reason, at=at)
        )

    def return_surplus(self, refund_id: UUID, provider_payment_id: str, amount: Money, at: datetime) -> None:
        """Send back all that came beside the payment that counts: once, however often it is heard of."""
        if not self.is_surplus(provider_payment_id):
            raise InvalidPaymentTransition(self.id, self.state, SURPLUS)
        if all(refund.provider_payment_id != provider_payment_id for refund in self.refunds):
            self._ask_back(
                Refund.ask(id=refund_id, provider_payment_id=provider_payment_id, amount=amount, reason=SURPLUS, at=at)
            )

    def retry_refund(self, failed_id: UUID, refund_id: UUID, at: datetime) -> None:
        """Ask once more for what failed, or for what is left of it: other refunds may have been made since."""
        failed = self.refund(failed_id)
        if failed.state is not RefundState.FAILED or failed.is_last:
            raise InvalidPaymentTransition(self.id, failed.state, RefundState.REQUESTED)
        amount = min(failed.amount, self._left(failed))
        if amount > NOTHING:
            self._ask_back(failed.again(refund_id, amount, at))

    def accept_refund(self, refund_id: UUID, provider_refund_id: str, at: datetime) -> None:
        """The gateway is at it. It may have finished since: then that is older news. Raises NotFound."""
        refund = self.refund(refund_id)
        if refund.state is RefundState.REQUESTED:
            self._settle(replace(refund, state=RefundState.PENDING, provider_refund_id=provider_refund_id), at)

    def complete_refund(self, refund_id: UUID, provider_refund_id: str, at: datetime) -> bool:
        """The money is gone; False when that was known.

        Raises RefundTooLarge when it was thought to have failed, and went back by another refund.
        """
        refund = self.refund(refund_id)
        if refund.state is RefundState.FAILED and refund.amount > self._left(refund):
            raise RefundTooLarge(refund.amount, self._left(refund))
        done = replace(refund, state=RefundState.PROCESSED, provider_refund_id=provider_refund_id, failure=None)
        return self._settle(done, at)

    def fail_refund(self, refund_id: UUID, reason: str, at: datetime) -> bool:
        """The money is still with us; False when that was known."""
        return self._settle(replace(self.refund(refund_id), state=RefundState.FAILED, failure=reason), at)

    def note_refund_look(self, refund_id: UUID, at: datetime) -> None:
        """The gateway was asked about a refund; while it is open it is asked again."""
        refund = self.refund(refund_id)
        if refund.is_open:
            self._replace(replace(refund, ask_at=next_look(refund.created_at, at)))

    def _going_back(self, provider_payment_id: str | None) -> Money:
        return Money.total(
            refund.amount
            for refund in self.refunds
            if refund.provider_payment_id == provider_payment_id and refund.state is not RefundState.FAILED
        )

    def _left(self, failed: Refund) -> Money:
        """What can still go back of the payment that a refund failed to give back."""
        of = failed.provider_payment_id
        first = next(refund for refund in self.refunds if refund.provider_payment_id == of)
        brought = first.amount if self.is_surplus(of) else self.captured
        return brought - self._going_back(of)

    def _ask_back(self, refund: Refund) -> Refund:
        self.refunds = (*self.refunds, refund)
        self.updated_at = refund.created_at
        self.record(
            RefundRequested(
                aggregate_id=self.id,
                occurred_at=refund.created_at,
                order_id=self.order_id,
                refund_id=refund.id,
                amount=refund.amount.minor,
            )
        )
        return refund

    def _settle(self, settled: Refund, at: datetime) -> bool:
        """Take in what became of a refund; False when it is there already."""
        before = self.refund(settled.id).state
        if before is settled.state:
            return False
        if settled.state not in REFUND_NEXT[before]:
            raise InvalidPaymentTransition(self.id, before, settled.state)
        self._replace(settled if settled.is_open else replace(settled, ask_at=None))
        self.updated_at = at
        if not settled.is_open:
            self.record(
                RefundSettled(
                    aggregate_id=self.id,
                    occurred_at=at,
                    order_id=self.order_id,
                    refund_id=settled.id,
                    amount=settled.amount.minor,
                    state=settled.state,
                )
            )
        return True

    def _replace(self, changed: Refund) -> None:
        self.refunds = tuple(changed if each.id == changed.id else each for each in self.refunds)

    def _become(self, wanted: PaymentState, at: datetime) -> None:
        if wanted not in _NEXT[self.state]:
            raise InvalidPaymentTransition(self.id, self.state, wanted)
        self.state = wanted
        self.updated_at = at
