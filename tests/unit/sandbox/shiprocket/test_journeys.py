"""Parcels go the way that was chosen for them, in both of Shiprocket's numberings, and the shop hears of it."""

from __future__ import annotations

import asyncio

import pytest

from sandbox.kit.webhooks import WebhookSender
from sandbox.shiprocket.entities import Shipment
from sandbox.shiprocket.journeys import STEPS
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.statuses import ORDER_LABELS, SHIPMENT_LABELS
from sandbox.shiprocket.traffic import Traffic
from tests.unit.sandbox.shiprocket.account import Json, ShiprocketAccountHolder, a_return

BROUGHT = [5, 19, 42, 6, 18, 18, 38, 17]
JOURNEYS = {
    "delivered": [*BROUGHT, 7],
    "ndr_then_delivered": [*BROUGHT, 21, 17, 7],
    "rto": [*BROUGHT, 21, 17, 21, 9, 46, 41, 10, 14],
    "lost": [5, 19, 42, 6, 18, 18, 12],
}
ALL = 20


def shipment_codes(told: list[Json]) -> list[int]:
    return [each["shipment_status_id"] for each in told]


def test_every_state_has_a_label_in_both_tables() -> None:
    """Webhooks need both."""
    assert {each.shipment for each in STEPS.values()} <= SHIPMENT_LABELS.keys()
    assert {code for each in STEPS.values() for code in (each.order, each.order_of_return)} <= ORDER_LABELS.keys()


@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_parcel_goes_the_chosen_way_to_its_end(shiprocket: ShiprocketAccountHolder, journey: str) -> None:
    """Chosen by the order's reference before there is an order; each step is told."""
    shiprocket.control("POST", "/journeys", {"parcel": "SC-1001", "journey": journey}, status=204)
    shiprocket.send()

    end = shiprocket.advance("SC-1001", ALL)

    assert shipment_codes(shiprocket.told()) == JOURNEYS[journey]
    assert end["ahead"] == []


def test_without_a_choice_it_goes_the_usual_way(shiprocket: ShiprocketAccountHolder) -> None:
    """Which can be changed; what was chosen for one parcel is stronger."""
    shiprocket.control("PATCH", "/settings", {"journey": "lost"})
    shiprocket.control("POST", "/journeys", {"parcel": "SC-1002", "journey": "delivered"}, status=204)
    shiprocket.send("SC-1001")
    shiprocket.send("SC-1002")

    assert shiprocket.advance("SC-1001", ALL)["status"] == 12
    assert shiprocket.advance("SC-1002", ALL)["status"] == 7


def test_a_parcel_under_way_turns_off(shiprocket: ShiprocketAccountHolder) -> None:
    """Chosen by its AWB; what it has passed stays."""
    awb = shiprocket.send()["awb"]
    shiprocket.advance(awb, 8)

    shiprocket.control("POST", "/journeys", {"parcel": awb, "journey": "ndr_then_delivered"}, status=204)
    shiprocket.advance(awb, ALL)
    shiprocket.control("POST", "/journeys", {"parcel": awb, "journey": "rto"}, status=204)

    assert shiprocket.advance(awb, ALL)["status"] == 7
    assert shipment_codes(shiprocket.told()) == JOURNEYS["ndr_then_delivered"]


def test_the_webhook_has_the_documented_body(shiprocket: ShiprocketAccountHolder) -> None:
    """Statuses of both tables, Indian time, scans oldest first and not all of them with a code."""
    order = shiprocket.send(channel_id=3422000)
    shiprocket.moment.now += 60

    shiprocket.advance("SC-1001", 8)

    told = shiprocket.told()[-1]
    scans = told.pop("scans")
    assert told == {
        "awb": order["awb"],
        "courier_name": "Delhivery Surface",
        "current_status": "OUT FOR DELIVERY",
        "current_status_id": 19,
        "shipment_status": "OUT FOR DELIVERY",
        "shipment_status_id": 17,
        "current_timestamp": "04 05 2026 12:02:33",
        "order_id": "SC-1001",
        "sr_order_id": order["order_id"],
        "awb_assigned_date": "2026-05-04 12:01:33",
        "pickup_scheduled_date": "2026-05-05 14:00:00",
        "etd": "2026-05-09 19:00:00",
        "is_return": 0,
        "channel_id": 3422000,
        "pod_status": "OTP Based Delivery",
        "pod": "Not Available",
        "qc_image": "",
        "qc_failure_reason": "",
    }
    assert [each["sr-status"] for each in scans] == ["5", "19", "42", "6", "NA", "18", "18", "38", "NA", "17"]
    assert scans[2] == {
        "date": "2026-05-04 12:02:33",
        "status": "X-PPOM",
        "activity": "In Transit - Shipment picked up",
        "location": "Bengaluru_Hub (Karnataka)",
        "sr-status": "42",
        "sr-status-label": "PICKED UP",
    }


