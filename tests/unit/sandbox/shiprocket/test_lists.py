"""Orders and parcels are found again: listed, searched, filtered, paged and shown in Shiprocket's shapes."""

from __future__ import annotations

from datetime import datetime

import pytest

from sandbox.shiprocket.moments import IST, ordinal_stamp
from tests.unit.sandbox.shiprocket.account import Json, ShiprocketAccountHolder, a_return


@pytest.fixture
def three(shiprocket: ShiprocketAccountHolder) -> ShiprocketAccountHolder:
    """With orders SC-1001 (sent), SC-1002 (new, COD) and SC-1003 (new, a day later)."""
    shiprocket.send("SC-1001")
    shiprocket.order("SC-1002", payment_method="COD")
    shiprocket.moment.now += 24 * 3600
    shiprocket.order("SC-1003")
    return shiprocket


def found(holder: ShiprocketAccountHolder, query: str) -> list[str]:
    """The references of a list of orders."""
    rows: list[Json] = holder.ask("GET", f"/orders?{query}")["data"]
    return [each["channel_order_id"] for each in rows]


@pytest.mark.parametrize(
    ("query", "references"),
    [
        ("", ["SC-1003", "SC-1002", "SC-1001"]),
        ("sort=ASC", ["SC-1001", "SC-1002", "SC-1003"]),
        ("sort_by=status&sort=DESC", ["SC-1001", "SC-1003", "SC-1002"]),
        ("search=SC-1002", ["SC-1002"]),
        ("search=SC-10", []),
        ("filter_by=status&filter=1", ["SC-1003", "SC-1002"]),
        ("filter_by=payment_method&filter=cod", ["SC-1002"]),
        ("pickup_location=Primary", ["SC-1003", "SC-1002", "SC-1001"]),
        ("pickup_location=Factory", []),
        ("from=2026-05-05", ["SC-1003"]),
        ("to=2026-05-04", ["SC-1002", "SC-1001"]),
        ("from=2026-05-04&to=2026-05-05", ["SC-1003", "SC-1002", "SC-1001"]),
        ("per_page=2", ["SC-1003", "SC-1002"]),
        ("per_page=2&page=2", ["SC-1001"]),
        ("per_page=2&page=3", []),
    ],
)
def test_orders_are_listed(three: ShiprocketAccountHolder, query: str, references: list[str]) -> None:
    """Newest first."""
    assert found(three, query) == references


def test_orders_are_found_by_their_awb(three: ShiprocketAccountHolder) -> None:
    """As by their reference."""
    awb = three.ask("GET", "/orders?search=SC-1001")["data"][0]["shipments"][0]["awb"]

    assert found(three, f"search={awb}") == ["SC-1001"]


@pytest.mark.parametrize("query", ["page=-1", "page=x", "per_page=101", "from=yesterday", "to=2026-02-30"])
def test_a_wrong_query_is_422(three: ShiprocketAccountHolder, query: str) -> None:
    """Never a 500."""
    three.ask("GET", f"/orders?{query}", status=422)


def test_a_page_says_where_it_stands(three: ShiprocketAccountHolder) -> None:
    """With a link while there is more."""
    first = three.ask("GET", "/orders?per_page=2")["meta"]["pagination"]
    last = three.ask("GET", "/orders?per_page=2&page=2")["meta"]["pagination"]

    assert first.pop("links")["next"].endswith("/v1/external/orders?page=2")
    assert first == {"total": 3, "count": 2, "per_page": 2, "current_page": 1, "total_pages": 2}
    assert (last["count"], last["links"]) == (1, {})


def test_a_row_has_a_list_of_parcels(shiprocket: ShiprocketAccountHolder) -> None:
    """And a text for the total, in the documented shape."""
    order = shiprocket.send()

    (row,) = shiprocket.ask("GET", "/orders")["data"]

    (product,), (parcel,) = row.pop("products"), row.pop("shipments")
    assert row == {
        "id": order["order_id"],
        "channel_id": 3422000,
        "channel_name": "CUSTOM",
        "base_channel_code": "CS",
        "channel_order_id": "SC-1001",
        "customer_name": "Asha Rao",
        "customer_email": "asha@example.com",
        "customer_phone": "9876543210",
        "pickup_location": "Primary",
        "payment_status": "",
        "total": "4999.00",
        "tax": "0.00",
        "sla": "2 days",
        "shipping_method": "SR",
        "expedited": 0,
        "status": "PICKUP SCHEDULED",
        "status_code": 4,
        "payment_method": "prepaid",
        "is_international": 0,
        "purpose_of_shipment": 0,
        "channel_created_at": "04 May 2026, 12:01 PM",
        "created_at": "04 May 2026, 12:01 PM",
        "activities": ["ORDER_CREATED"],
        "allow_return": 0,
        "is_incomplete": 0,
        "errors": [],
        "show_escalation_btn": 0,
        "escalation_status": "",
        "escalation_history": [],
    }
    assert (product["channel_sku"], product["quantity"], product["hsn"]) == ("OX-1", 1, "6403")
    assert (parcel["id"], parcel["awb"], parcel["etd"]) == (order["shipment_id"], order["awb"], "2026-05-09 19:00:00")
    assert (parcel["dimensions"], parcel["volumetric_weight"]) == ("35.00x25.00x14.00", 2.45)


