"""Where a parcel is, in Shiprocket's words: histories, and the answer of GET /courier/track/awb/:awb."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from adapters.shipping.shiprocket.answers import number_of, part_of, read_answer, text_of
from adapters.shipping.shiprocket.moments import read_moment
from adapters.shipping.shiprocket.statuses import Table, parcel_status
from adapters.shipping.shiprocket.wire import Answer
from domain.shipping.parcel import Scan
from ports.carrier import CarrierUnavailable, Tracking

_LONGEST_PLACE = 100


class _Activity(msgspec.Struct, frozen=True):
    """A scan. Its code is a number in a text, or "NA"."""

    date: str
    activity: object = None
    status: object = None
    location: object = None
    code: object = msgspec.field(name="sr-status", default=None)
    label: object = msgspec.field(name="sr-status-label", default=None)

    def scan(self) -> Scan | None:
        """The scan; None for one without a time."""
        at = read_moment(self.date)
        if at is None:
            return None
        status = parcel_status(Table.SHIPMENT, number_of(self.code), text_of(self.label))
        text = text_of(self.activity) or text_of(self.status)
        return Scan(at, status, text, text_of(self.location, _LONGEST_PLACE))


class _Track(msgspec.Struct, frozen=True):
    awb_code: object = None
    current_status: object = None


class _Tracked(msgspec.Struct, frozen=True):
    shipment_status: object = None
    shipment_track: list[_Track] | None = None
    shipment_track_activities: list[msgspec.Raw] | None = None
    etd: object = None


class _TrackingAnswer(msgspec.Struct, frozen=True):
    tracking_data: _Tracked


def read_scans(rows: Iterable[msgspec.Raw]) -> tuple[Scan, ...]:
    """A history, oldest first; what can't be read of it is left out. Scans of the same second stay in order."""
    activities = (part_of(row, _Activity) for row in rows)
    scans = (activity.scan() for activity in activities if activity is not None)
    return tuple(sorted((scan for scan in scans if scan is not None), key=_moment_of))


def read_tracking(answer: Answer, awb: str) -> Tracking | None:
    """Where the parcel is; None while nothing is known of it. Raises as `read_answer` does."""
    told = read_answer(answer, _TrackingAnswer).tracking_data
    track = told.shipment_track[0] if told.shipment_track else _Track()
    if text_of(track.awb_code) not in {"", awb}:
        raise CarrierUnavailable("the answer is about another parcel")
    scans = read_scans(reversed(told.shipment_track_activities or []))  # newest first, here
    status = parcel_status(Table.SHIPMENT, number_of(told.shipment_status), text_of(track.current_status))
    if status is None and not scans:
        return None
    return Tracking(awb, status, scans, read_moment(told.etd))


def _moment_of(scan: Scan) -> datetime:
    return scan.at
