"""Where a parcel is, in Shiprocket's shapes: one, a list, a map; and what it says when it doesn't know."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.shiprocket.account import ShiprocketAccountHolder

AAHH = "Aahh! There is no activities found in our DB. Please have some patience it will be updated soon."


def test_before_the_first_scan_patience_is_asked_for(shiprocket: ShiprocketAccountHolder) -> None:
    """With 200; also for what nobody knows."""
    order = shiprocket.send()

    for path in (f"awb/{order['awb']}", f"shipment/{order['shipment_id']}", "awb/404", "shipment/x"):
        told = shiprocket.ask("GET", f"/courier/track/{path}")["tracking_data"]
        assert (told["track_status"], told["error"]) == (0, AAHH)
        assert (told["shipment_status"], told["shipment_track_activities"], told["track_url"]) == (0, None, "")
        assert told["shipment_track"][0]["awb_code"] == ""


def test_activities_are_told_newest_first(shiprocket: ShiprocketAccountHolder) -> None:
    """In the documented shape; codes are texts, or "NA"."""
    order = shiprocket.send()
    shiprocket.moment.now += 60
    shiprocket.advance("SC-1001", 5)

    told = shiprocket.ask("GET", f"/courier/track/awb/{order['awb']}")["tracking_data"]

    activities = told.pop("shipment_track_activities")
    assert [each["sr-status"] for each in activities] == ["18", "NA", "6", "42", "19", "5"]
    assert activities[0] == {
        "date": "2026-05-04 12:02:33",
        "status": "X-DLL2F",
        "activity": "In Transit - Bag Added To Trip",
        "location": "Bengaluru_Hub (Karnataka)",
        "sr-status": "18",
        "sr-status-label": "IN TRANSIT",
    }
    assert told == {
        "track_status": 1,
        "shipment_status": 18,
        "shipment_track": [
            {
                "id": order["shipment_id"],
                "awb_code": order["awb"],
                "courier_company_id": 43,
                "shipment_id": order["shipment_id"],
                "order_id": order["order_id"],
                "pickup_date": "2026-05-04 12:02:33",
                "delivered_date": "",
                "weight": "1.20",
                "packages": 1,
                "current_status": "IN TRANSIT",
                "delivered_to": "Agra",
                "destination": "Agra",
                "consignee_name": "Asha",
                "origin": "Bengaluru",
                "courier_agent_details": None,
                "courier_name": "Delhivery Surface",
                "edd": None,
                "pod": "Not Available",
                "pod_status": "",
            }
        ],
        "track_url": f"https://shiprocket.co//tracking/{order['awb']}",
        "etd": "2026-05-09 19:00:00",
        "qc_response": {"qc_image": "", "qc_failed_reason": ""},
        "is_return": False,
    }


def test_by_parcel_by_order_and_several_at_once(shiprocket: ShiprocketAccountHolder) -> None:
    """An object, a list and a map."""
    order = shiprocket.send()
    shiprocket.advance("SC-1001", 9)

    one = shiprocket.ask("GET", f"/courier/track/awb/{order['awb']}")
    by_parcel = shiprocket.ask("GET", f"/courier/track/shipment/{order['shipment_id']}")
    by_order = shiprocket.ask("GET", "/courier/track?order_id=SC-1001&channel_id=3422000")
    several = shiprocket.ask("POST", "/courier/track/awbs", {"awbs": [order["awb"], "404"]})
    nobody = shiprocket.ask("POST", "/courier/track/awbs", {"awbs": ["404"]})

    assert one["tracking_data"]["shipment_status"] == 7
    assert one["tracking_data"]["shipment_track"][0]["delivered_date"] == "2026-05-04 12:01:33"
    assert by_parcel == one
    assert by_order == [one]
    assert several == {order["awb"]: one}
    assert nobody == {}


@pytest.mark.parametrize("awbs", [[], ["1"] * 51])
def test_one_to_fifty_at_once(shiprocket: ShiprocketAccountHolder, awbs: list[str]) -> None:
    """422."""
    shiprocket.ask("POST", "/courier/track/awbs", {"awbs": awbs}, status=422)


def test_without_an_awb_it_is_404(shiprocket: ShiprocketAccountHolder) -> None:
    """Another address."""
    answer = shiprocket.ask("GET", "/courier/track/awb/", status=404)

    assert answer == {"message": "404 Not Found", "status_code": 404}