def test_an_order_alone_has_one_parcel(shiprocket: ShiprocketAccountHolder) -> None:
    """Under the same name, and a number for the total; what isn't there yet is null, or a blank."""
    order = shiprocket.order()
    before = shiprocket.shown(order)
    awb = shiprocket.assign(order)["awb_code"]

    shown = shiprocket.shown(order)

    assert (before["shipments"]["awb"], before["awb_data"]["awb"]) == (None, "")
    assert (before["shipments"]["status"], before["shipments"]["courier_id"]) == ("PENDING", "")
    assert shown["shipments"]["awb"] == shown["awb_data"]["awb"] == awb
    assert (shown["shipments"]["id"], shown["shipments"]["courier_id"]) == (order["shipment_id"], 43)
    assert shown["awb_data"]["charges"]["freight_charges"] == "336.00"
    assert (shown["total"], shown["pickup_code"], shown["delivery_code"]) == (4999, "560001", "282001")
    assert (shown["is_return"], shown["return_pickup_data"], shown["billing_pincode"]) == (0, [], "282001")
    assert shown["channel_created_at"] == "04 May 2026 12:01 PM"


def test_returns_have_a_list_of_their_own(shiprocket: ShiprocketAccountHolder) -> None:
    """Where the parcel's id stands beside it; alone they tell where they are fetched."""
    shiprocket.order()
    created = shiprocket.ask("POST", "/orders/create/return", a_return())

    (row,) = shiprocket.ask("GET", "/orders/processing/return")["data"]
    shown = shiprocket.shown(created)

    assert found(shiprocket, "") == ["SC-1001"]
    assert (row["channel_order_id"], row["shipment_id"]) == ("SC-1001-RET", created["shipment_id"])
    assert (row["pickup_code"], row["delivery_code"], row["status_code"]) == ("282001", "560001", 21)
    assert row["shipments"] == [
        {
            "isd_code": "+91",
            "courier": "",
            "sr_courier_id": "",
            "weight": "1.2",
            "length": "35",
            "breadth": "25",
            "height": "14",
            "volumetric_weight": 2.45,
            "awb": "",
        }
    ]
    assert (shown["is_return"], shown["return_pickup_data"]["pin_code"]) == (1, "282001")
    assert (shown["pickup_code"], shown["pickup_location"], shown["billing_pincode"]) == ("", "", "")


@pytest.mark.parametrize("order_id", ["1", "x", "SC-1001"])
def test_an_unknown_order_is_400(shiprocket: ShiprocketAccountHolder, order_id: str) -> None:
    """In the documented words."""
    shiprocket.order()

    answer = shiprocket.ask("GET", f"/orders/show/{order_id}", status=400)

    assert answer == {"message": "Order ID not found", "status_code": 400}


def test_parcels_are_listed_with_a_word_and_shown_with_a_number(shiprocket: ShiprocketAccountHolder) -> None:
    """For a status; with links to what was printed. An unknown one is an empty object."""
    order = shiprocket.send()
    shiprocket.ask("POST", "/courier/generate/label", {"shipment_id": [order["shipment_id"]]})

    (row,) = shiprocket.ask("GET", "/shipments")["data"]
    shown = shiprocket.ask("GET", f"/shipments/{order['shipment_id']}")["data"]

    assert row == {
        "number": "",
        "code": "",
        "id": order["shipment_id"],
        "order_id": order["order_id"],
        "products": [{"name": "Oxford", "sku": "OX-1", "quantity": 1}],
        "awb": order["awb"],
        "status": "PICKUP SCHEDULED",
        "created_at": "4th May 2026 12:01 PM",
        "channel_id": 3422000,
        "channel_name": "CUSTOM",
        "base_channel_code": "CS",
        "payment_method": "prepaid",
    }
    assert (shown["id"], shown["order_id"], shown["awb"]) == (order["shipment_id"], order["order_id"], order["awb"])
    assert (shown["status"], shown["sr_courier_id"], shown["weight"]) == (3, 43, "1.200")
    assert shown["created_at"] == {
        "date": "2026-05-04 12:01:33.120000",
        "timezone_type": 3,
        "timezone": "Asia/Kolkata",
    }
    assert shown["label_url"].endswith(".pdf")
    assert shown["manifest_url"] is None
    assert shiprocket.ask("GET", "/shipments/1") == {}


@pytest.mark.parametrize(
    ("day", "ordinal"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd")]
)
def test_days_are_counted_in_english(day: int, ordinal: str) -> None:
    """As PHP's `jS` does."""
    at = datetime(2026, 5, day, 14, 0, tzinfo=IST).timestamp()

    assert ordinal_stamp(at) == f"{ordinal} May 2026 02:00 PM"
