"""What a carrier tells by itself."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.shipping.parcel import ParcelStatus, Scan
from ports.webhooks import WebhookSource


@dataclass(frozen=True, slots=True)
class ParcelNotice:
    """Where a parcel was at a time (UTC). `scans` oldest first, maybe none.

    `status` is None when the carrier's word moves nothing.
    """

    awb: str
    status: ParcelStatus | None
    at: datetime
    scans: tuple[Scan, ...]
    expected_at: datetime | None
    is_return: bool


class CarrierNotices(WebhookSource, Protocol):
    """The webhooks of a carrier."""

    @abstractmethod
    def read(self, body: bytes) -> ParcelNotice | None:
        """What an authentic message tells; None when it is about no parcel (a carrier's test call).

        Raises WebhookUnreadable.
        """
