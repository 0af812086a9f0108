"""Where a parcel is: as it is asked for, and as the webhook tells it."""

from __future__ import annotations

from typing import Final

import msgspec

from sandbox.shiprocket.couriers import courier_with
from sandbox.shiprocket.entities import CHANNEL_ID, Order, Scan, Shipment
from sandbox.shiprocket.moments import stamp, webhook_stamp
from sandbox.shiprocket.statuses import ORDER_LABELS, SHIPMENT_LABELS

_NOTHING_YET: Final = "Aahh! There is no activities found in our DB. Please have some patience it will be updated soon."
_NO_POD: Final = "Not Available"


class Activity(msgspec.Struct, frozen=True, kw_only=True):
    """A scan. `code` is a number in a text, or "NA"."""

    date: str
    status: str
    activity: str
    location: str
    code: str = msgspec.field(name="sr-status")
    label: str = msgspec.field(name="sr-status-label")


class TrackedParcel(msgspec.Struct, frozen=True, kw_only=True):
    """The only row of `shipment_track`; blank before the first scan."""

    id: int = 0
    awb_code: str = ""
    courier_company_id: int | None = None
    shipment_id: int | None = None
    order_id: int | None = None
    pickup_date: str | None = None
    delivered_date: str | None = None
    weight: str = ""
    packages: int = 0
    current_status: str = ""
    delivered_to: str = ""
    destination: str = ""
    consignee_name: str = ""
    origin: str = ""
    courier_agent_details: None = None
    courier_name: str = ""
    edd: None = None
    pod: str = _NO_POD
    pod_status: str = ""


class QcResponse(msgspec.Struct, frozen=True):
    """The quality check of a return; there is none."""

    qc_image: str = ""
    qc_failed_reason: str = ""


class TrackingData(msgspec.Struct, frozen=True, kw_only=True):
    """Where a parcel is. Activities newest first."""

    track_status: int = 1
    shipment_status: int
    shipment_track: list[TrackedParcel]
    shipment_track_activities: list[Activity]
    track_url: str
    etd: str
    qc_response: QcResponse = QcResponse()
    is_return: bool


class NoTrackingData(msgspec.Struct, frozen=True, kw_only=True):
    """Before the first scan, and for what nobody knows."""

    track_status: int = 0
    shipment_status: int = 0
    shipment_track: tuple[TrackedParcel] = (TrackedParcel(),)
    shipment_track_activities: None = None
    track_url: str = ""
    error: str = _NOTHING_YET


class TrackingAnswer(msgspec.Struct, frozen=True):
    """GET /courier/track/…"""

    tracking_data: TrackingData | NoTrackingData


class ParcelNews(msgspec.Struct, frozen=True, kw_only=True):
    """The body of the webhook: statuses of both tables, scans oldest first, Indian time."""

    awb: str
    courier_name: str
    current_status: str
    current_status_id: int
    shipment_status: str
    shipment_status_id: int
    current_timestamp: str
    order_id: str
    sr_order_id: int
    awb_assigned_date: str
    pickup_scheduled_date: str
    etd: str
    scans: list[Activity]
    is_return: int
    channel_id: int = CHANNEL_ID
    pod_status: str = "OTP Based Delivery"
    pod: str = _NO_POD
    qc_image: str = ""
    qc_failure_reason: str = ""


class TestNews(msgspec.Struct, frozen=True):
    """What the panel's test button sends: about no parcel."""

    __test__ = False  # not a test, for pytest

    awb: str = ""
    current_status: str = "TEST"
    scans: tuple[()] = ()


def nothing_yet() -> TrackingAnswer:
    """Some patience."""
    return TrackingAnswer(NoTrackingData())


def tracked(order: Order, shipment: Shipment, origin: str) -> TrackingAnswer:
    """A parcel of that order, which comes from the city of `origin`."""
    if not shipment.scans:
        return nothing_yet()
    parcel = TrackedParcel(
        id=shipment.id,
        awb_code=shipment.awb,
        courier_company_id=shipment.courier_id,
        shipment_id=shipment.id,
        order_id=order.id,
        pickup_date=stamp(shipment.picked_up_at),
        delivered_date=stamp(shipment.delivered_at),
        weight=f"{order.asked.weight:.2f}",
        packages=1,
        current_status=SHIPMENT_LABELS[shipment.status],
        delivered_to=order.asked.shipping.city,
        destination=order.asked.shipping.city,
        consignee_name=order.asked.shipping.name,
        origin=origin,
        courier_name=courier_name(shipment),
    )
    return TrackingAnswer(
        TrackingData(
            shipment_status=shipment.status,
            shipment_track=[parcel],
            shipment_track_activities=[_activity(each) for each in reversed(shipment.scans)],
            track_url=f"https://shiprocket.co//tracking/{shipment.awb}",
            etd=stamp(shipment.expected_at),
            is_return=order.asked.is_return,
        )
    )


def news(order: Order, shipment: Shipment, now: float) -> ParcelNews:
    """What the webhook tells of a parcel."""
    return ParcelNews(
        awb=shipment.awb,
        courier_name=courier_name(shipment),
        current_status=ORDER_LABELS[order.status],
        current_status_id=order.status,
        shipment_status=SHIPMENT_LABELS[shipment.status],
        shipment_status_id=shipment.status,
        current_timestamp=webhook_stamp(now),
        order_id=order.asked.reference,
        sr_order_id=order.id,
        awb_assigned_date=stamp(shipment.assigned_at),
        pickup_scheduled_date=stamp(shipment.pickup_at),
        etd=stamp(shipment.expected_at),
        scans=[_activity(each) for each in shipment.scans],
        is_return=int(order.asked.is_return),
    )


def courier_name(shipment: Shipment) -> str:
    """Of the courier that has it, if one has."""
    return "" if shipment.courier_id is None else courier_with(shipment.courier_id).name


def _activity(scan: Scan) -> Activity:
    return Activity(
        date=stamp(scan.at),
        status=scan.status,
        activity=scan.activity,
        location=scan.location,
        code="NA" if scan.code is None else f"{scan.code}",
        label="NA" if scan.code is None else SHIPMENT_LABELS[scan.code],
    )
