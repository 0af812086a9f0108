"""Payments to test with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.money import Money
from domain.ordering.order import Order
from domain.payments.payment import Payment
from domain.payments.refund import RefundState
from tests.builders.identities import fresh_id
from tests.builders.moments import NOW


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentBuilder:
    """Starts with a payment of ₹12,999.00 that waits for the customer."""

    id: UUID = field(default_factory=fresh_id)
    order_id: UUID = field(default_factory=fresh_id)
    provider: str = "razorpay"
    amount: Money = Money(1_299_900)
    created_at: datetime = NOW
    steps: tuple[Callable[[Payment], object], ...] = ()

    def of(self, order: Order) -> PaymentBuilder:
        """Of that order, for its whole total."""
        return replace(self, order_id=order.id, amount=order.amounts.total)

    def started(self, at: datetime) -> PaymentBuilder:
        """At that moment."""
        return replace(self, created_at=at)

    def authorized(self) -> PaymentBuilder:
        """Then the bank put the money aside."""
        return self.then(lambda payment: payment.authorize(_payment_id(payment), payment.updated_at))

    def captured(self) -> PaymentBuilder:
        """Then the money came."""
        return self.then(lambda payment: payment.capture(_payment_id(payment), payment.amount, payment.updated_at))

    def failed(self, reason: str = "declined") -> PaymentBuilder:
        """Then the attempt failed."""
        return self.then(lambda payment: payment.fail(_payment_id(payment), reason, payment.updated_at))

    def refunding(self, paise: int, state: RefundState = RefundState.REQUESTED) -> PaymentBuilder:
        """Then money was asked back, and perhaps the gateway has answered."""

        def ask_back(payment: Payment) -> None:
            refund = payment.request_refund(fresh_id(), Money(paise), "does not fit", payment.updated_at)
            match state:
                case RefundState.PENDING:
                    payment.accept_refund(refund.id, _refund_id(refund.id), payment.updated_at)
                case RefundState.PROCESSED:
                    payment.complete_refund(refund.id, _refund_id(refund.id), payment.updated_at)
                case RefundState.FAILED:
                    payment.fail_refund(refund.id, "no balance", payment.updated_at)

        return self.then(ask_back)

    def paid_twice(self, paise: int) -> PaymentBuilder:
        """Then money came beside it."""
        return self.then(
            lambda payment: payment.return_surplus(
                fresh_id(), f"{_payment_id(payment)}x", Money(paise), payment.updated_at
            )
        )

    def then(self, step: Callable[[Payment], object]) -> PaymentBuilder:
        """Then that happened to it, a minute later."""

        def a_minute_later(payment: Payment) -> None:
            payment.updated_at += timedelta(minutes=1)
            step(payment)

        return replace(self, steps=(*self.steps, a_minute_later))

    def build(self) -> Payment:
        """The payment, not added yet: it has its events still to tell."""
        payment = Payment.start(
            id=self.id,
            order_id=self.order_id,
            provider=self.provider,
            provider_order_id=f"order_{self.id.hex[-14:]}",
            amount=self.amount,
            at=self.created_at,
        )
        for step in self.steps:
            step(payment)
        return payment


def a_payment() -> PaymentBuilder:
    """A payment that waits for the customer."""
    return PaymentBuilder()


def _payment_id(payment: Payment) -> str:
    return f"pay_{payment.id.hex[-14:]}"


def _refund_id(refund_id: UUID) -> str:
    return f"rfnd_{refund_id.hex[-14:]}"
