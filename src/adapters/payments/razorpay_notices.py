"""Razorpay's webhooks. Source: razorpay.com/docs/webhooks (payments, orders, refunds, validate-test)."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import timedelta
from typing import Annotated, Final

import msgspec

from adapters.payments.razorpay_answers import PROVIDER, PaymentAnswer, RefundAnswer
from ports.payment_notices import PaymentNotice, PaymentNotices, RefundNotice
from ports.webhooks import WebhookCall, WebhookRejected, WebhookUnreadable

_EVENT_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class _Age(msgspec.Struct, frozen=True):
    created_at: Annotated[int, msgspec.Meta(ge=0, le=2**53)]  # Unix seconds


class _Event(msgspec.Struct, frozen=True):
    event: str
    payload: msgspec.Raw = msgspec.Raw()


class _AboutPayment(msgspec.Struct, frozen=True):
    entity: PaymentAnswer


class _AboutRefund(msgspec.Struct, frozen=True):
    entity: RefundAnswer


class _PaymentPayload(msgspec.Struct, frozen=True):
    payment: _AboutPayment

    def notice(self) -> PaymentNotice:
        return PaymentNotice(self.payment.entity.told())


class _RefundPayload(msgspec.Struct, frozen=True):
    refund: _AboutRefund

    def notice(self) -> RefundNotice:
        return RefundNotice(self.refund.entity.told())


_PAYLOADS: Final[dict[str, type[_PaymentPayload] | type[_RefundPayload]]] = {
    "payment.authorized": _PaymentPayload,
    "payment.captured": _PaymentPayload,
    "payment.failed": _PaymentPayload,
    "order.paid": _PaymentPayload,
    "refund.created": _RefundPayload,
    "refund.processed": _RefundPayload,
    "refund.failed": _RefundPayload,
    "refund.speed_changed": _RefundPayload,
}


class RazorpayNotices(PaymentNotices):
    """PaymentNotices of Razorpay.

    After a change of the webhook's secret, repetitions of old events still come with the
    `previous_secret` for a day. What was made longer ago than `oldest` is stale: Razorpay
    itself gives up after a day, so it is a replay.
    """

    provider = PROVIDER

    def __init__(
        self, secret: str, *, previous_secret: str | None = None, oldest: timedelta = timedelta(days=3)
    ) -> None:
        self._secrets = [each.encode() for each in (secret, previous_secret) if each]
        self._oldest = oldest

    def authenticate(self, call: WebhookCall) -> str:
        """See WebhookSource. A message without a usable `x-razorpay-event-id` goes by the digest of its body."""
        signature = call.headers.get("x-razorpay-signature")
        if signature is None:
            raise WebhookRejected("missing-signature")
        given = signature.encode(errors="surrogatepass")
        # A list, so that every secret is tried however early one fits.
        fits = [hmac.compare_digest(_signature(secret, call.body), given) for secret in self._secrets]
        if not any(fits):
            raise WebhookRejected("bad-signature")
        if call.at.timestamp() - _made_at(call) > self._oldest.total_seconds():
            raise WebhookRejected("stale")
        event_id = call.headers.get("x-razorpay-event-id", "")
        return event_id if _EVENT_ID.fullmatch(event_id) else f"sha256-{hashlib.sha256(call.body).hexdigest()}"

    def read(self, body: bytes) -> PaymentNotice | RefundNotice | None:
        """See PaymentNotices."""
        try:
            event = msgspec.json.decode(body, type=_Event)
            payload = _PAYLOADS.get(event.event)
            return None if payload is None else msgspec.json.decode(event.payload, type=payload).notice()
        except (ValueError, RecursionError):  # ValueError: msgspec's errors, and bytes that aren't UTF-8
            raise WebhookUnreadable(PROVIDER, "not of the documented shape") from None


def _signature(secret: bytes, body: bytes) -> bytes:
    return hmac.new(secret, body, "sha256").hexdigest().encode()


def _made_at(call: WebhookCall) -> float:
    """When the message was made (Unix seconds); what doesn't tell was made just now, and turns out unreadable."""
    try:
        return msgspec.json.decode(call.body, type=_Age).created_at
    except (ValueError, RecursionError):
        return call.at.timestamp()
