"""The answers of POST /courier/assign/awb and /courier/generate/pickup."""

from __future__ import annotations

from typing import Literal

import msgspec

from sandbox.shiprocket.couriers import Offer
from sandbox.shiprocket.entities import COMPANY_ID, Order, PickupLocation, Shipment
from sandbox.shiprocket.moments import CarbonDate, carbon, in_days, not_on_sunday, stamp
from sandbox.shiprocket.wire.errors import ErrorAnswer, Refused


class ShippedBy(msgspec.Struct, frozen=True, kw_only=True):
    """Who sends it, and to whom it comes back."""

    shipper_company_name: str
    shipper_address_1: str
    shipper_address_2: str
    shipper_city: str
    shipper_state: str
    shipper_country: str
    shipper_postcode: str
    shipper_first_mile_activated: int = 0
    shipper_phone: str
    lat: str = ""
    long: str = ""
    shipper_email: str
    rto_company_name: str
    rto_address_1: str
    rto_address_2: str
    rto_city: str
    rto_state: str
    rto_country: str
    rto_postcode: str
    rto_phone: str
    rto_email: str


class AssignedAwb(msgspec.Struct, frozen=True, kw_only=True):
    """The inside of a success."""

    courier_company_id: int
    awb_code: str
    cod: int
    order_id: int
    shipment_id: int
    awb_code_status: int = 1
    assigned_date_time: CarbonDate
    applied_weight: float
    company_id: int = COMPANY_ID
    courier_name: str
    child_courier_name: str | None = None
    freight_charges: float
    pickup_scheduled_date: str
    routing_code: str = ""
    rto_routing_code: str = ""
    invoice_no: str
    transporter_id: str = ""
    transporter_name: str = ""
    shipped_by: ShippedBy


class RefusedAwb(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The inside of a failure."""

    awb_assign_error: str
    courier_id: str | None = None


class _Assigned(msgspec.Struct, frozen=True):
    data: AssignedAwb


class _NotAssigned(msgspec.Struct, frozen=True):
    data: RefusedAwb | str


class AwbAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A success."""

    awb_assign_status: int = 1
    response: _Assigned


class AwbRefusal(msgspec.Struct, frozen=True, kw_only=True):
    """A failure, which has status 200."""

    awb_assign_status: int = 0
    response: _NotAssigned

    @classmethod
    def because(cls, reason: str, courier_id: int | None = None) -> AwbRefusal:
        """The usual shape."""
        told = RefusedAwb(awb_assign_error=reason, courier_id=None if courier_id is None else str(courier_id))
        return cls(response=_NotAssigned(told))


class PickupDetails(msgspec.Struct, frozen=True, kw_only=True):
    """The inside of PickupAnswer. `others` is JSON in a text."""

    pickup_scheduled_date: str
    pickup_token_number: str
    status: int = 3
    others: str
    pickup_generated_date: CarbonDate
    data: str


class PickupAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """POST /courier/generate/pickup."""

    pickup_status: int = 1
    response: PickupDetails


def wallet_refusal(shape: Literal["object", "text", "status_350"], least: int) -> Refused:
    """Too little money in the wallet, in one of the shapes in which that was seen; all of them with status 200."""
    reason = f"Please recharge your ShipRocket wallet. The minimum required balance is Rs {least // 100}"
    match shape:
        case "object":
            return Refused(200, AwbRefusal.because(reason))
        case "text":
            return Refused(200, AwbRefusal(response=_NotAssigned(reason)))
        case "status_350":
            return Refused(200, ErrorAnswer(reason, 350))


def assigned(order: Order, shipment: Shipment, offer: Offer, location: PickupLocation) -> AwbAnswer:
    """A parcel that has its courier. `location` is where a forward parcel starts and comes back to."""
    at = shipment.assigned_at or 0.0
    return AwbAnswer(
        response=_Assigned(
            AssignedAwb(
                courier_company_id=offer.courier.id,
                awb_code=shipment.awb,
                cod=int(order.asked.payment_method == "COD"),
                order_id=order.id,
                shipment_id=shipment.id,
                assigned_date_time=carbon(at),
                applied_weight=offer.journey.weight,
                courier_name=offer.courier.name,
                freight_charges=offer.rate / 100,
                pickup_scheduled_date=stamp(not_on_sunday(in_days(at, 1, hour=14))),
                invoice_no=f"Retail{order.id % 100_000:05d}",
                shipped_by=_shipped_by(location),
            )
        )
    )


def pickup_scheduled(shipment: Shipment, courier: str) -> PickupAnswer:
    """A parcel that waits to be fetched."""
    at = shipment.pickup_asked_at or 0.0
    return PickupAnswer(
        response=PickupDetails(
            pickup_scheduled_date=stamp(shipment.pickup_at),
            pickup_token_number=pickup_token(shipment),
            others=msgspec.json.encode({"tier_id": 5, "etd_zone": "z_e"}).decode(),
            pickup_generated_date=carbon(at),
            data=f"Pickup is confirmed by {courier} For AWB :- {shipment.awb}",
        )
    )


def pickup_token(shipment: Shipment) -> str:
    """The courier's number of a pickup, once it is scheduled."""
    return "" if shipment.pickup_at is None else f"Reference No: {shipment.courier_id}_{shipment.id}"


def _shipped_by(location: PickupLocation) -> ShippedBy:
    return ShippedBy(
        shipper_company_name=location.name,
        shipper_address_1=location.address,
        shipper_address_2=location.address_2,
        shipper_city=location.city,
        shipper_state=location.state,
        shipper_country=location.country,
        shipper_postcode=location.pincode,
        shipper_phone=location.phone,
        shipper_email=location.email,
        rto_company_name=location.name,
        rto_address_1=location.address,
        rto_address_2=location.address_2,
        rto_city=location.city,
        rto_state=location.state,
        rto_country=location.country,
        rto_postcode=location.pincode,
        rto_phone=location.phone,
        rto_email=location.email,
    )
