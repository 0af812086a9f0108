"""Orders and parcels are found again: listed, searched, filtered, paged and shown in Shiprocket's shapes."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.shiprocket.account import Json, ShiprocketAccountHolder


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
        ("pickup_location=Workshop", ["SC-1003", "SC-1002", "SC-1001"]),
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


def test_a_row_has_a_list_of_parcels_and_an_order_alone_has_one(shiprocket: ShiprocketAccountHolder) -> None:
    """The same name, another shape."""
    order = shiprocket.send()

    (row,) = shiprocket.ask("GET", "/orders")["data"]
    alone = shiprocket.shown(order)

    assert [each["awb"] for each in row["shipments"]] == [order["awb"]]
    assert alone["shipments"]["awb"] == alone["awb_data"]["awb"] == order["awb"]
    assert alone["shipments"]["courier_id"] == 43
    assert alone["awb_data"]["charges"]["freight_charges"] == "336.00"
    for each in (row, alone):
        assert (each["id"], each["channel_order_id"]) == (order["order_id"], "SC-1001")
        assert (each["total"], each["payment_method"], each["shipping_method"]) == ("4999.00", "prepaid", "SR")
        assert each["channel_created_at"] == "04 May 2026, 12:01 PM"
        assert each["products"][0]["hsn"] == "6403"


@pytest.mark.parametrize("order_id", ["1", "x", "SC-1001"])
def test_an_unknown_order_is_400(shiprocket: ShiprocketAccountHolder, order_id: str) -> None:
    """In the documented words."""
    shiprocket.order()

    answer = shiprocket.ask("GET", f"/orders/show/{order_id}", status=400)

    assert answer == {"message": "Order ID not found", "status_code": 400}


def test_parcels_are_listed_and_shown(shiprocket: ShiprocketAccountHolder) -> None:
    """With a number for a status, and links to what was printed; an unknown one is an empty object."""
    order = shiprocket.send()
    shiprocket.ask("POST", "/courier/generate/label", {"shipment_id": [order["shipment_id"]]})

    shown = shiprocket.ask("GET", f"/shipments/{order['shipment_id']}")["data"]

    assert (shown["id"], shown["order_id"], shown["awb"]) == (order["shipment_id"], order["order_id"], order["awb"])
    assert (shown["status"], shown["sr_courier_id"], shown["method"]) == (3, 43, "SR")
    assert shown["created_at"]["timezone"] == "Asia/Kolkata"
    assert shown["label_url"].endswith(".pdf")
    assert shown["manifest_url"] is None
    assert shiprocket.ask("GET", "/shipments")["data"] == [shown]
    assert shiprocket.ask("GET", "/shipments/1") == {}
