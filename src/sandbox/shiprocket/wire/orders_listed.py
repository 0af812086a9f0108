"""An order as a row of the list, where `shipments` is a list, and as shown alone, where it is an object."""

from __future__ import annotations

import msgspec
from msgspec.structs import asdict

from sandbox.shiprocket.couriers import charged_weight
from sandbox.shiprocket.entities import CHANNEL_ID, Item, Order, Shipment
from sandbox.shiprocket.moments import panel_stamp, stamp
from sandbox.shiprocket.statuses import DELIVERED, ORDER_LABELS, SHIPMENT_LABELS
from sandbox.shiprocket.wire.awb import pickup_token
from sandbox.shiprocket.wire.tracking import courier_name


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an order."""

    id: int
    channel_order_product_id: str
    name: str
    channel_sku: str
    quantity: int
    product_id: int
    available: int = 0
    status: str = "OK"
    price: str
    hsn: str


class ListedShipment(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel in a row of GET /orders."""

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
    rto_delivered_date: str = ""
    delivered_date: str
    etd_escalation_btn: bool = False


class _OrderRow(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    channel_id: int = CHANNEL_ID
    channel_name: str = "CUSTOM"
    base_channel_code: str = "CS"
    channel_order_id: str
    customer_name: str
    customer_email: str
    customer_phone: str
    customer_address: str
    customer_address_2: str
    customer_city: str
    customer_state: str
    customer_pincode: str
    customer_country: str
    pickup_location: str
    payment_status: str = ""
    total: str
    tax: str = "0.00"
    sla: str = "2 days"
    shipping_method: str = "SR"
    expedited: int = 0
    status: str
    status_code: int
    master_status: str = ""
    payment_method: str
    is_international: int = 0
    is_return: int
    purpose_of_shipment: int = 0
    channel_created_at: str
    created_at: str
    products: list[Product]
    activities: tuple[str, ...]
    allow_return: int
    is_incomplete: int = 0
    errors: tuple[()] = ()


class ListedOrder(_OrderRow, frozen=True, kw_only=True):
    """A row of GET /orders."""

    shipments: list[ListedShipment]


class ShownShipment(msgspec.Struct, frozen=True, kw_only=True):
    """The parcel of GET /orders/show/:id."""

    id: int
    order_id: int
    awb: str
    rto_awb: str = ""
    awb_assign_date: str | None
    etd: str
    delivered_date: str
    courier: str
    courier_id: int | None
    manifest_id: str | None
    status: str
    weight: str
    volumetric_weight: float
    dimensions: str
    length: float
    breadth: float
    height: float
    pickup_scheduled_date: str | None
    pickup_token_number: str | None
    pickup_generated_date: str | None
    shipped_date: str | None
    rto_initiated_date: str | None = None
    rto_delivered_date: str | None = None


class Charges(msgspec.Struct, frozen=True, kw_only=True):
    """What the courier costs, in texts."""

    zone: str = ""
    cod_charges: str = ""
    freight_charges: str
    applied_weight_amount: str
    charged_weight_amount: str = ""
    billing_amount: str = "0.00"


class AwbDetails(msgspec.Struct, frozen=True, kw_only=True):
    """The air waybill of GET /orders/show/:id."""

    awb: str
    applied_weight: float | None
    charged_weight: str = ""
    billed_weight: str = ""
    routing_code: str = ""
    rto_routing_code: str = ""
    charges: Charges


class ShownOrder(_OrderRow, frozen=True, kw_only=True):
    """The inside of GET /orders/show/:id."""

    billing_name: str
    billing_email: str
    billing_phone: str
    billing_address: str
    billing_city: str
    billing_state_name: str
    billing_pincode: str
    billing_country_name: str
    shipments: ShownShipment
    awb_data: AwbDetails
    order_insurance: dict[str, str] = {}
    return_pickup_data: str = ""
    extra_info: dict[str, str] = {}
    others: dict[str, str] = {}


class OrderAnswer(msgspec.Struct, frozen=True):
    """GET /orders/show/:id."""

    data: ShownOrder


def listed(order: Order, shipment: Shipment) -> ListedOrder:
    """A row of the list."""
    asked = order.asked
    parcel = ListedShipment(
        id=shipment.id,
        courier=courier_name(shipment),
        weight=asked.weight,
        dimensions=_dimensions(order),
        pickup_scheduled_date=stamp(shipment.pickup_at) or None,
        pickup_token_number=pickup_token(shipment) or None,
        awb=shipment.awb,
        volumetric_weight=_volumetric(order),
        etd=stamp(shipment.expected_at),
        delivered_date=stamp(shipment.delivered_at),
    )
    return ListedOrder(**asdict(_row(order)), shipments=[parcel])


def shown(order: Order, shipment: Shipment) -> OrderAnswer:
    """An order alone."""
    asked, freight = order.asked, f"{shipment.freight / 100:.2f}" if shipment.awb else ""
    parcel = ShownShipment(
        id=shipment.id,
        order_id=order.id,
        awb=shipment.awb,
        awb_assign_date=stamp(shipment.assigned_at) or None,
        etd=stamp(shipment.expected_at),
        delivered_date=stamp(shipment.delivered_at),
        courier=courier_name(shipment),
        courier_id=shipment.courier_id,
        manifest_id=f"MANIFEST-{shipment.id}" if shipment.manifested else None,
        status=SHIPMENT_LABELS[shipment.status],
        weight=f"{asked.weight}",
        volumetric_weight=_volumetric(order),
        dimensions=_dimensions(order),
        length=asked.length,
        breadth=asked.breadth,
        height=asked.height,
        pickup_scheduled_date=stamp(shipment.pickup_at) or None,
        pickup_token_number=pickup_token(shipment) or None,
        pickup_generated_date=stamp(shipment.pickup_asked_at) or None,
        shipped_date=stamp(shipment.picked_up_at) or None,
    )
    weight = charged_weight(asked.weight, asked.length, asked.breadth, asked.height) if shipment.awb else None
    charges = Charges(freight_charges=freight, applied_weight_amount=freight)
    return OrderAnswer(
        ShownOrder(
            **asdict(_row(order)),
            billing_name=asked.billing.name,
            billing_email=asked.billing.email,
            billing_phone=asked.billing.phone,
            billing_address=asked.billing.address,
            billing_city=asked.billing.city,
            billing_state_name=asked.billing.state,
            billing_pincode=asked.billing.pincode,
            billing_country_name=asked.billing.country,
            shipments=parcel,
            awb_data=AwbDetails(awb=shipment.awb, applied_weight=weight, charges=charges),
        )
    )


def _row(order: Order) -> _OrderRow:
    asked = order.asked
    recipient = asked.shipping
    return _OrderRow(
        id=order.id,
        channel_order_id=asked.reference,
        customer_name=f"{recipient.name} {recipient.last_name}".strip(),
        customer_email=recipient.email,
        customer_phone=recipient.phone,
        customer_address=recipient.address,
        customer_address_2=recipient.address_2,
        customer_city=recipient.city,
        customer_state=recipient.state,
        customer_pincode=recipient.pincode,
        customer_country=recipient.country,
        pickup_location=asked.pickup_location,
        total=f"{asked.sub_total:.2f}",
        status=ORDER_LABELS[order.status],
        status_code=order.status,
        payment_method="cod" if asked.payment_method == "COD" else "prepaid",
        is_return=int(asked.is_return),
        channel_created_at=panel_stamp(order.created_at),
        created_at=panel_stamp(order.created_at),
        products=[_product(index, order, item) for index, item in enumerate(asked.items)],
        activities=order.activities,
        allow_return=int(order.status == DELIVERED),
    )


def _product(index: int, order: Order, item: Item) -> Product:
    number = order.id * 10 + index
    return Product(
        id=number,
        channel_order_product_id=f"{number}",
        name=item.name,
        channel_sku=item.sku,
        quantity=item.units,
        product_id=number,
        price=f"{item.selling_price:.2f}",
        hsn=item.hsn,
    )


def _dimensions(order: Order) -> str:
    return f"{order.asked.length}x{order.asked.breadth}x{order.asked.height}"


def _volumetric(order: Order) -> float:
    return order.asked.length * order.asked.breadth * order.asked.height / 5_000
