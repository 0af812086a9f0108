"""What the payment gateway tells the shop by itself. Source: razorpay.com/docs/webhooks (payments, validate-test)."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import time
from typing import Final
from uuid import uuid4

from benchmarks.http1 import request
from benchmarks.load import Unit
from benchmarks.shopping import API, BASE, BegunPayment, Json, Steps

WEBHOOK: Final = f"{BASE}/webhooks/payments/razorpay"


@dataclass(slots=True)
class TellOfPayments:
    """Signed messages that payments were captured, `wanted` together, about each of `payments` in turn.

    The first about a payment settles it. The next ones are messages of their own, and no news.
    """

    host: str
    secret: str
    payments: Sequence[BegunPayment]
    wanted: int
    told: int = 0

    def units(self, shopper: int) -> Iterator[Unit]:
        while self.told < self.wanted:
            payment = self.payments[self.told % len(self.payments)]
            self.told += 1
            yield self._tell(payment)

    def _tell(self, payment: BegunPayment) -> Steps:
        body = json.dumps(_captured(payment, int(time()))).encode()
        headers = {
            "X-Razorpay-Signature": hmac.new(self.secret.encode(), body, "sha256").hexdigest(),
            "X-Razorpay-Event-Id": f"evt_{uuid4().hex}",
        }
        yield API, request("POST", WEBHOOK, self.host, headers, body)


def _captured(payment: BegunPayment, at: int) -> Json:
    """The message, as long as a real one; `at` in Unix seconds."""
    entity = {
        "id": f"pay_{payment.provider_order_id.removeprefix('order_')}",
        "entity": "payment",
        "amount": payment.amount,
        "currency": "INR",
        "status": "captured",
        "order_id": payment.provider_order_id,
        "invoice_id": None,
        "international": False,
        "method": "upi",
        "amount_refunded": 0,
        "refund_status": None,
        "captured": True,
        "description": None,
        "card_id": None,
        "bank": None,
        "wallet": None,
        "vpa": "success@razorpay",
        "email": "meera@example.com",
        "contact": "+919999999999",
        "notes": [],
        "fee": payment.amount // 50,
        "tax": payment.amount // 328,
        "error_code": None,
        "error_description": None,
        "error_source": None,
        "error_step": None,
        "error_reason": None,
        "acquirer_data": {"rrn": "412345678901"},
        "created_at": at - 5,
    }
    return {
        "entity": "event",
        "account_id": "acc_BFQ7uQEaa7j2z7",
        "event": "payment.captured",
        "contains": ["payment"],
        "payload": {"payment": {"entity": entity}},
        "created_at": at,
    }
