"""The answers about creating and changing orders."""

from __future__ import annotations

from typing import Final

import msgspec

from sandbox.shiprocket.entities import Order, Shipment
from sandbox.shiprocket.statuses import ORDER_LABELS
from sandbox.shiprocket.wire.tracking import courier_name

_NOT_UPDATED: Final = (
    "order_date ,pickup_location ,billing_customer_name ,billing_address ,billing_city ,billing_pincode ,"
    "billing_state ,billing_country ,billing_email ,billing_phone ,payment_method"
)


class CreatedOrder(msgspec.Struct, frozen=True, kw_only=True):
    """POST /orders/create/adhoc, also for an order that was there before: blanks are null first and "" later."""

    order_id: int
    channel_order_id: str
    shipment_id: int
    status: str
    status_code: int
    onboarding_completed_now: int = 0
    awb_code: str | None
    courier_company_id: int | str | None
    courier_name: str | None
    new_channel: bool = False
    packaging_box_error: str = ""


class CreatedReturn(msgspec.Struct, frozen=True, kw_only=True):
    """POST /orders/create/return."""

    order_id: int
    shipment_id: int
    status: str
    status_code: int
    company_name: str = "Solecraft"


class UpdatedOrder(msgspec.Struct, frozen=True, kw_only=True):
    """POST /orders/update/adhoc. `old_order_status` is a number, the new one a word."""

    success: bool = True
    partially_update: bool = True
    not_updated_fields: str = _NOT_UPDATED
    order_id: int
    shipment_id: int
    new_order_status: str
    old_order_status: int
    awb_code: str = ""
    courier_company_id: str = ""
    courier_name: str = ""


class CancelledOrders(msgspec.Struct, frozen=True, kw_only=True):
    """POST /orders/cancel, where it isn't 204."""

    status_code: int = 200
    message: str = "Order cancelled successfully."


class CancellingParcels(msgspec.Struct, frozen=True):
    """POST /orders/cancel/shipment/awbs."""

    message: str = "Bulk Shipment cancellation is in progress. Please wait for some time."


class Relocated(msgspec.Struct, frozen=True):
    """PATCH /orders/address/pickup."""

    message: str = "Pickup location Updated"


def created(order: Order, shipment: Shipment) -> CreatedOrder:
    """An order that is new, or was there before."""
    blank = None if order.activities == ("ORDER_CREATED",) and not shipment.awb else ""
    return CreatedOrder(
        order_id=order.id,
        channel_order_id=order.asked.reference,
        shipment_id=order.shipment_id,
        status=ORDER_LABELS[order.status],
        status_code=order.status,
        awb_code=shipment.awb or blank,
        courier_company_id=shipment.courier_id or blank,
        courier_name=courier_name(shipment) or blank,
    )


def created_return(order: Order) -> CreatedReturn:
    """A new return order."""
    return CreatedReturn(
        order_id=order.id,
        shipment_id=order.shipment_id,
        status=ORDER_LABELS[order.status],
        status_code=order.status,
    )


def updated(order: Order) -> UpdatedOrder:
    """An order with other lines."""
    return UpdatedOrder(
        order_id=order.id,
        shipment_id=order.shipment_id,
        new_order_status=ORDER_LABELS[order.status],
        old_order_status=order.status,
    )
