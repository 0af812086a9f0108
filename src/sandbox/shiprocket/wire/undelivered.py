"""Parcels that could not be delivered ("NDR"): what is told of them, and what may be wished."""

from __future__ import annotations

import msgspec

from sandbox.shiprocket.entities import CHANNEL_ID, Order, Scan, Shipment
from sandbox.shiprocket.moments import panel_stamp, stamp
from sandbox.shiprocket.statuses import ORDER_LABELS, SHIPMENT_UNDELIVERED
from sandbox.shiprocket.wire.tracking import courier_name


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A try to deliver that failed, and what was wished then."""

    id: int
    ndr_id: int
    ndr_reason: str
    action_by: int = 3
    ndr_attempt: int
    medium: None = None
    ndr_push_status: int = 0
    comment: str
    call_center_call_recording: str = ""
    call_center_recording_date: str = ""
    proof_recording: None = None
    proof_image: None = None
    sms_response: str = "No Response"
    ndr_raised_at: str


class UndeliveredRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of GET /ndr/all and GET /ndr/:awb; `status_code` is of the ORDER table."""

    id: int
    shipment_id: int
    customer_name: str
    customer_email: str
    customer_phone: str
    customer_address: str
    customer_address_2: str
    customer_city: str
    customer_state: str
    customer_pincode: str
    payment_status: str = ""
    status: str
    status_code: int
    payment_method: str
    created_at: str
    reason: str
    attempts: int
    ndr_raised_at: str
    courier: str
    awb_code: str
    escalation_status: str = "N/A"
    product_name: str
    product_price: str
    shipment_channel_id: int = CHANNEL_ID
    history: list[Attempt]
    delivered_date: str


class NdrAnswer(msgspec.Struct, frozen=True):
    """POST /ndr/:awb/action. The spelling is Shiprocket's."""

    status: str = "Data Updated Sucessfully"


def failed_attempts(shipment: Shipment) -> list[Scan]:
    """Oldest first."""
    return [each for each in shipment.scans if each.code == SHIPMENT_UNDELIVERED]


def undelivered_row(order: Order, shipment: Shipment) -> UndeliveredRow:
    """A parcel with all that was tried; it was tried at least once."""
    asked, to, attempts = order.asked, order.asked.shipping, failed_attempts(shipment)
    return UndeliveredRow(
        id=order.id,
        shipment_id=shipment.id,
        customer_name=to.full_name,
        customer_email=to.email,
        customer_phone=to.phone,
        customer_address=to.address,
        customer_address_2=to.address_2,
        customer_city=to.city,
        customer_state=to.state,
        customer_pincode=to.pincode,
        status=ORDER_LABELS[order.status],
        status_code=order.status,
        payment_method=asked.payment_word,
        created_at=panel_stamp(order.created_at),
        reason=_reason(attempts[-1]),
        attempts=len(attempts),
        ndr_raised_at=stamp(attempts[-1].at),
        courier=courier_name(shipment),
        awb_code=shipment.awb,
        product_name=asked.items[0].name,
        product_price=f"{asked.items[0].selling_price:.2f}",
        history=[
            Attempt(
                id=shipment.id * 10 + number,
                ndr_id=shipment.id,
                ndr_reason=_reason(scan),
                ndr_attempt=number,
                comment=shipment.wish if number == len(attempts) else "",
                ndr_raised_at=stamp(scan.at),
            )
            for number, scan in enumerate(attempts, start=1)
        ],
        delivered_date=stamp(shipment.delivered_at),
    )


def _reason(scan: Scan) -> str:
    return scan.activity.partition(" - ")[2]
