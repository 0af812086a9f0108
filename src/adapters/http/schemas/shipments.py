"""Parcels: for staff every try, for buyers those that are on their way."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from adapters.http import links
from adapters.http.schemas.base import Amount, Form, Href, Moment, Resource
from application.fulfilment.track_shipment import OrderTracking, TrackedParcel
from domain.ordering.status import FulfillmentStatus
from domain.shipping.booking import BookingStep, Direction
from domain.shipping.parcel import ParcelStatus, Scan
from domain.shipping.waybill import Waybill
from ports.carrier import DeliveryWish
from ports.shipment_views import ShipmentView

CarrierName = Annotated[str, Meta(pattern="^[a-z]{2,30}$", examples=["shiprocket"])]


class BookShipmentForm(Form):
    """Who is to carry an order."""

    carrier: Annotated[CarrierName | None, Meta(description="Null: whom the settings name.")] = None


class EnterAwbForm(Form):
    """What the courier's receipt says."""

    awb: Annotated[str, Meta(pattern="^[A-Za-z0-9][A-Za-z0-9-]{3,49}$", examples=["7840123456"])]
    courier: Annotated[str, Meta(min_length=1, max_length=100, examples=["Blue Dart"])]
    tracking_url: Annotated[str, Meta(max_length=500, description="The courier's public page.")] | None = None

    def waybill(self) -> Waybill:
        """The same for the use case. Raises InvalidValue."""
        return Waybill(self.awb, self.courier, self.tracking_url)


class CancelShipmentForm(Form):
    """Which of an order's parcels is called off."""

    direction: Annotated[Direction, Meta(description="OUTBOUND to the customer, RETURN from there.")]


class ReportParcelForm(Form):
    """Where a parcel is of whose way nobody else tells."""

    direction: Annotated[Direction, Meta(description="OUTBOUND to the customer, RETURN from there.")]
    status: ParcelStatus


class FailedDeliveryForm(Form):
    """What is to be done with a parcel that could not be handed over."""

    wish: DeliveryWish
    comment: Annotated[
        str, Meta(min_length=1, max_length=200, pattern=r"\S", examples=["The customer is at home after six"])
    ]


class ScanResource(Resource):
    """One line of a parcel's history."""

    at: Moment
    status: Annotated[ParcelStatus | None, Meta(description="Null: it moved nothing.")]
    text: Annotated[str, Meta(description="In the carrier's words.")]
    location: str

    @classmethod
    def of(cls, scan: Scan) -> ScanResource:
        """A scan."""
        return cls(at=scan.at, status=scan.status, text=scan.text, location=scan.location)


class ShipmentLinks(Resource):
    """The order that it is of."""

    order: Href


class ShipmentResource(Resource):
    """One try to ship an order, as the workshop sees it."""

    id: UUID
    order_id: UUID
    order: Annotated[str, Meta(description="The order number.", examples=["IS-2026-000042"])]
    carrier: CarrierName
    direction: Direction
    reference: Annotated[str, Meta(description="What the carrier knows it by.")]
    step: Annotated[BookingStep, Meta(description="How far the booking is.")]
    courier: str | None
    awb: str | None
    tracking_url: str | None
    cost: Annotated[Amount | None, Meta(description="What the carrier takes.")]
    label_url: str | None
    manifest_url: str | None
    invoice_url: str | None
    pickup_at: Moment | None
    expected_at: Moment | None
    status: Annotated[ParcelStatus | None, Meta(description="Where the parcel is.")]
    status_at: Moment | None
    scans: Annotated[list[ScanResource], Meta(description="Oldest first.")]
    failure: Annotated[str | None, Meta(description="Why no parcel came of it.")]
    created_at: Moment
    updated_at: Moment
    links: ShipmentLinks = field(name="_links")

    @classmethod
    def of(cls, shipment: ShipmentView) -> ShipmentResource:
        """A shipment."""
        return cls(
            id=shipment.id,
            order_id=shipment.order_id,
            order=shipment.order,
            carrier=shipment.carrier,
            direction=shipment.direction,
            reference=shipment.reference,
            step=shipment.step,
            courier=shipment.courier,
            awb=shipment.awb,
            tracking_url=shipment.tracking_url,
            cost=Amount.of(shipment.cost) if shipment.cost else None,
            label_url=shipment.label_url,
            manifest_url=shipment.manifest_url,
            invoice_url=shipment.invoice_url,
            pickup_at=shipment.pickup_at,
            expected_at=shipment.expected_at,
            status=shipment.status,
            status_at=shipment.status_at,
            scans=[ScanResource.of(each) for each in shipment.scans],
            failure=shipment.failure,
            created_at=shipment.created_at,
            updated_at=shipment.updated_at,
            links=ShipmentLinks(order=links.admin_order(shipment.order)),
        )


class ParcelResource(Resource):
    """A parcel on its way, as its buyer sees it."""

    direction: Direction
    courier: str
    awb: str
    tracking_url: Annotated[str | None, Meta(description="The courier's public page.")]
    status: Annotated[ParcelStatus | None, Meta(description="Where it is.")]
    expected_at: Moment | None
    scans: Annotated[list[ScanResource], Meta(description="Oldest first.")]

    @classmethod
    def of(cls, parcel: TrackedParcel) -> ParcelResource:
        """A parcel."""
        return cls(
            direction=parcel.direction,
            courier=parcel.courier,
            awb=parcel.awb,
            tracking_url=parcel.tracking_url,
            status=parcel.status,
            expected_at=parcel.expected_at,
            scans=[ScanResource.of(each) for each in parcel.scans],
        )


class TrackingLinks(Resource):
    """The order that is tracked."""

    order: Href


class TrackingResource(Resource):
    """Where the shoes of an order are."""

    order: Annotated[str, Meta(description="The order number.", examples=["IS-2026-000042"])]
    fulfillment_status: FulfillmentStatus
    parcels: Annotated[list[ParcelResource], Meta(description="The oldest first; none before a courier was booked.")]
    links: TrackingLinks = field(name="_links")

    @classmethod
    def of(cls, tracking: OrderTracking) -> TrackingResource:
        """The parcels of an order."""
        return cls(
            order=tracking.order,
            fulfillment_status=tracking.fulfillment_status,
            parcels=[ParcelResource.of(each) for each in tracking.parcels],
            links=TrackingLinks(order=links.order(tracking.order)),
        )


class ReturnLinks(Resource):
    """The order that comes back, and where its parcel is seen."""

    order: Href
    tracking: Href


class ReturnResource(Resource):
    """A parcel that is to be fetched from the buyer."""

    id: UUID
    order: Annotated[str, Meta(description="The order number.", examples=["IS-2026-000042"])]
    requested_at: Moment
    links: ReturnLinks = field(name="_links")

    @classmethod
    def of(cls, shipment: ShipmentView) -> ReturnResource:
        """A return that was asked for."""
        here = links.order(shipment.order)
        return cls(
            id=shipment.id,
            order=shipment.order,
            requested_at=shipment.created_at,
            links=ReturnLinks(order=here, tracking=f"{here}/tracking"),
        )
