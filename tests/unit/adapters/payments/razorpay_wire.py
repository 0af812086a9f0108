"""A third party's end of the wire: Razorpay's answers, and what may come instead of them."""

from __future__ import annotations

from collections.abc import Sequence

import httpx

from adapters.payments.razorpay import RazorpayAccount, RazorpayGateway
from domain.money import Money
from ports.payment_gateway import GatewayOrder, GatewayPayment, GatewayRefund
from tests.harness.scripted_wire import Wire

ACCOUNT = RazorpayAccount("rzp_test_Unit0000000001", "do-not-leak-this-secret")
AMOUNT, RECEIPT = Money(649_900), "SC-1001"
ORDER_ID = "order_QaZ1wsX2edC3rf"
ORDER = {
    "id": ORDER_ID,
    "entity": "order",
    "amount": 649900,
    "amount_paid": 0,
    "amount_due": 649900,
    "currency": "INR",
    "receipt": "SC-1001",
    "offer_id": None,
    "status": "created",
    "attempts": 0,
    "notes": [],
    "created_at": 1777872000,
}
PAYMENT_ID = "pay_Pl0kmN9ijB8uhv"
PAYMENT = {
    "id": PAYMENT_ID,
    "entity": "payment",
    "amount": 649900,
    "currency": "INR",
    "status": "captured",
    "order_id": ORDER_ID,
    "method": "upi",
    "captured": True,
    "notes": [],
    "fee": 15338,
    "tax": 2340,
    "error_code": None,
    "created_at": 1777872100,
}
REFUND_ID, REFERENCE = "rfnd_Kq2Wm8Zt5Lp0Xc", "refund-0000000001"
REFUND = {
    "id": REFUND_ID,
    "entity": "refund",
    "amount": 649900,
    "currency": "INR",
    "payment_id": PAYMENT_ID,
    "notes": [],
    "receipt": REFERENCE,
    "acquirer_data": {"arn": None},
    "created_at": 1777980000,
    "batch_id": None,
    "status": "processed",
    "speed_processed": "normal",
    "speed_requested": "normal",
}
REFUSAL = {
    "error": {
        "code": "BAD_REQUEST_ERROR",
        "description": "The amount must be at least INR 1.00",
        "source": "business",
        "step": "payment_initiation",
        "reason": "input_validation_failed",
        "metadata": {},
        "field": "amount",
    }
}


def at(wire: Wire, account: RazorpayAccount = ACCOUNT, *, deadline: float = 15.0) -> RazorpayGateway:
    """The adapter, at that wire."""
    return RazorpayGateway(httpx.AsyncClient(transport=httpx.MockTransport(wire)), account, deadline=deadline)


async def create(wire: Wire) -> GatewayOrder:
    """Ask that wire for the order of AMOUNT and RECEIPT."""
    return await at(wire).create_order(amount=AMOUNT, receipt=RECEIPT)


async def fetch(wire: Wire) -> GatewayPayment:
    """Ask that wire for the payment PAYMENT_ID."""
    return await at(wire).fetch_payment(PAYMENT_ID)


async def attempts(wire: Wire) -> Sequence[GatewayPayment]:
    """Ask that wire for the payments of ORDER."""
    return await at(wire).payments_of(ORDER_ID)


async def capture(wire: Wire) -> GatewayPayment:
    """Ask that wire to capture PAYMENT_ID."""
    return await at(wire).capture(PAYMENT_ID, AMOUNT)


async def refund(wire: Wire) -> GatewayRefund:
    """Ask that wire for the refund of AMOUNT under REFERENCE."""
    return await at(wire).refund(PAYMENT_ID, AMOUNT, reference=REFERENCE)


async def fetch_refund(wire: Wire) -> GatewayRefund:
    """Ask that wire for the refund REFUND_ID."""
    return await at(wire).fetch_refund(REFUND_ID)
