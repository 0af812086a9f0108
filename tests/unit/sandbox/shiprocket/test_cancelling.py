"""Orders and parcels are called off as at Shiprocket: until they are fetched, and with more than one answer."""

from __future__ import annotations

from tests.unit.sandbox.shiprocket.account import ShiprocketAccountHolder, a_return


def test_cancelling_answers_204(shiprocket: ShiprocketAccountHolder) -> None:
    """As documented: no body."""
    order = shiprocket.order()

    assert shiprocket.ask("POST", "/orders/cancel", {"ids": [order["order_id"]]}, status=204) is None
    shown = shiprocket.shown(order)
    assert (shown["status"], shown["status_code"]) == ("CANCELED", 5)
    assert shown["activities"] == ["ORDER_CREATED", "ORDER_CANCELLED"]


def test_cancelling_may_answer_200(shiprocket: ShiprocketAccountHolder) -> None:
    """As it is often seen."""
    shiprocket.control("PATCH", "/settings", {"cancel_status": 200})

    answer = shiprocket.ask("POST", "/orders/cancel", {"ids": [shiprocket.order()["order_id"]]})

    assert answer == {"status_code": 200, "message": "Order cancelled successfully."}


def test_without_ids_it_is_422(shiprocket: ShiprocketAccountHolder) -> None:
    """In the documented words."""
    assert shiprocket.ask("POST", "/orders/cancel", {}, status=422) == {
        "message": "Required field missing",
        "errors": {"ids": ["The ids field is required."]},
        "status_code": 422,
    }


def test_an_unknown_id_is_php_500(shiprocket: ShiprocketAccountHolder) -> None:
    """And the known one beside it is not cancelled; a scalar is another 500."""
    order = shiprocket.order()

    unknown = shiprocket.ask("POST", "/orders/cancel", {"ids": [order["order_id"], 1]}, status=500)
    scalar = shiprocket.ask("POST", "/orders/cancel", {"ids": order["order_id"]}, status=500)

    assert unknown == {"message": "Trying to get property of non-object", "status_code": 500}
    assert scalar == {"message": "Invalid argument supplied for foreach()", "status_code": 500}
    assert shiprocket.shown(order)["status_code"] == 1


def test_what_is_cancelled_can_not_be_cancelled_again(shiprocket: ShiprocketAccountHolder) -> None:
    """400."""
    body = {"ids": [shiprocket.order()["order_id"]]}
    shiprocket.ask("POST", "/orders/cancel", body, status=204)

    assert shiprocket.ask("POST", "/orders/cancel", body, status=400)["status_code"] == 400


def test_the_freight_comes_back_once(shiprocket: ShiprocketAccountHolder) -> None:
    """Even if the id was sent twice."""

    def balance() -> str:
        amount: str = shiprocket.ask("GET", "/account/details/wallet-balance")["data"]["balance_amount"]
        return amount

    before = balance()
    order = shiprocket.send()
    paid = balance()

    shiprocket.ask("POST", "/orders/cancel", {"ids": [order["order_id"]] * 2}, status=204)

    assert float(paid) < float(before)
    assert balance() == before
    assert shiprocket.shown(order)["activities"] == ["ORDER_CREATED", "ORDER_CANCELLED"]


def test_what_was_fetched_can_not_be_cancelled(shiprocket: ShiprocketAccountHolder) -> None:
    """The courier is on his way with it."""
    order = shiprocket.send()
    shiprocket.advance("SC-1001", 3)

    shiprocket.ask("POST", "/orders/cancel", {"ids": [order["order_id"]]}, status=400)

    assert shiprocket.shown(order)["status"] == "PICKED UP"


def test_a_cancelled_parcel_goes_nowhere_and_the_shop_is_told(shiprocket: ShiprocketAccountHolder) -> None:
    """In both numberings."""
    order = shiprocket.send()
    shiprocket.advance("SC-1001")

    shiprocket.ask("POST", "/orders/cancel", {"ids": [order["order_id"]]}, status=204)

    assert shiprocket.advance("SC-1001", 5)["passed"] == 1
    assert [(each["current_status_id"], each["shipment_status_id"]) for each in shiprocket.told()] == [(4, 5), (5, 8)]


def test_a_cancelled_return_has_a_status_of_its_own(shiprocket: ShiprocketAccountHolder) -> None:
    """27."""
    created = shiprocket.ask("POST", "/orders/create/return", a_return())

    shiprocket.ask("POST", "/orders/cancel", {"ids": [created["order_id"]]}, status=204)

    shown = shiprocket.shown(created)
    assert (shown["status"], shown["status_code"]) == ("RETURN CANCELLED", 27)
    shiprocket.ask("POST", "/courier/assign/awb", {"shipment_id": created["shipment_id"]}, status=500)


def test_parcels_are_called_off_in_the_background(shiprocket: ShiprocketAccountHolder) -> None:
    """At once it is only requested; no AWB can be had meanwhile; unknown ones are passed over."""
    order = shiprocket.send()

    told = shiprocket.ask("POST", "/orders/cancel/shipment/awbs", {"awbs": [order["awb"], "404"]})
    requested = shiprocket.shown(order)
    refused = shiprocket.ask("POST", "/courier/assign/awb", {"shipment_id": order["shipment_id"]}, status=500)
    shiprocket.advance(order["awb"])

    assert told == {"message": "Bulk Shipment cancellation is in progress. Please wait for some time."}
    assert (requested["status_code"], requested["shipments"]["status"]) == (18, "CANCELLATION REQUESTED")
    assert "CANCELLATION REQUESTED" in refused["message"]
    assert shiprocket.shown(order)["status_code"] == 5
    assert [each["shipment_status_id"] for each in shiprocket.told()] == [8]


def test_a_parcel_that_is_fetched_now_is_not_called_off(shiprocket: ShiprocketAccountHolder) -> None:
    """Only before Out For Pickup."""
    order = shiprocket.send()
    shiprocket.advance("SC-1001", 2)

    shiprocket.ask("POST", "/orders/cancel/shipment/awbs", {"awbs": [order["awb"]]})

    assert shiprocket.shown(order)["status"] == "OUT FOR PICKUP"


def test_at_most_two_thousand_parcels_at_once(shiprocket: ShiprocketAccountHolder) -> None:
    """422."""
    awbs = [f"{number}" for number in range(2_001)]

    shiprocket.ask("POST", "/orders/cancel/shipment/awbs", {"awbs": awbs}, status=422)
