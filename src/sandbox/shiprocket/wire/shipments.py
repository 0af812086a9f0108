"""The answers of GET /shipments and GET /shipments/:id."""

from __future__ import annotations

import msgspec

from sandbox.shiprocket.entities import CHANNEL_ID, COMPANY_ID, Order, Shipment
from sandbox.shiprocket.moments import CarbonDate, carbon, ordinal_stamp, stamp
from sandbox.shiprocket.statuses import SHIPMENT_LABELS
from sandbox.shiprocket.wire.awb import pickup_token
from sandbox.shiprocket.wire.tracking import courier_name


class ShippedProduct(msgspec.Struct, frozen=True, kw_only=True):
    """What is in a parcel."""

    name: str
    sku: str
    quantity: int


class ListedParcel(msgspec.Struct, frozen=True, kw_only=True):
    """A row of GET /shipments, where the status is a word."""

    number: str = ""
    code: str = ""
    id: int
    order_id: int
    products: list[ShippedProduct]
    awb: str
    status: str
    created_at: str
    channel_id: int = CHANNEL_ID
    channel_name: str = "CUSTOM"
    base_channel_code: str = "CS"
    payment_method: str


class ShippingAddress(msgspec.Struct, frozen=True, kw_only=True):
    """Where it goes."""

    city: str
    state: str
    address: str
    country: str
    pincode: str
    address_2: str
    company_name: str | None = None


class ShownParcel(msgspec.Struct, frozen=True, kw_only=True):
    """The inside of GET /shipments/:id, where the status is a number of the SHIPMENT table."""

    id: int
    order_id: int
    channel_id: int = CHANNEL_ID
    company_id: int = COMPANY_ID
    invoice_no: str | None = None
    invoice_date: str | None = None
    courier: str | None
    sr_courier_id: int | None
    awb: str | None
    awb_assign_date: str | None
    pickup_generated_date: str | None
    pickup_token_number: str | None
    method: str = "Standard"
    weight: str
    dimensions: str
    quantity: int
    cost: str = "0.00"
    tax: str = "0.00"
    cod_charges: str = "0.00"
    total: str
    shipping_address: ShippingAddress
    customer_details: None = None
    status: int
    shipped_date: str | None
    delivered_date: str | None
    returned_date: str | None = None
    label_url: str | None
    manifest_url: str | None
    created_at: CarbonDate
    updated_at: CarbonDate


class ParcelAnswer(msgspec.Struct, frozen=True):
    """GET /shipments/:id."""

    data: ShownParcel


class Papers(msgspec.Struct, frozen=True, kw_only=True):
    """Where a parcel's papers are, if they were made."""

    label_url: str | None
    manifest_url: str | None


def listed_parcel(order: Order, shipment: Shipment) -> ListedParcel:
    """A row."""
    asked = order.asked
    return ListedParcel(
        id=shipment.id,
        order_id=order.id,
        products=[ShippedProduct(name=each.name, sku=each.sku, quantity=each.units) for each in asked.items],
        awb=shipment.awb,
        status=SHIPMENT_LABELS[shipment.status],
        created_at=ordinal_stamp(order.created_at),
        payment_method=asked.payment_word,
    )


def shown_parcel(order: Order, shipment: Shipment, papers: Papers) -> ParcelAnswer:
    """A parcel alone."""
    asked, to = order.asked, order.asked.shipping
    return ParcelAnswer(
        ShownParcel(
            id=shipment.id,
            order_id=order.id,
            courier=courier_name(shipment) or None,
            sr_courier_id=shipment.courier_id,
            awb=shipment.awb or None,
            awb_assign_date=stamp(shipment.assigned_at) or None,
            pickup_generated_date=stamp(shipment.pickup_asked_at) or None,
            pickup_token_number=pickup_token(shipment) or None,
            weight=f"{asked.weight:.3f}",
            dimensions=f"{asked.length:.2f}x{asked.breadth:.2f}x{asked.height:.2f}",
            quantity=sum(each.units for each in asked.items),
            total=f"{asked.sub_total:.2f}",
            shipping_address=ShippingAddress(
                city=to.city,
                state=to.state,
                address=to.address,
                country=to.country,
                pincode=to.pincode,
                address_2=to.address_2,
            ),
            status=shipment.status,
            shipped_date=stamp(shipment.picked_up_at) or None,
            delivered_date=stamp(shipment.delivered_at) or None,
            label_url=papers.label_url,
            manifest_url=papers.manifest_url,
            created_at=carbon(order.created_at),
            updated_at=carbon(shipment.scans[-1].at if shipment.scans else order.created_at),
        )
    )
