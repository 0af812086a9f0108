"""What is owed to the customer when shoes came back."""

from __future__ import annotations

from dataclasses import dataclass

from domain.money import NOTHING, Money
from domain.ordering.order import Order
from domain.ordering.status import PaymentMethod, PaymentStatus, ReturnCause


@dataclass(frozen=True, slots=True)
class NothingOwed:
    """Nothing was paid, or all of it went back before."""


@dataclass(frozen=True, slots=True)
class RefundOwed:
    """This goes back the way it came, without anybody's further word."""

    amount: Money


@dataclass(frozen=True, slots=True)
class OperatorDecides:
    """A person decides what goes back, and how: at most this."""

    at_most: Money
    reason: str


AfterReturn = NothingOwed | RefundOwed | OperatorDecides


def owed_after_return(order: Order, cause: ReturnCause) -> AfterReturn:
    """All that was paid for what the customer sent back; after an RTO all but the shipping fee.

    Cash can't go back the way it came, and a monogrammed pair that nobody took is the
    workshop's loss unless somebody decides otherwise: both wait for a person.
    """
    left = _paid_and_not_refunded(order)
    if left <= NOTHING:
        return NothingOwed()
    if order.payment_method is PaymentMethod.COD:
        return OperatorDecides(left, "it was paid in cash")
    if cause is ReturnCause.CUSTOMER:
        return RefundOwed(left)
    if order.is_monogrammed:
        return OperatorDecides(left, "a monogrammed pair was not accepted")
    due = left - order.amounts.shipping.amount
    return RefundOwed(due) if due > NOTHING else NothingOwed()


def _paid_and_not_refunded(order: Order) -> Money:
    paid = order.payment_status in {PaymentStatus.PAID, PaymentStatus.PARTIALLY_REFUNDED}
    return order.amounts.total - order.refunded if paid else NOTHING