def test_a_return_has_order_statuses_of_its_own(shiprocket: ShiprocketAccountHolder) -> None:
    """And the same shipment statuses; it starts at the customer's."""
    created = shiprocket.ask("POST", "/orders/create/return", a_return())
    shiprocket.assign(created)
    shiprocket.ask("POST", "/courier/generate/pickup", {"shipment_id": [created["shipment_id"]]})

    shiprocket.advance("SC-1001-RET", ALL)

    told = shiprocket.told()
    assert [each["current_status_id"] for each in told] == [28, 47, 32, 25, 25, 25, 25, 48, 26]
    assert shipment_codes(told) == JOURNEYS["delivered"]
    assert {each["is_return"] for each in told} == {1}
    assert told[-1]["scans"][0]["location"] == "Agra_Hub (Uttar Pradesh)"
    assert told[-1]["scans"][-1]["location"] == "Bengaluru_Hub (Karnataka)"


def test_nothing_moves_before_the_pickup_is_scheduled(shiprocket: ShiprocketAccountHolder) -> None:
    """An AWB alone brings nobody."""
    shiprocket.assign(shiprocket.order())

    assert shiprocket.advance("SC-1001", ALL)["scans"] == []


def test_the_panels_test_is_about_no_parcel(shiprocket: ShiprocketAccountHolder) -> None:
    """A shop has to bear it."""
    shiprocket.control("POST", "/webhooks/test", status=204)

    assert [each["awb"] for each in shiprocket.told()] == [""]


def test_an_undelivered_parcel_is_listed_and_sent_back_on_demand(shiprocket: ShiprocketAccountHolder) -> None:
    """202, in the documented words; from there it goes back at once."""
    shiprocket.control("PATCH", "/settings", {"journey": "ndr_then_delivered"})
    awb = shiprocket.send()["awb"]
    shiprocket.advance(awb, 9)

    (row,) = shiprocket.ask("GET", "/ndr/all")["data"]
    wish = {"action": "return", "comments": "the customer has moved"}
    answer = shiprocket.ask("POST", f"/ndr/{awb}/action", wish, status=202)
    shiprocket.advance(awb, ALL)

    assert (row["awb_code"], row["status"], row["status_code"], row["attempts"]) == (awb, "UNDELIVERED", 36, 1)
    assert row["reason"] == "Consignee unavailable"
    assert answer == {"status": "Data Updated Sucessfully"}
    assert shipment_codes(shiprocket.told())[9:] == [9, 46, 41, 10, 14]
    assert shiprocket.ask("GET", "/ndr/all")["data"] == []
    assert shiprocket.ask("GET", f"/ndr/{awb}")["data"][0]["history"][0]["comment"] == "return: the customer has moved"


def test_another_attempt_is_what_comes_anyway(shiprocket: ShiprocketAccountHolder) -> None:
    """And only for a parcel that could not be delivered."""
    shiprocket.control("PATCH", "/settings", {"journey": "ndr_then_delivered"})
    awb = shiprocket.send()["awb"]
    wish = {"action": "re-attempt", "comments": "after five"}

    shiprocket.ask("POST", f"/ndr/{awb}/action", wish, status=400)
    shiprocket.advance(awb, 9)
    shiprocket.ask("POST", f"/ndr/{awb}/action", wish | {"action": "burn"}, status=422)
    shiprocket.ask("POST", "/ndr/404/action", wish, status=404)
    shiprocket.ask("GET", "/ndr/404", status=404)
    shiprocket.ask("POST", f"/ndr/{awb}/action", wish, status=202)

    assert shiprocket.advance(awb, ALL)["status"] == 7


@pytest.mark.anyio
async def test_parcels_travel_by_themselves(shiprocket: ShiprocketAccountHolder) -> None:
    """A step each so many seconds; also those that were under way when the sandbox started."""
    shiprocket.send("SC-1001")
    shiprocket.send("SC-1002")
    held = shiprocket.ledger.holdings()
    again = Ledger(past=[*held.orders, *held.shipments])
    arrived = asyncio.Event()

    def watch(_: Shipment | None, shipment: Shipment) -> None:
        if all(each.status == 7 for each in again.shipments()):
            arrived.set()

    again.listen(watch)
    sender = WebhookSender(None, sign=lambda event_id, body, at: {}, signature_header="x-api-key")
    async with asyncio.timeout(20), Traffic(again, sender, 0.001).running(shiprocket.client.app):
        await arrived.wait()

    assert len(sender.state().deliveries) == 2 * len(JOURNEYS["delivered"])
