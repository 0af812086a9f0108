"""Notices of the carrier that lives in this process."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

import msgspec

from ports.carrier_notices import CarrierNotices, ParcelNotice
from ports.webhooks import WebhookCall, WebhookRejected, WebhookUnreadable


class MemoryCarrierNotices(CarrierNotices):
    """CarrierNotices in a language of their own, authenticated by a key as a real carrier's are."""

    provider = "memory"

    def __init__(self) -> None:
        self._key = secrets.token_hex(16)

    def tell(self, notice: ParcelNotice | None, *, at: datetime) -> WebhookCall:
        """Play the carrier: an authentic message with that notice; None: a test call about no parcel."""
        return WebhookCall({"x-api-key": self._key}, msgspec.json.encode(notice), at)

    def authenticate(self, call: WebhookCall) -> str:
        """See WebhookSource."""
        key = call.headers.get("x-api-key")
        if not key:
            raise WebhookRejected("missing-key")
        if not hmac.compare_digest(key.encode(errors="surrogatepass"), self._key.encode()):
            raise WebhookRejected("bad-key")
        return hashlib.sha256(call.body).hexdigest()

    def read(self, body: bytes) -> ParcelNotice | None:
        """See CarrierNotices."""
        try:
            return msgspec.json.decode(body, type=ParcelNotice | None)
        except (ValueError, RecursionError):
            raise WebhookUnreadable(self.provider, "not a notice") from None
