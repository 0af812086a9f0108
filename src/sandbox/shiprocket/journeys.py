"""The ways that parcels go, step by step, in both numberings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sandbox.shiprocket.entities import JourneyName, StepName

Place = Literal["origin", "on the way", "destination"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step makes of a parcel (SHIPMENT table) and of its order (ORDER table; another for a return).

    `remarks` are scans in the courier's own words that Shiprocket makes nothing of; the last
    scan of a step is the one that counts.
    """

    shipment: int
    order: int
    order_of_return: int
    place: Place
    status: str
    activity: str
    remarks: tuple[tuple[str, str], ...] = ()


STEPS: Final[dict[StepName, Step]] = {
    "manifested": Step(
        shipment=5,
        order=4,
        order_of_return=28,
        place="origin",
        status="X-UCI",
        activity="Manifested - Manifest uploaded",
    ),
    "out_for_pickup": Step(
        shipment=19,
        order=34,
        order_of_return=47,
        place="origin",
        status="X-DDD1OFP",
        activity="Manifested - Out for Pickup",
    ),
    "picked_up": Step(
        shipment=42,
        order=51,
        order_of_return=32,
        place="origin",
        status="X-PPOM",
        activity="In Transit - Shipment picked up",
    ),
    "shipped": Step(
        shipment=6,
        order=6,
        order_of_return=25,
        place="origin",
        status="X-PIOM",
        activity="In Transit - Shipment received at origin center",
    ),
    "left_origin": Step(
        shipment=18,
        order=20,
        order_of_return=25,
        place="origin",
        status="X-DLL2F",
        activity="In Transit - Bag Added To Trip",
        remarks=(("X-DBL1F", "In Transit - Added to Bag"),),
    ),
    "in_transit": Step(
        shipment=18,
        order=20,
        order_of_return=25,
        place="on the way",
        status="X-DLL1F",
        activity="In Transit - Trip Arrived",
    ),
    "reached_hub": Step(
        shipment=38,
        order=43,
        order_of_return=25,
        place="destination",
        status="X-IBD3F",
        activity="Pending - Shipment Received at Facility",
    ),
    "out_for_delivery": Step(
        shipment=17,
        order=19,
        order_of_return=48,
        place="destination",
        status="X-DDD3FD",
        activity="Dispatched - Out for delivery",
        remarks=(("X-SC", "Pending - Call placed to consignee"),),
    ),
    "delivered": Step(
        shipment=7,
        order=7,
        order_of_return=26,
        place="destination",
        status="EOD-38",
        activity="Delivered - Delivered to consignee",
    ),
    "undelivered": Step(
        shipment=21,
        order=36,
        order_of_return=50,
        place="destination",
        status="EOD-11",
        activity="Pending - Consignee unavailable",
    ),
    "rto_initiated": Step(
        shipment=9,
        order=15,
        order_of_return=15,
        place="destination",
        status="DTUP-205",
        activity="RTO Initiated - Maximum attempts reached",
    ),
    "rto_in_transit": Step(
        shipment=46,
        order=55,
        order_of_return=55,
        place="on the way",
        status="RT-101",
        activity="RTO In Transit - Trip Arrived",
    ),
    "rto_out_for_delivery": Step(
        shipment=41,
        order=45,
        order_of_return=45,
        place="origin",
        status="RT-108",
        activity="RTO - Out for delivery to the shipper",
    ),
    "rto_delivered": Step(
        shipment=10,
        order=16,
        order_of_return=16,
        place="origin",
        status="RT-110",
        activity="RTO - Returned to the shipper",
    ),
    "rto_acknowledged": Step(
        shipment=14,
        order=17,
        order_of_return=17,
        place="origin",
        status="RT-111",
        activity="RTO - Acknowledged by the shipper",
    ),
    "lost": Step(
        shipment=12,
        order=33,
        order_of_return=33,
        place="on the way",
        status="LT-100",
        activity="Lost - Shipment can not be traced",
    ),
}

_SENT: Final[tuple[StepName, ...]] = (
    "manifested",
    "out_for_pickup",
    "picked_up",
    "shipped",
    "left_origin",
    "in_transit",
)
_BROUGHT: Final[tuple[StepName, ...]] = (*_SENT, "reached_hub", "out_for_delivery")
BACK_TO_SENDER: Final[tuple[StepName, ...]] = (
    "rto_initiated",
    "rto_in_transit",
    "rto_out_for_delivery",
    "rto_delivered",
    "rto_acknowledged",
)
_JOURNEYS: Final[dict[JourneyName, tuple[StepName, ...]]] = {
    "delivered": (*_BROUGHT, "delivered"),
    "ndr_then_delivered": (*_BROUGHT, "undelivered", "out_for_delivery", "delivered"),
    "rto": (*_BROUGHT, "undelivered", "out_for_delivery", "undelivered", *BACK_TO_SENDER),
    "lost": (*_SENT, "lost"),
}


def steps_of(journey: JourneyName, passed: int = 0) -> tuple[StepName, ...]:
    """What is ahead of a parcel that has done so many steps; all journeys begin alike."""
    return _JOURNEYS[journey][passed:]
