"""The two numberings are never mixed up."""

from __future__ import annotations

import pytest

from adapters.shipping.shiprocket.statuses import Table, parcel_status
from domain.shipping.parcel import ParcelStatus


@pytest.mark.parametrize(
    ("code", "of_parcel", "of_order"),
    [
        (19, ParcelStatus.PICKUP_SCHEDULED, ParcelStatus.OUT_FOR_DELIVERY),
        (17, ParcelStatus.OUT_FOR_DELIVERY, ParcelStatus.RTO_DELIVERED),
        (18, ParcelStatus.IN_TRANSIT, None),
        (20, None, ParcelStatus.IN_TRANSIT),
        (9, ParcelStatus.RTO_INITIATED, None),
        (10, ParcelStatus.RTO_DELIVERED, None),
        (8, ParcelStatus.CANCELLED, None),
        (5, ParcelStatus.PICKUP_SCHEDULED, ParcelStatus.CANCELLED),
        (21, ParcelStatus.UNDELIVERED, None),
        (36, None, ParcelStatus.UNDELIVERED),
        (12, ParcelStatus.LOST, ParcelStatus.PICKUP_SCHEDULED),
        (33, None, ParcelStatus.LOST),
        (42, ParcelStatus.PICKED_UP, None),
        (51, ParcelStatus.PICKED_UP, ParcelStatus.PICKED_UP),
        (46, ParcelStatus.RTO_IN_TRANSIT, ParcelStatus.RTO_IN_TRANSIT),
        (16, None, ParcelStatus.RTO_DELIVERED),
        (7, ParcelStatus.DELIVERED, ParcelStatus.DELIVERED),
    ],
)
def test_a_number_means_what_its_table_says(
    code: int, of_parcel: ParcelStatus | None, of_order: ParcelStatus | None
) -> None:
    """The same number, another thing."""
    assert (parcel_status(Table.SHIPMENT, code, None), parcel_status(Table.ORDER, code, None)) == (of_parcel, of_order)


def test_the_usual_journey_goes_forward() -> None:
    """As its scans come, by the table of parcels."""
    journey = [parcel_status(Table.SHIPMENT, code, None) for code in (1, 5, 19, 42, 6, 18, 38, 17, 21, 17, 7)]

    assert journey == [
        ParcelStatus.BOOKED,
        ParcelStatus.PICKUP_SCHEDULED,
        ParcelStatus.PICKUP_SCHEDULED,
        ParcelStatus.PICKED_UP,
        ParcelStatus.IN_TRANSIT,
        ParcelStatus.IN_TRANSIT,
        ParcelStatus.IN_TRANSIT,
        ParcelStatus.OUT_FOR_DELIVERY,
        ParcelStatus.UNDELIVERED,
        ParcelStatus.OUT_FOR_DELIVERY,
        ParcelStatus.DELIVERED,
    ]


@pytest.mark.parametrize("table", Table)
@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("OUT FOR DELIVERY", ParcelStatus.OUT_FOR_DELIVERY),
        ("Out_For_Delivery", ParcelStatus.OUT_FOR_DELIVERY),
        ("RTO_OFD", ParcelStatus.RTO_IN_TRANSIT),
        ("RTO IN-TRANSIT", ParcelStatus.RTO_IN_TRANSIT),
        ("CANCELED", ParcelStatus.CANCELLED),
        ("Cancelled", ParcelStatus.CANCELLED),
        ("RETURN PICKED UP", ParcelStatus.PICKED_UP),
        ("QC FAILED", None),
        ("", None),
        ("x" * 100_000, None),
    ],
)
def test_without_a_number_the_label_decides(table: Table, label: str, status: ParcelStatus | None) -> None:
    """In any spelling, the same in both tables."""
    assert parcel_status(table, None, label) is status
    assert parcel_status(table, 999, label) is status


def test_a_number_is_not_overruled_by_its_label() -> None:
    """16 is a cancellation that was only asked for."""
    assert parcel_status(Table.SHIPMENT, 16, "CANCELED") is None
    assert parcel_status(Table.SHIPMENT, 17, "DELIVERED") is ParcelStatus.OUT_FOR_DELIVERY
