"""What each step of a payment's life makes of the entities. Pure functions."""

from __future__ import annotations

import zlib
from typing import Final, Literal

from msgspec.structs import replace

from sandbox.razorpay.entities import Order, Payment, PaymentAcquirer, Refund, UpiDetails
from sandbox.razorpay.errors import ErrorAnswer, ErrorCode, ErrorDetails, bad_input, bad_request
from sandbox.razorpay.requests import FailureReason
from sandbox.razorpay.settings import Settings

# Razorpay's test customers: payments by the first succeed, by the second fail.
_WILLING: Final = "success@razorpay"
_UNWILLING: Final = "failure@razorpay"

# reason: code, source, step, description
_FAILURES: Final[dict[FailureReason, tuple[ErrorCode, str, str, str]]] = {
    "payment_failed": ("GATEWAY_ERROR", "gateway", "payment_authorization", "Payment failed"),
    "payment_cancelled": (
        "BAD_REQUEST_ERROR",
        "customer",
        "payment_authentication",
        "Payment was cancelled by the customer",
    ),
    "payment_timed_out": (
        "BAD_REQUEST_ERROR",
        "customer",
        "payment_authentication",
        "Payment was not completed in time",
    ),
    "insufficient_funds": (
        "BAD_REQUEST_ERROR",
        "customer",
        "payment_authorization",
        "Payment failed due to insufficient account balance",
    ),
}


def new_payment(payment_id: str, order: Order, created_at: int) -> Payment:
    """A customer has begun to pay an order by UPI."""
    return Payment(
        id=payment_id,
        amount=order.amount,
        currency=order.currency,
        status="created",
        order_id=order.id,
        vpa=_WILLING,
        upi=UpiDetails(vpa=_WILLING),
        acquirer_data=PaymentAcquirer(),
        created_at=created_at,
    )


def failed(payment: Payment, reason: FailureReason) -> Payment:
    """The bank or the customer said no."""
    code, source, step, description = _FAILURES[reason]
    return replace(
        payment,
        status="failed",
        vpa=_UNWILLING,
        upi=UpiDetails(vpa=_UNWILLING),
        error_code=code,
        error_source=source,
        error_step=step,
        error_reason=reason,
        error_description=description,
    )


def failure_at_checkout(payment: Payment, reason: FailureReason) -> ErrorAnswer:
    """What checkout's `payment.failed` hands over."""
    code, source, step, description = _FAILURES[reason]
    details = ErrorDetails(
        code=code,
        description=description,
        source=source,
        step=step,
        reason=reason,
        metadata={"order_id": payment.order_id, "payment_id": payment.id},
    )
    return ErrorAnswer(details)


def authorized(payment: Payment) -> Payment:
    """The bank has put the money aside, perhaps after it had refused to."""
    reference = zlib.crc32(payment.id.encode())
    acquirer = PaymentAcquirer(rrn=f"{reference:012d}", upi_transaction_id=f"{reference:032X}")
    return replace(
        payment,
        status="authorized",
        vpa=_WILLING,
        upi=UpiDetails(vpa=_WILLING),
        acquirer_data=acquirer,
        error_code=None,
        error_source=None,
        error_step=None,
        error_reason=None,
        error_description=None,
    )


def captured(payment: Payment) -> Payment:
    """The money is the shop's, less a fee of 2 % and 18 % GST on it (as in the samples; tariffs vary)."""
    fee = _percent(payment.amount, 2)
    tax = _percent(fee, 18)
    return replace(payment, status="captured", captured=True, fee=fee + tax, tax=tax)


def paid(order: Order) -> Order:
    """A payment of it was captured."""
    return replace(order, status="paid", amount_paid=order.amount, amount_due=0)


def refundable(payment: Payment, asked: int | None) -> int:
    """How much a refund gives back: what was asked, or all that is left. Raises Refused."""
    left = payment.amount - payment.amount_refunded
    if not payment.captured:
        raise bad_request("The payment status should be captured for action to be taken")
    if left == 0:
        raise bad_request("The payment has been fully refunded already.")
    if asked is not None and asked > left:
        raise bad_input("The refund amount provided is greater than amount captured.", "amount")
    return left if asked is None else asked


def refunded(payment: Payment, amount: int) -> Payment:
    """So much more of it went back. Stays captured until nothing is left."""
    total = payment.amount_refunded + amount
    if total == payment.amount:
        return replace(payment, status="refunded", amount_refunded=total, refund_status="full")
    return replace(payment, amount_refunded=total, refund_status="partial")


def unrefunded(payment: Payment, amount: int) -> Payment:
    """So much of it came back, because a refund failed."""
    total = payment.amount_refunded - amount
    return replace(payment, status="captured", amount_refunded=total, refund_status="partial" if total else None)


def settled(refund: Refund, status: Literal["processed", "failed"]) -> Refund:
    """What became of a pending refund. Raises Refused."""
    if refund.status != "pending":
        raise bad_request("Only a pending refund can be settled")
    return replace(refund, status=status)


def drawn(settings: Settings, amount: int) -> Settings:
    """The settings after a refund has taken so much from the balance. Raises Refused."""
    if settings.balance is None:
        return settings
    if settings.balance < amount:
        raise bad_request("Your account does not have enough balance to carry out the refund operation.")
    return replace(settings, balance=settings.balance - amount)


def _percent(amount: int, rate: int) -> int:
    return (amount * rate + 50) // 100
