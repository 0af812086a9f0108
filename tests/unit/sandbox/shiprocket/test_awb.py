"""The sandbox hands out air waybills as Shiprocket does, and refuses them in as many ways."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.shiprocket.account import Json, ShiprocketAccountHolder, a_return

RECHARGE = "Please recharge your ShipRocket wallet. The minimum required balance is Rs 100"


def asked(holder: ShiprocketAccountHolder, order: Json, fields: Json | None = None, *, status: int = 200) -> Json:
    body = {"shipment_id": order["shipment_id"]} | (fields or {})
    answer: Json = holder.ask("POST", "/courier/assign/awb", body, status=status)
    return answer


def balance(holder: ShiprocketAccountHolder) -> float:
    """Which is told as a text."""
    return float(holder.ask("GET", "/account/details/wallet-balance")["data"]["balance_amount"])


def test_a_parcel_gets_a_courier_and_an_awb(shiprocket: ShiprocketAccountHolder) -> None:
    """In the documented shape; the order is ready to ship."""
    order = shiprocket.order()

    answer = asked(shiprocket, order, {"courier_id": 43})

    told = answer["response"]["data"]
    assert answer == {"awb_assign_status": 1, "response": {"data": told}}
    assert told.pop("shipped_by")["shipper_postcode"] == "560001"
    assert told == {
        "courier_company_id": 43,
        "awb_code": told["awb_code"],
        "cod": 0,
        "order_id": order["order_id"],
        "shipment_id": order["shipment_id"],
        "awb_code_status": 1,
        "assigned_date_time": {
            "date": "2026-05-04 12:01:33.120000",
            "timezone_type": 3,
            "timezone": "Asia/Kolkata",
        },
        "applied_weight": 2.45,
        "company_id": 918273,
        "courier_name": "Delhivery Surface",
        "child_courier_name": None,
        "freight_charges": 336,
        "pickup_scheduled_date": "2026-05-05 14:00:00",
        "routing_code": "",
        "rto_routing_code": "",
        "invoice_no": told["invoice_no"],
        "transporter_id": "",
        "transporter_name": "",
    }
    assert told["awb_code"].isdigit()
    shown = shiprocket.shown(order)
    assert (shown["status"], shown["status_code"]) == ("READY TO SHIP", 3)
    assert shown["shipments"]["awb"] == shown["awb_data"]["awb"] == told["awb_code"]


def test_money_leaves_the_wallet_now_and_not_before(shiprocket: ShiprocketAccountHolder) -> None:
    """As much as was told."""
    before = balance(shiprocket)
    order = shiprocket.order()
    announced = balance(shiprocket)

    cost = shiprocket.assign(order)["freight_charges"]

    assert announced == before
    assert balance(shiprocket) == before - cost


def test_without_a_courier_the_recommended_one_takes_it(shiprocket: ShiprocketAccountHolder) -> None:
    """And the parcel may stand in a list."""
    order = shiprocket.order()

    answer = shiprocket.ask("POST", "/courier/assign/awb", {"shipment_id": [order["shipment_id"]]})

    assert answer["response"]["data"]["courier_company_id"] == 43


def test_a_return_gets_one_too(shiprocket: ShiprocketAccountHolder) -> None:
    """It is initiated then."""
    created = shiprocket.ask("POST", "/orders/create/return", a_return())

    asked(shiprocket, created, {"is_return": 1})

    assert shiprocket.shown(created)["status_code"] == 22


def test_a_second_time_is_400(shiprocket: ShiprocketAccountHolder) -> None:
    """It costs nothing, and the first AWB is shown with the order."""
    order = shiprocket.order()
    awb = shiprocket.assign(order)["awb_code"]
    paid = balance(shiprocket)

    answer = asked(shiprocket, order, status=400)

    assert answer == {"message": "Oops! Cannot reassign courier for this shipment.", "status_code": 400}
    assert balance(shiprocket) == paid
    assert shiprocket.shown(order)["shipments"]["awb"] == awb


def test_the_courier_can_be_changed_once_a_day(shiprocket: ShiprocketAccountHolder) -> None:
    """With status "reassign"; the old AWB is nobody's then, and its freight comes back."""
    order = shiprocket.order()
    before = balance(shiprocket)
    first = shiprocket.assign(order, 43)

    wish = {"courier_id": 10, "status": "reassign"}
    second = asked(shiprocket, order, wish)["response"]["data"]
    refused = asked(shiprocket, order, wish, status=400)
    shiprocket.moment.now += 24 * 3600
    asked(shiprocket, order, wish | {"courier_id": 43})

    assert second["awb_code"] != first["awb_code"]
    assert refused["message"] == "Oops! Cannot reassign courier for this shipment."
    assert balance(shiprocket) == before - first["freight_charges"]
    assert shiprocket.control("POST", f"/parcels/{first['awb_code']}/advance", status=404)


