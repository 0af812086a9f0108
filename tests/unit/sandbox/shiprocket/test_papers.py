"""Pickups, labels, manifests and invoices, with Shiprocket's shapes and its ways to say that there is none."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.shiprocket.account import Json, ShiprocketAccountHolder


def scheduled(holder: ShiprocketAccountHolder, order: Json, *, status: int = 200, **fields: object) -> Json:
    body = {"shipment_id": [order["shipment_id"]], **fields}
    answer: Json = holder.ask("POST", "/courier/generate/pickup", body, status=status)
    return answer


def test_a_pickup_is_confirmed(shiprocket: ShiprocketAccountHolder) -> None:
    """In the documented shape, where `others` is JSON in a text; the order says so."""
    order = shiprocket.order()
    awb = shiprocket.assign(order, 43)["awb_code"]

    answer = scheduled(shiprocket, order)

    told = answer["response"]
    assert answer["pickup_status"] == 1
    assert isinstance(told.pop("others"), str)
    assert told == {
        "pickup_scheduled_date": "2026-05-05 14:00:00",
        "pickup_token_number": told["pickup_token_number"],
        "status": 3,
        "pickup_generated_date": {
            "date": "2026-05-04 12:01:33.120000",
            "timezone_type": 3,
            "timezone": "Asia/Kolkata",
        },
        "data": f"Pickup is confirmed by Delhivery Surface For AWB :- {awb}",
    }
    assert told["pickup_token_number"].startswith("Reference No: ")
    assert shiprocket.shown(order)["status"] == "PICKUP SCHEDULED"


def test_a_second_time_it_is_queued_already(shiprocket: ShiprocketAccountHolder) -> None:
    """400; with status "retry" it is scheduled anew."""
    order = shiprocket.send()

    again = scheduled(shiprocket, order, status=400)
    body = {"shipment_id": [order["shipment_id"]], "status": "retry", "pickup_date": ["2026-05-07"]}
    retried = shiprocket.ask("POST", "/courier/generate/pickup", body)

    assert again == {"message": "Already in Pickup Queue.", "status_code": 400}
    assert retried["response"]["pickup_scheduled_date"] == "2026-05-07 14:00:00"


@pytest.mark.parametrize(
    ("wished", "scheduled_for"),
    [
        (["2026-05-08"], "2026-05-08 14:00:00"),
        ("2026-05-08", "2026-05-08 14:00:00"),
        (["2026-05-10"], "2026-05-11 14:00:00"),
        (["2026-05-01"], "2026-05-05 14:00:00"),
    ],
)
def test_a_day_can_be_wished_for(shiprocket: ShiprocketAccountHolder, wished: object, scheduled_for: str) -> None:
    """Nobody comes on a Sunday, and nobody came yesterday."""
    order = shiprocket.order()
    shiprocket.assign(order)

    assert scheduled(shiprocket, order, pickup_date=wished)["response"]["pickup_scheduled_date"] == scheduled_for


def test_what_can_not_be_fetched(shiprocket: ShiprocketAccountHolder) -> None:
    """An unknown parcel, one without an AWB, several at once, on no day."""
    order = shiprocket.order()

    unknown = scheduled(shiprocket, {"shipment_id": 1}, status=400)
    without = scheduled(shiprocket, order, status=400)
    several = shiprocket.ask("POST", "/courier/generate/pickup", {"shipment_id": [1, 2]}, status=422)
    never = scheduled(shiprocket, order, pickup_date=["soon"], status=422)

    assert unknown == {"message": "Invalid shipment id", "status_code": 400}
    assert without["status_code"] == 400
    assert several["errors"]["shipment_id"]
    assert never["errors"]["pickup_date"]


def test_a_label_can_be_opened(shiprocket: ShiprocketAccountHolder) -> None:
    """As often as it is asked for, by whoever has the link."""
    order = shiprocket.send()
    body = {"shipment_id": [order["shipment_id"]]}

    answer = shiprocket.ask("POST", "/courier/generate/label", body)

    assert answer == {
        "label_created": 1,
        "label_url": answer["label_url"],
        "response": "Label has been created and uploaded successfully!",
        "not_created": [],
    }
    assert shiprocket.ask("POST", "/courier/generate/label", body) == answer
    document = shiprocket.client.get(answer["label_url"])
    assert document.headers["content-type"] == "application/pdf"
    assert document.content.startswith(b"%PDF-1.4")


def test_before_the_awb_there_is_no_label(shiprocket: ShiprocketAccountHolder) -> None:
    """With 200, and a map where else a list is; of an unknown parcel not even that."""
    order = shiprocket.order()

    without = shiprocket.ask("POST", "/courier/generate/label", {"shipment_id": [order["shipment_id"]]})
    unknown = shiprocket.ask("POST", "/courier/generate/label", {"shipment_id": [1]})

    none = {"label_created": 0, "response": "No valid shipment ids to print label"}
    assert without == none | {"not_created": {f"{order['shipment_id']}": "Shipment awb not found"}}
    assert unknown == none | {"not_created": []}


def test_the_ids_of_labels_stand_in_a_list(shiprocket: ShiprocketAccountHolder) -> None:
    """422."""
    answer = shiprocket.ask("POST", "/courier/generate/label", {"shipment_id": 1}, status=422)

    assert answer["message"] == "The shipment id must be an array."


def test_labels_and_invoices_in_one(shiprocket: ShiprocketAccountHolder) -> None:
    """With counts."""
    ready, waiting = shiprocket.send(), shiprocket.order("SC-1002")
    body = {"shipment_ids": [ready["shipment_id"], waiting["shipment_id"]]}

    answer = shiprocket.ask("POST", "/courier/generate/label-invoice", body)

    assert (answer["completed"], answer["success_count"], answer["error_count"]) == (True, 1, 1)
    assert answer["file_url"].endswith(".pdf")


def test_a_manifest_is_made_once(shiprocket: ShiprocketAccountHolder) -> None:
    """A second time is 400 and names the parcel; it can be printed again."""
    order = shiprocket.send()
    body = {"shipment_id": [order["shipment_id"]]}

    first = shiprocket.ask("POST", "/manifests/generate", body)
    second = shiprocket.ask("POST", "/manifests/generate", body, status=400)
    printed = shiprocket.ask("POST", "/manifests/print", {"order_ids": [order["order_id"]]})

    assert first == {"status": 1, "manifest_url": first["manifest_url"]}
    assert second == {
        "message": "Manifest already generated for some shipment_ids, Please try again after removin them",
        "status_code": 400,
        "already_manifested_shipment_ids": [order["shipment_id"]],
    }
    assert printed == {"manifest_url": first["manifest_url"]}


def test_what_is_not_scheduled_has_no_manifest(shiprocket: ShiprocketAccountHolder) -> None:
    """An empty URL; a scalar is PHP's 500."""
    order = shiprocket.order()
    shiprocket.assign(order)

    made = shiprocket.ask("POST", "/manifests/generate", {"shipment_id": [order["shipment_id"], 1]})
    printed = shiprocket.ask("POST", "/manifests/print", {"order_ids": [order["order_id"]]})
    scalar = shiprocket.ask("POST", "/manifests/print", {"order_ids": order["order_id"]}, status=500)

    assert made["manifest_url"] == printed["manifest_url"] == ""
    assert scalar == {"message": "Invalid argument supplied for foreach()", "status_code": 500}


def test_an_invoice_needs_an_order(shiprocket: ShiprocketAccountHolder) -> None:
    """And nothing else; without one it is 400."""
    order = shiprocket.order()

    made = shiprocket.ask("POST", "/orders/print/invoice", {"ids": [order["order_id"], 1]})
    none = shiprocket.ask("POST", "/orders/print/invoice", {"ids": [1]}, status=400)

    assert made == {"is_invoice_created": True, "invoice_url": made["invoice_url"], "not_created": [1]}
    assert none == {"is_invoice_created": False, "message": "Invoice could not be created", "not_created": []}
