"""Shiprocket's webhook: where parcels are, also such as we know nothing of."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

import msgspec

from adapters.shipping.shiprocket.account import PROVIDER
from adapters.shipping.shiprocket.answers import number_of, text_of
from adapters.shipping.shiprocket.moments import read_moment
from adapters.shipping.shiprocket.orders import is_awb
from adapters.shipping.shiprocket.statuses import Table, parcel_status
from adapters.shipping.shiprocket.tracking import read_scans
from domain.shipping.parcel import ParcelStatus
from ports.carrier_notices import CarrierNotices, ParcelNotice
from ports.webhooks import WebhookCall, WebhookRejected, WebhookUnreadable

_HEADER: Final = "x-api-key"


class _News(msgspec.Struct, frozen=True):
    """The documented body, as far as we use it. Its two statuses are of two tables, and not always in step."""

    awb: object = None
    shipment_status_id: object = None
    shipment_status: object = None
    current_status_id: object = None
    current_status: object = None
    current_timestamp: object = None
    etd: object = None
    scans: list[msgspec.Raw] | None = None
    is_return: object = None

    @property
    def status(self) -> ParcelStatus | None:
        """What the parcel's own status says; the order's only where there is no such."""
        if self.shipment_status_id or self.shipment_status:
            return parcel_status(Table.SHIPMENT, number_of(self.shipment_status_id), text_of(self.shipment_status))
        return parcel_status(Table.ORDER, number_of(self.current_status_id), text_of(self.current_status))


class ShiprocketNotices(CarrierNotices):
    """CarrierNotices of Shiprocket, which signs nothing: a key that we gave it comes back in a header.

    Neither has a message an id, so it is told from others by the parcel, its status and the
    time of its last scan.
    """

    provider = PROVIDER

    def __init__(self, key: str) -> None:
        if not key:
            raise ValueError("without a key, everybody could send notices")
        self._key = key

    def authenticate(self, call: WebhookCall) -> str:
        """See WebhookSource."""
        key = call.headers.get(_HEADER, "")
        if not key:
            raise WebhookRejected("missing-key")
        if not hmac.compare_digest(_bytes(key), _bytes(self._key)):
            raise WebhookRejected("bad-key")
        return hashlib.sha256(_identity(call.body)).hexdigest()

    def read(self, body: bytes) -> ParcelNotice | None:
        """See CarrierNotices."""
        news = _news_in(body)
        if news is None:
            raise WebhookUnreadable(PROVIDER, "not the documented shape")
        awb = text_of(news.awb)
        if not awb:
            return None
        scans = read_scans(news.scans or ())
        at = read_moment(news.current_timestamp) or (scans[-1].at if scans else None)
        if at is None or not is_awb(awb):
            raise WebhookUnreadable(PROVIDER, "no time" if at is None else "no air waybill")
        is_return = number_of(news.is_return) == 1
        return ParcelNotice(awb, news.status, at, scans, read_moment(news.etd), is_return)


def _identity(body: bytes) -> bytes:
    """What repetitions of a message have in common; the whole body where that can't be told."""
    news = _news_in(body)
    if news is None or not text_of(news.awb):
        return body
    scans = read_scans(news.scans or ())
    last = scans[-1].at.isoformat() if scans else text_of(news.current_timestamp)
    return f"{text_of(news.awb)}\n{text_of(news.shipment_status_id)}\n{last}".encode()


def _news_in(body: bytes) -> _News | None:
    try:
        return msgspec.json.decode(body, type=_News)
    except (ValueError, RecursionError):
        return None


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
