"""Orders and return orders as rows of their lists."""

from __future__ import annotations

import msgspec

from sandbox.shiprocket.entities import CHANNEL_ID, Item, Order, Shipment
from sandbox.shiprocket.moments import panel_stamp, stamp
from sandbox.shiprocket.statuses import DELIVERED, ORDER_LABELS
from sandbox.shiprocket.wire.awb import pickup_token
from sandbox.shiprocket.wire.tracking import courier_name


class ListedProduct(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an order."""

    id: int
    channel_order_product_id: str
    name: str
    channel_sku: str
    quantity: int
    product_id: int
    available: int = 0
    status: str = "UNDEFINED"
    hsn: str


class ListedShipment(msgspec.Struct, frozen=True, kw_only=True):
    """The parcel of an order."""

    id: int
    isd_code: str = "+91"
    courier: str
    weight: float
    dimensions: str
    pickup_scheduled_date: str | None
    pickup_token_number: str | None
    awb: str
    return_awb: str = ""
    volumetric_weight: float
    pod: str | None = None
    etd: str
    rto_delivered_date: str = "0000-00-00 00:00:00"
    delivered_date: str | None
    etd_escalation_btn: bool = False


class ListedOrder(msgspec.Struct, frozen=True, kw_only=True):
    """A row of GET /orders: `shipments` is a list, the total a text."""

    id: int
    channel_id: int = CHANNEL_ID
    channel_name: str = "CUSTOM"
    base_channel_code: str = "CS"
    channel_order_id: str
    customer_name: str
    customer_email: str
    customer_phone: str
    pickup_location: str
    payment_status: str = ""
    total: str
    tax: str = "0.00"
    sla: str = "2 days"
    shipping_method: str = "SR"
    expedited: int = 0
    status: str
    status_code: int
    payment_method: str
    is_international: int = 0
    purpose_of_shipment: int = 0
    channel_created_at: str
    created_at: str
    products: list[ListedProduct]
    shipments: list[ListedShipment]
    activities: tuple[str, ...]
    allow_return: int
    is_incomplete: int = 0
    errors: tuple[()] = ()
    show_escalation_btn: int = 0
    escalation_status: str = ""
    escalation_history: tuple[()] = ()


class ReturnedShipment(msgspec.Struct, frozen=True, kw_only=True):
    """The parcel of a return order, without its id and with texts for numbers."""

    isd_code: str = "+91"
    courier: str
    sr_courier_id: int | str
    weight: str
    length: str
    breadth: str
    height: str
    volumetric_weight: float
    awb: str


class ListedReturn(msgspec.Struct, frozen=True, kw_only=True):
    """A row of GET /orders/processing/return: the parcel's id stands beside `shipments`."""

    id: int
    channel_id: int = CHANNEL_ID
    channel_name: str = "CUSTOM"
    base_channel_code: str = "CS"
    channel_order_id: str
    customer_name: str
    customer_email: str
    customer_phone: str
    customer_pincode: str
    pickup_code: str
    pickup_location: str
    payment_status: str = ""
    total: str
    expedited: int = 0
    sla: str = "2 days"
    shipping_method: str = "SR"
    status: str
    status_code: int
    payment_method: str = "prepaid"
    is_international: int = 0
    purpose_of_shipment: int = 0
    channel_created_at: str
    created_at: str
    products: list[ListedProduct]
    delivery_code: str
    cod: int = 0
    shipment_id: int
    in_queue: int = 0
    shipments: list[ReturnedShipment]


def listed(order: Order, shipment: Shipment) -> ListedOrder:
    """A row of the orders."""
    asked = order.asked
    parcel = ListedShipment(
        id=shipment.id,
        courier=courier_name(shipment),
        weight=asked.weight,
        dimensions=f"{asked.length:.2f}x{asked.breadth:.2f}x{asked.height:.2f}",
        pickup_scheduled_date=stamp(shipment.pickup_at) or None,
        pickup_token_number=pickup_token(shipment) or None,
        awb=shipment.awb,
        volumetric_weight=asked.volumetric_weight,
        etd=stamp(shipment.expected_at) or "NA",
        delivered_date=stamp(shipment.delivered_at) or None,
    )
    return ListedOrder(
        id=order.id,
        channel_order_id=asked.reference,
        customer_name=asked.shipping.full_name,
        customer_email=asked.shipping.email,
        customer_phone=asked.shipping.phone,
        pickup_location=asked.pickup_location,
        total=f"{asked.sub_total:.2f}",
        status=ORDER_LABELS[order.status],
        status_code=order.status,
        payment_method=asked.payment_word,
        channel_created_at=panel_stamp(order.created_at),
        created_at=panel_stamp(order.created_at),
        products=_products(order),
        shipments=[parcel],
        activities=order.activities,
        allow_return=int(order.status == DELIVERED),
    )


def listed_return(order: Order, shipment: Shipment) -> ListedReturn:
    """A row of the return orders."""
    asked, start = order.asked, order.asked.billing
    parcel = ReturnedShipment(
        courier=courier_name(shipment),
        sr_courier_id=shipment.courier_id or "",
        weight=f"{asked.weight:g}",
        length=f"{asked.length:g}",
        breadth=f"{asked.breadth:g}",
        height=f"{asked.height:g}",
        volumetric_weight=asked.volumetric_weight,
        awb=shipment.awb,
    )
    return ListedReturn(
        id=order.id,
        channel_order_id=asked.reference,
        customer_name=asked.shipping.full_name,
        customer_email=asked.shipping.email,
        customer_phone=asked.shipping.phone,
        customer_pincode=asked.shipping.pincode,
        pickup_code=start.pincode,
        pickup_location=f"{start.address} ,{start.address_2} ,{start.city} ,{start.state} ,{start.country}",
        total=f"{asked.sub_total:.2f}",
        status=ORDER_LABELS[order.status],
        status_code=order.status,
        channel_created_at=panel_stamp(order.created_at),
        created_at=panel_stamp(order.created_at),
        products=_products(order),
        delivery_code=asked.shipping.pincode,
        shipment_id=shipment.id,
        shipments=[parcel],
    )


def product_id(order: Order, index: int) -> int:
    """The number of a line."""
    return order.id * 100 + index


def _products(order: Order) -> list[ListedProduct]:
    return [_product(product_id(order, index), item) for index, item in enumerate(order.asked.items)]


def _product(number: int, item: Item) -> ListedProduct:
    return ListedProduct(
        id=number,
        channel_order_product_id=f"{number}",
        name=item.name,
        channel_sku=item.sku,
        quantity=item.units,
        product_id=number,
        hsn=item.hsn,
    )
