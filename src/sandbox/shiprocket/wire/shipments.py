"""The answers of GET /shipments and of the NDR list."""

from __future__ import annotations

import msgspec

from sandbox.shiprocket.entities import CHANNEL_ID, Order, Scan, Shipment
from sandbox.shiprocket.moments import CarbonDate, carbon, stamp
from sandbox.shiprocket.statuses import ORDER_LABELS, SHIPMENT_UNDELIVERED
from sandbox.shiprocket.wire.awb import pickup_token
from sandbox.shiprocket.wire.tracking import courier_name


class ShipmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel; `status` is of the SHIPMENT table."""

    id: int
    order_id: int
    channel_id: int = CHANNEL_ID
    name: str = "CUSTOM"
    base_channel_code: str = "CS"
    courier: str
    sr_courier_id: int | None
    awb: str
    awb_assign_date: str | None
    pickup_generated_date: str | None
    pickup_token_number: str | None
    method: str = "SR"
    weight: float
    dimensions: str
    quantity: int
    cost: str = "0.00"
    tax: str = "0.00"
    cod_charges: str = "0.00"
    total: str
    status: int
    label_url: str | None
    manifest_url: str | None
    created_at: CarbonDate


class ShipmentAnswer(msgspec.Struct, frozen=True):
    """GET /shipments/:id."""

    data: ShipmentRow


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A try to deliver that failed."""

    id: int
    ndr_reason: str
    ndr_raised_at: str
    ndr_attempt: int
    comment: str


class UndeliveredRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of GET /ndr/all; `status_code` is of the ORDER table."""

    id: int
    shipment_id: int
    awb_code: str
    channel_order_id: str
    courier: str
    status: str
    status_code: int
    reason: str
    attempts: int
    ndr_raised_at: str
    customer_name: str
    customer_phone: str
    customer_email: str
    customer_address: str
    customer_city: str
    customer_state: str
    customer_pincode: str
    payment_method: str
    history: list[Attempt]


class UndeliveredAnswer(msgspec.Struct, frozen=True):
    """GET /ndr/:awb."""

    data: list[UndeliveredRow]


class NdrAnswer(msgspec.Struct, frozen=True):
    """POST /ndr/:awb/action. The spelling is Shiprocket's."""

    status: str = "Data Updated Sucessfully"


def shipment_row(order: Order, shipment: Shipment, label_url: str | None, manifest_url: str | None) -> ShipmentRow:
    """A parcel with its papers."""
    asked = order.asked
    return ShipmentRow(
        id=shipment.id,
        order_id=order.id,
        courier=courier_name(shipment),
        sr_courier_id=shipment.courier_id,
        awb=shipment.awb,
        awb_assign_date=stamp(shipment.assigned_at) or None,
        pickup_generated_date=stamp(shipment.pickup_asked_at) or None,
        pickup_token_number=pickup_token(shipment) or None,
        weight=asked.weight,
        dimensions=f"{asked.length}x{asked.breadth}x{asked.height}",
        quantity=sum(each.units for each in asked.items),
        total=f"{asked.sub_total:.2f}",
        status=shipment.status,
        label_url=label_url,
        manifest_url=manifest_url,
        created_at=carbon(order.created_at),
    )


def undelivered_row(order: Order, shipment: Shipment) -> UndeliveredRow:
    """A parcel that could not be delivered, with all that was tried."""
    tries = [each for each in shipment.scans if each.code == SHIPMENT_UNDELIVERED]
    recipient = order.asked.shipping
    return UndeliveredRow(
        id=order.id,
        shipment_id=shipment.id,
        awb_code=shipment.awb,
        channel_order_id=order.asked.reference,
        courier=courier_name(shipment),
        status=ORDER_LABELS[order.status],
        status_code=order.status,
        reason=tries[-1].activity,
        attempts=len(tries),
        ndr_raised_at=stamp(tries[-1].at),
        customer_name=recipient.name,
        customer_phone=recipient.phone,
        customer_email=recipient.email,
        customer_address=recipient.address,
        customer_city=recipient.city,
        customer_state=recipient.state,
        customer_pincode=recipient.pincode,
        payment_method="cod" if order.asked.payment_method == "COD" else "prepaid",
        history=[_attempt(number, each, shipment.wish) for number, each in enumerate(tries, start=1)],
    )


def _attempt(number: int, scan: Scan, wish: str) -> Attempt:
    return Attempt(id=number, ndr_reason=scan.activity, ndr_raised_at=stamp(scan.at), ndr_attempt=number, comment=wish)
