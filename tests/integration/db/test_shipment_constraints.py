"""What one row of a shipment can state is stated by the database."""

from __future__ import annotations

from typing import Final

import asyncpg
import pytest

from adapters.db.engine import Database
from domain.shipping.parcel import ParcelStatus
from tests.builders import a_shipment, an_order
from tests.integration.db.direct import Direct

pytestmark = pytest.mark.anyio

# A change that a mistake of ours, or somebody at a console, could make; and the rule against it.
BROKEN: Final = {
    "ck_shipment_order_number_pattern": "UPDATE shipment SET order_number = '1'",
    "ck_shipment_carrier_pattern": "UPDATE shipment SET carrier = 'Ship Rocket'",
    "ck_shipment_reference_pattern": "UPDATE shipment SET reference = ''",
    "ck_shipment_awb_pattern": "UPDATE shipment SET awb = 'AWB 1'",
    "ck_shipment_tracking_url_pattern": "UPDATE shipment SET tracking_url = 'javascript:alert(1)'",
    "ck_shipment_direction_known": "UPDATE shipment SET direction = 'SIDEWAYS'",
    "ck_shipment_step_known": "UPDATE shipment SET step = 'SENT'",
    "ck_shipment_status_known": "UPDATE shipment SET status = 'SOMEWHERE'",
    "ck_shipment_currency_is_inr": "UPDATE shipment SET currency = 'EUR'",
    "ck_shipment_cost_not_negative": "UPDATE shipment SET cost = -1",
    "ck_shipment_cost_whole": "UPDATE shipment SET currency = NULL",
    "ck_shipment_announced_is_named": "UPDATE shipment SET provider_shipment_id = NULL",
    "ck_shipment_waybill_whole": "UPDATE shipment SET courier = NULL",
    "ck_shipment_assigned_has_awb": "UPDATE shipment SET awb = NULL, courier = NULL, tracking_url = NULL, "
    "status = NULL, status_at = NULL",
    "ck_shipment_tracked_by_awb": "UPDATE shipment SET step = 'ANNOUNCED', awb = NULL, courier = NULL, "
    "status = NULL, status_at = NULL",
    "ck_shipment_followed_by_awb": "UPDATE shipment SET step = 'ANNOUNCED', awb = NULL, courier = NULL, "
    "tracking_url = NULL",
    "ck_shipment_status_has_moment": "UPDATE shipment SET status_at = NULL",
    "ck_shipment_rto_has_turned_back": "UPDATE shipment SET status = 'RTO_DELIVERED'",
    "ck_shipment_delivered_not_turned_back": "UPDATE shipment SET status = 'DELIVERED', turned_back = true",
    "ck_shipment_failed_for_a_reason": "UPDATE shipment SET failure = 'none'",
    "ck_shipment_cancelled_by_carrier_failed": "UPDATE shipment SET status = 'CANCELLED'",
    "ck_shipment_cancelled_before_pickup": "UPDATE shipment SET step = 'CANCELLED'",
    "ck_shipment_scans_limited": "UPDATE shipment SET scans = (SELECT jsonb_agg(n) FROM generate_series(1, 101) n)",
    "fk_shipment_order_id": "UPDATE shipment SET order_id = id",
    "uq_shipment_carrier_reference": "UPDATE shipment SET reference = 'the same'",
    "uq_shipment_carrier_awb": "UPDATE shipment SET awb = 'AWB-1'",
    "uq_shipment_order_id_direction": "UPDATE shipment SET direction = 'OUTBOUND'",
}


@pytest.fixture
async def parcels(database: Database) -> None:
    """A parcel on its way, and one on its way back."""
    order = an_order().paid().delivered().build()
    async with database.begin() as tx:
        await tx.orders.add(order)
        await tx.shipments.add(a_shipment().of(order).booked().at(ParcelStatus.PICKED_UP).build())
        await tx.shipments.add(a_shipment().of(order).going_back().booked().at(ParcelStatus.PICKED_UP).build())


@pytest.mark.usefixtures("parcels")
@pytest.mark.parametrize(("rule", "change"), BROKEN.items(), ids=BROKEN)
async def test_no_row_breaks_a_rule(direct: Direct, rule: str, change: str) -> None:
    """Whoever writes it, by whatever way."""
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refusal:
        await direct.do(change)

    assert refusal.value.constraint_name == rule


async def test_every_rule_is_tried(direct: Direct) -> None:
    """But for the key."""
    rules = await direct.rows(
        "SELECT conname FROM pg_constraint WHERE conrelid = 'shipment'::regclass AND contype <> 'n'"
    )

    assert {name for (name,) in rules} - {"pk_shipment"} <= BROKEN.keys()
