"""An order alone. Much of it differs from its row in a list: `shipments` is an object, the total a number."""

from __future__ import annotations

from typing import Final

import msgspec

from sandbox.shiprocket.entities import CHANNEL_ID, Order, Party, PickupLocation, Shipment
from sandbox.shiprocket.moments import panel_stamp, stamp
from sandbox.shiprocket.statuses import DELIVERED, ORDER_LABELS, SHIPMENT_LABELS
from sandbox.shiprocket.wire.awb import pickup_token
from sandbox.shiprocket.wire.orders_listed import product_id
from sandbox.shiprocket.wire.tracking import courier_name


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


class ShownShipment(msgspec.Struct, frozen=True, kw_only=True):
    """Its parcel. What isn't known yet is null here and "" there."""

    id: int
    order_id: int
    channel_id: int = CHANNEL_ID
    awb: str | None
    rto_awb: str = ""
    awb_assign_date: str | None
    etd: str
    delivered_date: str
    quantity: int
    cod_charges: str = "0.00"
    weight: float
    volumetric_weight: float
    dimensions: str
    courier: str
    courier_id: int | str
    manifest_id: str
    status: str
    isd_code: str = "+91"
    pickup_scheduled_date: str | None
    pickup_token_number: str | None
    pickup_generated_date: str | None
    length: float
    breadth: float
    height: float
    rto_initiated_date: str = ""
    rto_delivered_date: str = ""
    shipped_date: str
    is_rto: bool = False


class Charges(msgspec.Struct, frozen=True, kw_only=True):
    """What the courier costs, in texts."""

    zone: str = ""
    cod_charges: str = ""
    applied_weight_amount: str
    freight_charges: str
    applied_weight: str
    charged_weight: str = ""
    charged_weight_amount: str = ""
    charged_weight_amount_rto: str = ""
    applied_weight_amount_rto: str = ""
    service_type_id: str = ""


class AwbDetails(msgspec.Struct, frozen=True, kw_only=True):
    """Its air waybill."""

    awb: str
    applied_weight: str
    charged_weight: str = ""
    billed_weight: str = ""
    routing_code: str = ""
    rto_routing_code: str = ""
    charges: Charges


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


class ShownOrder(msgspec.Struct, frozen=True, kw_only=True):
    """The inside of GET /orders/show/:id. `billing_…` of a return are blank, `return_pickup_data` else empty."""

    id: int
    channel_id: int = CHANNEL_ID
    channel_name: str = "CUSTOM"
    base_channel_code: str = "CS"
    is_international: int = 0
    channel_order_id: str
    customer_name: str
    customer_email: str
    customer_phone: str
    customer_address: str
    customer_address_2: str | None
    customer_city: str
    customer_state: str
    customer_pincode: str
    customer_country: str
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
    billing_name: str
    billing_email: str
    billing_phone: str
    billing_address: str
    billing_address_2: str
    billing_city: str
    billing_state_name: str
    billing_country_name: str
    billing_pincode: str
    shipping_method: str = "SR"
    others: dict[str, str] = {}
    extra_info: dict[str, str] = {}


class OrderAnswer(msgspec.Struct, frozen=True):
    """GET /orders/show/:id."""

    data: ShownOrder


_NOBODY: Final = Party(
    name="",
    last_name="",
    address="",
    address_2="",
    city="",
    pincode="",
    state="",
    country="",
    email="",
    phone="",
)


def shown(order: Order, shipment: Shipment, location: PickupLocation | None) -> OrderAnswer:
    """An order, and where it is fetched if that is a place of the shop."""
    asked, to = order.asked, order.asked.shipping
    billing = _NOBODY if asked.is_return else asked.billing
    return OrderAnswer(
        ShownOrder(
            id=order.id,
            channel_order_id=asked.reference,
            customer_name=to.full_name,
            customer_email=to.email,
            customer_phone=to.phone,
            customer_address=to.address,
            customer_address_2=to.address_2 or None,
            customer_city=to.city,
            customer_state=to.state,
            customer_pincode=to.pincode,
            customer_country=to.country,
            pickup_code="" if location is None else location.pincode,
            pickup_location=asked.pickup_location,
            delivery_code=to.pincode,
            total=asked.sub_total,
            net_total=f"{asked.sub_total:.2f}",
            cod=int(asked.payment_method == "COD"),
            discount=asked.total_discount,
            status=ORDER_LABELS[order.status],
            status_code=order.status,
            payment_method="cod" if asked.payment_method == "COD" else "prepaid",
            channel_created_at=panel_stamp(order.created_at).replace(",", ""),
            created_at=panel_stamp(order.created_at).replace(",", ""),
            products=_products(order),
            shipments=_shipment(order, shipment),
            awb_data=_awb(order, shipment),
            return_pickup_data=_return_pickup(order) if asked.is_return else (),
            allow_return=int(order.status == DELIVERED),
            is_return=int(asked.is_return),
            activities=order.activities,
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
    )


def _shipment(order: Order, shipment: Shipment) -> ShownShipment:
    asked = order.asked
    return ShownShipment(
        id=shipment.id,
        order_id=order.id,
        awb=shipment.awb or None,
        awb_assign_date=stamp(shipment.assigned_at) or None,
        etd=stamp(shipment.expected_at),
        delivered_date=stamp(shipment.delivered_at),
        quantity=sum(each.units for each in asked.items),
        weight=asked.weight,
        volumetric_weight=asked.volumetric_weight,
        dimensions=f"{asked.length:.3f}x{asked.breadth:.3f}x{asked.height:.3f}",
        courier=courier_name(shipment),
        courier_id=shipment.courier_id or "",
        manifest_id=f"MANIFEST-{shipment.id}" if shipment.manifested else "",
        status=SHIPMENT_LABELS[shipment.status],
        pickup_scheduled_date=stamp(shipment.pickup_at) or None,
        pickup_token_number=pickup_token(shipment) or None,
        pickup_generated_date=stamp(shipment.pickup_asked_at) or None,
        length=asked.length,
        breadth=asked.breadth,
        height=asked.height,
        shipped_date=stamp(shipment.picked_up_at),
    )


def _awb(order: Order, shipment: Shipment) -> AwbDetails:
    weight = f"{order.asked.charged_weight:g}" if shipment.awb else ""
    freight = f"{shipment.freight / 100:.2f}" if shipment.awb else ""
    charges = Charges(freight_charges=freight, applied_weight_amount=freight, applied_weight=weight)
    return AwbDetails(awb=shipment.awb, applied_weight=weight, charges=charges)


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
