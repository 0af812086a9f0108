"""An order alone. Much of it differs from its row in a list: `shipments` is an object, the total a number."""

from __future__ import annotations

import msgspec
from msgspec.structs import asdict, replace

from sandbox.shiprocket.entities import CHANNEL_ID, Order, PickupLocation, Shipment
from sandbox.shiprocket.moments import panel_stamp
from sandbox.shiprocket.statuses import DELIVERED, ORDER_LABELS
from sandbox.shiprocket.wire.orders_listed import product_id
from sandbox.shiprocket.wire.shipment_shown import AwbDetails, ShownShipment, shown_awb, shown_shipment


class ShownProduct(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the order."""

    id: int
    order_id: int
    product_id: int
    name: str
    sku: str
    channel_order_product_id: str
    channel_sku: str
    hsn: str
    price: float
    cost: float
    quantity: int
    discount: float
    selling_price: float
    tax_percentage: float


class Insurance(msgspec.Struct, frozen=True, kw_only=True):
    """None."""

    insurance_status: str = "No"
    policy_no: str = "N/A"
    claim_enable: bool = False


class ReturnPickup(msgspec.Struct, frozen=True, kw_only=True):
    """Where a return is fetched: at the customer's."""

    name: str
    email: str
    address: str
    address_2: str
    city: str
    state: str
    country: str
    pin_code: str
    phone: str
    order_id: int


class _Parties(msgspec.Struct, frozen=True, kw_only=True):
    """Who gets it and who pays. `billing_…` of a return are blank."""

    customer_name: str
    customer_email: str
    customer_phone: str
    customer_address: str
    customer_address_2: str | None
    customer_city: str
    customer_state: str
    customer_pincode: str
    customer_country: str
    billing_name: str = ""
    billing_email: str = ""
    billing_phone: str = ""
    billing_address: str = ""
    billing_address_2: str = ""
    billing_city: str = ""
    billing_state_name: str = ""
    billing_country_name: str = ""
    billing_pincode: str = ""


class ShownOrder(_Parties, frozen=True, kw_only=True):
    """The inside of GET /orders/show/:id. Only a return has `return_pickup_data`."""

    id: int
    channel_id: int = CHANNEL_ID
    channel_name: str = "CUSTOM"
    base_channel_code: str = "CS"
    is_international: int = 0
    channel_order_id: str
    pickup_code: str
    pickup_location: str
    currency: str = "INR"
    delivery_code: str
    total: float
    net_total: str
    cod: int
    tax: int = 0
    discount: float
    status: str
    sub_status: str | None = None
    status_code: int
    master_status: str = ""
    payment_method: str
    channel_created_at: str
    created_at: str
    products: list[ShownProduct]
    shipments: ShownShipment
    awb_data: AwbDetails
    order_insurance: Insurance = Insurance()
    return_pickup_data: ReturnPickup | tuple[()]
    allow_return: int
    is_return: int
    is_incomplete: int = 0
    errors: None = None
    activities: tuple[str, ...]
    shipping_method: str = "SR"
    others: dict[str, str] = {}
    extra_info: dict[str, str] = {}


class OrderAnswer(msgspec.Struct, frozen=True):
    """GET /orders/show/:id."""

    data: ShownOrder


def shown(order: Order, shipment: Shipment, location: PickupLocation | None) -> OrderAnswer:
    """An order, and where it is fetched if that is a place of the shop."""
    asked = order.asked
    return OrderAnswer(
        ShownOrder(
            **asdict(_parties(order)),
            id=order.id,
            channel_order_id=asked.reference,
            pickup_code="" if location is None else location.pincode,
            pickup_location=asked.pickup_location,
            delivery_code=asked.shipping.pincode,
            total=asked.sub_total,
            net_total=f"{asked.sub_total:.2f}",
            cod=int(asked.payment_method == "COD"),
            discount=asked.total_discount,
            status=ORDER_LABELS[order.status],
            status_code=order.status,
            payment_method=asked.payment_word,
            channel_created_at=panel_stamp(order.created_at).replace(",", ""),
            created_at=panel_stamp(order.created_at).replace(",", ""),
            products=_products(order),
            shipments=shown_shipment(order, shipment),
            awb_data=shown_awb(order, shipment),
            return_pickup_data=_return_pickup(order) if asked.is_return else (),
            allow_return=int(order.status == DELIVERED),
            is_return=int(asked.is_return),
            activities=order.activities,
        )
    )


def _parties(order: Order) -> _Parties:
    to = order.asked.shipping
    recipient = _Parties(
        customer_name=to.full_name,
        customer_email=to.email,
        customer_phone=to.phone,
        customer_address=to.address,
        customer_address_2=to.address_2 or None,
        customer_city=to.city,
        customer_state=to.state,
        customer_pincode=to.pincode,
        customer_country=to.country,
    )
    if order.asked.is_return:
        return recipient
    billing = order.asked.billing
    return replace(
        recipient,
        billing_name=billing.full_name,
        billing_email=billing.email,
        billing_phone=billing.phone,
        billing_address=billing.address,
        billing_address_2=billing.address_2,
        billing_city=billing.city,
        billing_state_name=billing.state,
        billing_country_name=billing.country,
        billing_pincode=billing.pincode,
    )


def _products(order: Order) -> list[ShownProduct]:
    return [
        ShownProduct(
            id=product_id(order, index),
            order_id=order.id,
            product_id=product_id(order, index),
            name=item.name,
            sku=item.sku,
            channel_order_product_id=f"{product_id(order, index)}",
            channel_sku=item.sku,
            hsn=item.hsn,
            price=item.selling_price,
            cost=item.selling_price,
            quantity=item.units,
            discount=item.discount,
            selling_price=item.selling_price,
            tax_percentage=item.tax,
        )
        for index, item in enumerate(order.asked.items)
    ]


def _return_pickup(order: Order) -> ReturnPickup:
    start = order.asked.billing
    return ReturnPickup(
        name=start.full_name,
        email=start.email,
        address=start.address,
        address_2=start.address_2,
        city=start.city,
        state=start.state,
        country=start.country,
        pin_code=start.pincode,
        phone=start.phone,
        order_id=order.id,
    )
