"""Where a parcel is, in the shop's words and in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from domain.shipping.parcel import ParcelStatus, Scan
from ports.carrier import CarrierUnavailable, Tracking
from tests.unit.adapters.shipping.shiprocket_wire import AWB, Shiprocket, carrier_at, told

pytestmark = pytest.mark.anyio

PATH = f"/courier/track/awb/{AWB}"
PICKED_UP = {
    "date": "2026-12-02 18:02:00",
    "status": "X-PPOM",
    "activity": "In Transit - Shipment picked up",
    "location": "Agra_Hub (Uttar Pradesh)",
    "sr-status": "42",
    "sr-status-label": "PICKED UP",
}
IN_TRANSIT = {
    "date": "2026-12-03 03:12:00",
    "status": "X-DLL2F",
    "activity": "In Transit - Bag Added To Trip",
    "location": "Agra_GW (Uttar Pradesh)",
    "sr-status": "18",
    "sr-status-label": "IN TRANSIT",
}
TRACKED: dict[str, object] = {
    "track_status": 1,
    "shipment_status": 18,
    "shipment_track": [{"awb_code": AWB, "current_status": "IN TRANSIT", "edd": None}],
    "shipment_track_activities": [IN_TRANSIT, PICKED_UP],
    "track_url": f"https://shiprocket.co//tracking/{AWB}",
    "etd": "2026-12-06 19:28:00",
    "is_return": False,
}
FIRST = Scan(
    datetime(2026, 12, 2, 12, 32, tzinfo=UTC),
    ParcelStatus.PICKED_UP,
    "In Transit - Shipment picked up",
    "Agra_Hub (Uttar Pradesh)",
)
SECOND = Scan(
    datetime(2026, 12, 2, 21, 42, tzinfo=UTC),
    ParcelStatus.IN_TRANSIT,
    "In Transit - Bag Added To Trip",
    "Agra_GW (Uttar Pradesh)",
)
PATIENCE = "Aahh! There is no activities found in our DB. Please have some patience it will be updated soon."


async def track(**written: object) -> Tracking | None:
    """Where it is, when the answer holds that."""
    return await carrier_at(Shiprocket({PATH: told(200, {"tracking_data": TRACKED | written})})).track(AWB)


async def test_a_parcel_is_where_the_documented_answer_says() -> None:
    """Scans oldest first, times in UTC."""
    expected = Tracking(AWB, ParcelStatus.IN_TRANSIT, (FIRST, SECOND), datetime(2026, 12, 6, 13, 58, tzinfo=UTC))

    assert await track() == expected


@pytest.mark.parametrize(
    "written",
    [
        {"shipment_status": "18"},
        {"shipment_status": None},  # then by the label
        {"shipment_track_activities": [PICKED_UP, IN_TRANSIT]},
        {"shipment_track_activities": [IN_TRANSIT | {"sr-status": "NA"}, PICKED_UP | {"sr-status": 42}]},
        {"shipment_track_activities": [None, IN_TRANSIT, {"date": "yesterday"}, {}, PICKED_UP, 7]},
    ],
)
async def test_an_answer_may_be_written_in_several_ways(written: dict[str, object]) -> None:
    """Codes as texts or not at all, scans in disorder, lines that can't be read."""
    tracking = await track(**written)

    assert tracking is not None
    assert (tracking.status, tracking.scans) == (ParcelStatus.IN_TRANSIT, (FIRST, SECOND))


@pytest.mark.parametrize("etd", [None, "", "NA", "0000-00-00 00:00:00", "soon", 7, [], "9" * 5_000, "0001-01-01"])
async def test_a_day_of_arrival_that_is_none_is_none(etd: object) -> None:
    """There are many ways to say so."""
    tracking = await track(etd=etd)

    assert tracking is not None
    assert tracking.expected_at is None


@pytest.mark.parametrize(
    "nothing",
    [
        told(200, {"tracking_data": {"track_status": 0, "error": PATIENCE}}),
        told(
            200,
            {
                "tracking_data": {
                    "track_status": 0,
                    "shipment_status": 0,
                    "shipment_track": [{"id": 0, "awb_code": "", "current_status": "", "pickup_date": None}],
                    "shipment_track_activities": None,
                    "track_url": "",
                    "error": PATIENCE,
                }
            },
        ),
        told(404, {"message": "404 Not Found", "status_code": 404}),
    ],
)
async def test_before_the_first_scan_nothing_is_known(nothing: httpx.Response) -> None:
    """Patience is asked for in two forms."""
    assert await carrier_at(Shiprocket({PATH: nothing})).track(AWB) is None


async def test_a_status_that_moves_nothing_is_none_and_its_scan_is_kept() -> None:
    """A pickup that failed is tried again; people read about it."""
    error = PICKED_UP | {"sr-status": "13", "sr-status-label": "PICKUP ERROR", "activity": "Shop was closed"}

    tracking = await track(shipment_status=13, shipment_track_activities=[error])

    assert tracking is not None
    assert tracking.status is None
    assert [(scan.status, scan.text) for scan in tracking.scans] == [(None, "Shop was closed")]


async def test_texts_of_a_history_are_kept_short_and_printable() -> None:
    """They end up in our books and on our pages."""
    loud = PICKED_UP | {"activity": "up\x1b[31m\n" + "x" * 900, "location": ["Agra"]}

    tracking = await track(shipment_track_activities=[loud])

    assert tracking is not None
    (scan,) = tracking.scans
    assert scan.text.startswith("up[31mxxx")
    assert (len(scan.text), scan.location) == (200, "")


@pytest.mark.parametrize(
    "answer",
    [
        told(200, {"tracking_data": TRACKED | {"shipment_track": [{"awb_code": "1904990009999"}]}}),
        told(200, {"tracking_data": []}),
        told(200, {"tracking_data": TRACKED | {"shipment_track_activities": "none"}}),
        told(200, {}),
        told(200, raw=b"<html>"),
        told(500, {"message": "Server Error"}),
        httpx.ReadTimeout("read"),
    ],
)
async def test_what_makes_no_sense_is_no_answer(answer: httpx.Response | Exception) -> None:
    """Least of all where another parcel is."""
    with pytest.raises(CarrierUnavailable):
        await carrier_at(Shiprocket({PATH: answer})).track(AWB)


@pytest.mark.parametrize("awb", ["", "x", "../orders", "1904990001234?x=1", "1904990001234\n", "é" * 13, "1" * 51])
async def test_what_is_no_air_waybill_never_reaches_the_wire(awb: str) -> None:
    """It would be a path to somewhere else; nothing is known of it."""
    shiprocket = Shiprocket({})

    assert await carrier_at(shiprocket).track(awb) is None
    assert shiprocket.requests == []