@pytest.mark.parametrize("courier_id", [142, 999])
def test_a_courier_who_does_not_go_there_is_refused_with_200(
    shiprocket: ShiprocketAccountHolder, courier_id: int
) -> None:
    """142 takes no cash, 999 is nobody."""
    order = shiprocket.order(payment_method="COD")

    assert asked(shiprocket, order, {"courier_id": courier_id}) == {
        "awb_assign_status": 0,
        "response": {
            "data": {
                "awb_assign_error": "Selected courier not available between 560001 and 282001",
                "courier_id": f"{courier_id}",
            }
        },
    }


def test_where_nobody_goes_there_is_no_awb(shiprocket: ShiprocketAccountHolder) -> None:
    """Nor is one chosen."""
    answer = asked(shiprocket, shiprocket.order(billing_pincode=900056))

    assert answer["awb_assign_status"] == 0
    assert "awb_code" not in answer["response"]["data"]


def test_an_empty_wallet_refuses_with_200(shiprocket: ShiprocketAccountHolder) -> None:
    """Until it is recharged."""
    shiprocket.control("PUT", "/wallet", {"balance": 99.99})
    order = shiprocket.order()

    empty = asked(shiprocket, order)
    shiprocket.control("PUT", "/wallet", {"balance": 150})
    too_little = asked(shiprocket, order)
    shiprocket.control("PUT", "/wallet", {"balance": 500})

    assert empty == {"awb_assign_status": 0, "response": {"data": {"awb_assign_error": RECHARGE}}}
    assert too_little["response"]["data"]["awb_assign_error"] == "Insufficient amount to label this shipment"
    assert asked(shiprocket, order)["awb_assign_status"] == 1


@pytest.mark.parametrize(
    ("shape", "answer"),
    [
        ("status_350", {"message": RECHARGE, "status_code": 350}),
        ("text", {"awb_assign_status": 0, "response": {"data": RECHARGE}}),
    ],
)
def test_an_empty_wallet_has_other_shapes(shiprocket: ShiprocketAccountHolder, shape: str, answer: Json) -> None:
    """All of them were seen; 350 is no HTTP status."""
    shiprocket.control("PUT", "/wallet", {"balance": 0})
    shiprocket.control("PATCH", "/settings", {"refusal_shape": shape})

    assert asked(shiprocket, shiprocket.order()) == answer


def test_a_cancelled_order_gets_none(shiprocket: ShiprocketAccountHolder) -> None:
    """500, in the words that were seen."""
    order = shiprocket.order()
    shiprocket.ask("POST", "/orders/cancel", {"ids": [order["order_id"]]}, status=204)

    answer = asked(shiprocket, order, status=500)

    assert answer == {"message": "order is in cancelled state.", "status_code": 500}


def test_the_parcel_has_to_be_named(shiprocket: ShiprocketAccountHolder) -> None:
    """One, and one that exists."""
    missing = shiprocket.ask("POST", "/courier/assign/awb", {"courier_id": 43}, status=422)
    several = shiprocket.ask("POST", "/courier/assign/awb", {"shipment_id": [1, 2]}, status=422)
    unknown = shiprocket.ask("POST", "/courier/assign/awb", {"shipment_id": 1}, status=400)

    assert missing == {
        "message": "Required field missing",
        "errors": {"shipment_id": ["The shipment id field is required."]},
        "status_code": 422,
    }
    assert several["errors"]["shipment_id"]
    assert unknown["message"] == "Invalid shipment id"
