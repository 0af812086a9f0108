"""Shipments to test with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from domain.money import Money
from domain.ordering.order import Order
from domain.shipping.booking import Direction
from domain.shipping.journey import ParcelNews
from domain.shipping.parcel import ParcelStatus, Scan
from domain.shipping.shipment import Shipment
from tests.builders.identities import fresh_id
from tests.builders.moments import NOW
from tests.builders.orders import a_waybill


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentBuilder:
    """Starts with an outbound parcel of which nobody knows yet."""

    id: UUID = field(default_factory=fresh_id)
    order_id: UUID = field(default_factory=fresh_id)
    order: str = "IS-2026-000001"
    carrier: str = "shiprocket"
    direction: Direction = Direction.OUTBOUND
    requested_at: datetime = NOW
    steps: tuple[Callable[[Shipment], object], ...] = ()

    def of(self, order: Order) -> ShipmentBuilder:
        """Of that order."""
        return replace(self, order_id=order.id, order=order.ext_id)

    def carried_by(self, carrier: str) -> ShipmentBuilder:
        """By another carrier."""
        return replace(self, carrier=carrier)

    def going_back(self) -> ShipmentBuilder:
        """From the customer to the workshop."""
        return replace(self, direction=Direction.RETURN)

    def requested(self, at: datetime) -> ShipmentBuilder:
        """At that moment."""
        return replace(self, requested_at=at)

    def announced(self) -> ShipmentBuilder:
        """Then the carrier knew of it."""

        def announce(shipment: Shipment) -> None:
            tail = shipment.id.hex[-12:]
            shipment.announce(
                reference=f"{shipment.reference}-R1",
                provider_order_id=f"order-{tail}",
                provider_shipment_id=f"shipment-{tail}",
                at=shipment.updated_at,
            )

        return self.then(announce)

    def awaiting_awb(self) -> ShipmentBuilder:
        """Then somebody had to type the air waybill."""
        return self.announced().then(lambda shipment: shipment.await_awb(shipment.updated_at))

    def assigned(self, awb: str | None = None) -> ShipmentBuilder:
        """Then it had a courier."""

        def assign(shipment: Shipment) -> None:
            shipment.choose("43", shipment.updated_at)
            shipment.assign(a_waybill(awb or f"AWB{shipment.id.hex[-12:]}"), Money(9_640), shipment.updated_at)

        return self.announced().then(assign)

    def booked(self, awb: str | None = None) -> ShipmentBuilder:
        """Then the courier was on the way, and the papers were there."""

        def book(shipment: Shipment) -> None:
            papers = f"https://papers.example/{shipment.reference}"
            shipment.book(
                pickup_at=shipment.updated_at + timedelta(days=1),
                label_url=f"{papers}/label.pdf",
                manifest_url=f"{papers}/manifest.pdf",
                invoice_url=f"{papers}/invoice.pdf",
                at=shipment.updated_at,
            )

        return self.assigned(awb).then(book)

    def at(self, *statuses: ParcelStatus) -> ShipmentBuilder:
        """Then it was there, one after the other."""
        builder = self
        for status in statuses:
            builder = builder.then(partial(_hear, status))
        return builder

    def failed(self, reason: str = "no courier goes there") -> ShipmentBuilder:
        """Then nothing came of it."""
        return self.then(lambda shipment: shipment.fail(reason, shipment.updated_at))

    def cancelled(self) -> ShipmentBuilder:
        """Then it was called off."""
        return self.then(lambda shipment: shipment.cancel(shipment.updated_at))

    def then(self, step: Callable[[Shipment], object]) -> ShipmentBuilder:
        """Then that happened to it, a minute later."""

        def a_minute_later(shipment: Shipment) -> None:
            shipment.updated_at += timedelta(minutes=1)
            step(shipment)

        return replace(self, steps=(*self.steps, a_minute_later))

    def build(self) -> Shipment:
        """The shipment, not added yet: it has its events still to tell."""
        shipment = Shipment.request(
            id=self.id,
            order_id=self.order_id,
            order=self.order,
            carrier=self.carrier,
            direction=self.direction,
            reference=f"{self.order}-{self.id.hex[-6:]}",
            at=self.requested_at,
        )
        for step in self.steps:
            step(shipment)
        return shipment


def a_shipment() -> ShipmentBuilder:
    """A parcel to the customer that is to be booked."""
    return ShipmentBuilder()


def news(
    status: ParcelStatus | None, at: datetime = NOW, *scans: Scan, expected_at: datetime | None = None
) -> ParcelNews:
    """What a carrier says of a parcel."""
    return ParcelNews(status, at, scans, expected_at)


def _hear(status: ParcelStatus, shipment: Shipment) -> None:
    at = shipment.updated_at
    scan = Scan(at, status, f"Scanned: {status}", "Bengaluru Hub (Karnataka)")
    shipment.follow(ParcelNews(status, at, (scan,), at + timedelta(days=4)), at)
