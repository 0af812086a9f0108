"""The parcel and the air waybill of an order that is shown alone."""

from __future__ import annotations

import msgspec

from sandbox.shiprocket.entities import CHANNEL_ID, Order, Shipment
from sandbox.shiprocket.moments import stamp
from sandbox.shiprocket.statuses import SHIPMENT_LABELS
from sandbox.shiprocket.wire.awb import pickup_token
from sandbox.shiprocket.wire.tracking import courier_name


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


def shown_shipment(order: Order, shipment: Shipment) -> ShownShipment:
    """The parcel of that order."""
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


def shown_awb(order: Order, shipment: Shipment) -> AwbDetails:
    """Its air waybill, or blanks."""
    weight = f"{order.asked.charged_weight:g}" if shipment.awb else ""
    freight = f"{shipment.freight / 100:.2f}" if shipment.awb else ""
    charges = Charges(freight_charges=freight, applied_weight_amount=freight, applied_weight=weight)
    return AwbDetails(awb=shipment.awb, applied_weight=weight, charges=charges)
