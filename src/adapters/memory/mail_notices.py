"""Notices of a mail provider that lives in this process."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final

import msgspec

from ports.mail_notices import BounceNotice, MailNotices
from ports.webhooks import WebhookCall, WebhookRejected, WebhookUnreadable

_TOLERANCE: Final = timedelta(minutes=5)


class MemoryMailNotices(MailNotices):
    """MailNotices in a language of their own, signed with their time as a real provider's are."""

    provider = "memory"

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def tell(self, notice: BounceNotice | None, *, event_id: str, at: datetime) -> WebhookCall:
        """Play the provider: an authentic message with that notice; None: of a mail that arrived."""
        body = msgspec.json.encode(notice)
        headers = {
            "x-id": event_id,
            "x-time": at.isoformat(),
            "x-signature": self._sign(event_id, at.isoformat(), body),
        }
        return WebhookCall(headers, body, at)

    def authenticate(self, call: WebhookCall) -> str:
        """See WebhookSource."""
        if not call.headers.keys() >= {"x-id", "x-time", "x-signature"}:
            raise WebhookRejected("missing-signature")
        event_id, time = call.headers["x-id"], call.headers["x-time"]
        expected = self._sign(event_id, time, call.body)
        if not hmac.compare_digest(expected.encode(), call.headers["x-signature"].encode(errors="surrogatepass")):
            raise WebhookRejected("bad-signature")
        if abs(datetime.fromisoformat(time) - call.at) > _TOLERANCE:
            raise WebhookRejected("stale")
        return event_id

    def read(self, body: bytes) -> BounceNotice | None:
        """See MailNotices."""
        try:
            return msgspec.json.decode(body, type=BounceNotice | None)
        except (ValueError, RecursionError):
            raise WebhookUnreadable(self.provider, "not a notice") from None

    def _sign(self, event_id: str, time: str, body: bytes) -> str:
        signed = f"{event_id}.{time}.".encode(errors="surrogatepass") + body
        return hmac.new(self._key, signed, "sha256").hexdigest()
