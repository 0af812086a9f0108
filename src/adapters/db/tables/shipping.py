"""Shipments."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint, or_
from sqlalchemy.dialects.postgresql import JSONB

from adapters.db.tables.metadata import METADATA, identity, in_rupees, matches, moment, one_of, text, version
from domain.shipping.booking import BookingStep, Direction
from domain.shipping.journey import MOST_SCANS, UNFOLLOWED
from domain.shipping.parcel import ParcelStatus

shipment: Final = Table(
    "shipment",
    METADATA,
    identity(),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
    text("order_number"),
    text("carrier"),
    text("direction"),
    text("reference"),
    text("step"),
    text("provider_order_id", nullable=True),
    text("provider_shipment_id", nullable=True),
    text("courier_id", nullable=True),
    text("awb", nullable=True),
    text("courier", nullable=True),
    text("tracking_url", nullable=True),
    text("currency", nullable=True),
    Column("cost", BigInteger),
    text("label_url", nullable=True),
    text("manifest_url", nullable=True),
    text("invoice_url", nullable=True),
    moment("pickup_at", nullable=True),
    moment("expected_at", nullable=True),
    text("status", nullable=True),
    moment("status_at", nullable=True),
    Column("turned_back", Boolean, nullable=False),
    Column("scans", JSONB, nullable=False),
    text("failure", nullable=True),
    moment("checked_at"),
    moment("created_at"),
    moment("updated_at"),
    version(),
    UniqueConstraint("carrier", "reference"),
    matches("order_number", "IS-[0-9]{4}-[0-9]{6,}"),
    matches("carrier", "[a-z0-9-]{1,30}"),
    matches("reference", ".{1,60}"),
    matches("awb", "[A-Za-z0-9][A-Za-z0-9-]{3,49}"),
    matches("tracking_url", r"https?://\S+"),
    one_of("direction", Direction),
    one_of("step", BookingStep),
    one_of("status", ParcelStatus),
    in_rupees(),
    CheckConstraint("cost >= 0", name="cost_not_negative"),
    CheckConstraint("num_nonnulls(cost, currency) <> 1", name="cost_whole"),
    CheckConstraint(
        "step IN ('REQUESTED', 'FAILED', 'CANCELLED') OR num_nulls(provider_order_id, provider_shipment_id) = 0",
        name="announced_is_named",
    ),
    CheckConstraint("(awb IS NULL) = (courier IS NULL)", name="waybill_whole"),
    CheckConstraint("awb IS NOT NULL OR tracking_url IS NULL", name="tracked_by_awb"),
    CheckConstraint("awb IS NOT NULL OR step NOT IN ('ASSIGNED', 'BOOKED')", name="assigned_has_awb"),
    CheckConstraint("awb IS NOT NULL OR status IS NULL", name="followed_by_awb"),
    CheckConstraint("(status IS NULL) = (status_at IS NULL)", name="status_has_moment"),
    CheckConstraint(
        "turned_back OR status NOT IN ('RTO_INITIATED', 'RTO_IN_TRANSIT', 'RTO_DELIVERED')", name="rto_has_turned_back"
    ),
    CheckConstraint("status <> 'DELIVERED' OR NOT turned_back", name="delivered_not_turned_back"),
    CheckConstraint("(step = 'FAILED') = (failure IS NOT NULL)", name="failed_for_a_reason"),
    CheckConstraint("status <> 'CANCELLED' OR step = 'FAILED'", name="cancelled_by_carrier_failed"),
    CheckConstraint("step <> 'CANCELLED' OR status IN ('BOOKED', 'PICKUP_SCHEDULED')", name="cancelled_before_pickup"),
    CheckConstraint(f"jsonb_array_length(scans) <= {MOST_SCANS}", name="scans_limited"),
)
# An order is on one way at a time.
Index(
    "uq_shipment_order_id_direction",
    shipment.c.order_id,
    shipment.c.direction,
    unique=True,
    postgresql_where=shipment.c.step.not_in(["FAILED", "CANCELLED"]),
)
Index(
    "uq_shipment_carrier_awb",
    shipment.c.carrier,
    shipment.c.awb,
    unique=True,
    postgresql_where=shipment.c.awb.is_not(None),
)
# Whom to ask about; see `ShipmentViews.silent`.
Index(
    "ix_shipment_checked_at",
    shipment.c.checked_at,
    shipment.c.id,
    postgresql_where=shipment.c.step.in_(["ASSIGNED", "BOOKED"])
    & or_(shipment.c.status.is_(None), shipment.c.status.not_in(sorted(UNFOLLOWED))),
)
