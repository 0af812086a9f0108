"""Shipments as rows."""

from __future__ import annotations

from datetime import datetime

from adapters.db.session import Row
from adapters.db.statements import Document, Values
from domain.money import Money
from domain.shipping.booking import BookingStep, Direction
from domain.shipping.parcel import ParcelStatus, Scan
from domain.shipping.shipment import Shipment
from domain.shipping.waybill import Waybill


def shipment_row(shipment: Shipment) -> Values:
    """Every column of `shipment` but the version."""
    waybill, cost = shipment.waybill, shipment.cost
    return {
        "id": shipment.id,
        "order_id": shipment.order_id,
        "order_number": shipment.order,
        "carrier": shipment.carrier,
        "direction": shipment.direction,
        "reference": shipment.reference,
        "step": shipment.step,
        "provider_order_id": shipment.provider_order_id,
        "provider_shipment_id": shipment.provider_shipment_id,
        "courier_id": shipment.courier_id,
        "awb": waybill.awb if waybill else None,
        "courier": waybill.courier if waybill else None,
        "tracking_url": waybill.tracking_url if waybill else None,
        "currency": cost.currency if cost is not None else None,
        "cost": cost.minor if cost is not None else None,
        "label_url": shipment.label_url,
        "manifest_url": shipment.manifest_url,
        "invoice_url": shipment.invoice_url,
        "pickup_at": shipment.pickup_at,
        "expected_at": shipment.expected_at,
        "status": shipment.status,
        "status_at": shipment.status_at,
        "turned_back": shipment.turned_back,
        "scans": [_scan_document(scan) for scan in shipment.scans],
        "failure": shipment.failure,
        "checked_at": shipment.checked_at,
        "created_at": shipment.created_at,
        "updated_at": shipment.updated_at,
    }


def shipment_of(row: Row) -> Shipment:
    """A shipment from its row."""
    return Shipment(
        id=row["id"],
        order_id=row["order_id"],
        order=row["order_number"],
        carrier=row["carrier"],
        direction=Direction(row["direction"]),
        reference=row["reference"],
        step=BookingStep(row["step"]),
        provider_order_id=row["provider_order_id"],
        provider_shipment_id=row["provider_shipment_id"],
        courier_id=row["courier_id"],
        waybill=Waybill(row["awb"], row["courier"], row["tracking_url"]) if row["awb"] else None,
        cost=Money(row["cost"], row["currency"]) if row["cost"] is not None else None,
        label_url=row["label_url"],
        manifest_url=row["manifest_url"],
        invoice_url=row["invoice_url"],
        pickup_at=row["pickup_at"],
        expected_at=row["expected_at"],
        status=ParcelStatus(row["status"]) if row["status"] else None,
        status_at=row["status_at"],
        turned_back=row["turned_back"],
        scans=tuple(_scan_of(scan) for scan in row["scans"]),
        failure=row["failure"],
        checked_at=row["checked_at"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        version=row["version"],
    )


def _scan_document(scan: Scan) -> Document:
    return {"at": scan.at.isoformat(), "status": scan.status, "text": scan.text, "location": scan.location}


def _scan_of(document: Document) -> Scan:
    status = document["status"]
    return Scan(
        datetime.fromisoformat(document["at"]),
        ParcelStatus(status) if status else None,
        document["text"],
        document["location"],
    )
