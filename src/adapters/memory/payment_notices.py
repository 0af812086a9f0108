"""The webhooks of the payment gateway that lives in this process."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final

import msgspec

from ports.payment_gateway import GatewayPayment, GatewayRefund
from ports.payment_notices import PaymentNotice, PaymentNotices, RefundNotice
from ports.webhooks import WebhookCall, WebhookRejected, WebhookUnreadable

_OLDEST: Final = timedelta(days=3)


class _Message(msgspec.Struct, frozen=True, kw_only=True):
    """Tells of a payment, a refund, or (as a kind that concerns nobody) of neither."""

    made_at: datetime
    payment: GatewayPayment | None = None
    refund: GatewayRefund | None = None


class MemoryPaymentNotices(PaymentNotices):
    """PaymentNotices that also plays the sender: `call` makes what `authenticate` and `read` take."""

    provider = "memory"

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def call(self, told: GatewayPayment | GatewayRefund | None, *, event_id: str, at: datetime) -> WebhookCall:
        """The signed message that tells of it, as it would come at that time."""
        payment = told if isinstance(told, GatewayPayment) else None
        refund = told if isinstance(told, GatewayRefund) else None
        body = msgspec.json.encode(_Message(made_at=at, payment=payment, refund=refund))
        return self.signed(body, event_id=event_id, at=at)

    def signed(self, body: bytes, *, event_id: str, at: datetime) -> WebhookCall:
        """Any body, with a signature that is ours."""
        return WebhookCall({"x-signature": self._signature(body), "x-event-id": event_id}, body, at)

    def authenticate(self, call: WebhookCall) -> str:
        """See WebhookSource."""
        if "x-signature" not in call.headers:
            raise WebhookRejected("missing-signature")
        given = call.headers["x-signature"].encode(errors="surrogatepass")
        if not hmac.compare_digest(self._signature(call.body).encode(), given):
            raise WebhookRejected("bad-signature")
        if call.at - _made_at(call) > _OLDEST:
            raise WebhookRejected("stale")
        return call.headers["x-event-id"]

    def read(self, body: bytes) -> PaymentNotice | RefundNotice | None:
        """See PaymentNotices."""
        try:
            message = msgspec.json.decode(body, type=_Message)
        except (ValueError, RecursionError):
            raise WebhookUnreadable(self.provider, "not of the known shape") from None
        if message.payment is not None:
            return PaymentNotice(message.payment)
        return None if message.refund is None else RefundNotice(message.refund)

    def _signature(self, body: bytes) -> str:
        return hmac.new(self._secret, body, "sha256").hexdigest()


def _made_at(call: WebhookCall) -> datetime:
    try:
        return msgspec.json.decode(call.body, type=_Message).made_at
    except (ValueError, RecursionError):
        return call.at
