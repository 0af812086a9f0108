"""The sandbox says who goes where as Shiprocket does: in numbers and texts, and no with 200."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.unit.sandbox.shiprocket.account import Json, ShiprocketAccountHolder, a_return

TO_AGRA = {"pickup_postcode": "560001", "delivery_postcode": "282001", "weight": "1.2", "cod": "0"}


def asked(holder: ShiprocketAccountHolder, query: Json, *, status: int = 200) -> Json:
    answer: Json = holder.ask("GET", f"/courier/serviceability/?{urlencode(query)}", status=status)
    return answer


def couriers(holder: ShiprocketAccountHolder, **query: object) -> dict[int, Json]:
    """Those who go to Agra, by their id."""
    rows = asked(holder, TO_AGRA | query)["data"]["available_courier_companies"]
    return {each["courier_company_id"]: each for each in rows}


def test_several_couriers_go_there(shiprocket: ShiprocketAccountHolder) -> None:
    """With ids and names that are really in use, at different prices; one is recommended."""
    answer = asked(shiprocket, TO_AGRA)

    found = answer["data"]["available_courier_companies"]
    names = {each["courier_company_id"]: each["courier_name"] for each in found}
    assert (answer["status"], answer["currency"]) == (200, "INR")
    assert names[43] == "Delhivery Surface"
    assert len(names) == 6
    assert len({float(each["rate"]) for each in found}) == 6
    assert answer["data"]["recommended_courier_company_id"] == 43
    assert answer["data"]["recommended_by"] == {"id": 6, "title": "Recommendation By Shiprocket"}


def test_the_odd_fields_are_there(shiprocket: ShiprocketAccountHolder) -> None:
    """With Shiprocket's spelling."""
    answer = asked(shiprocket, TO_AGRA)

    assert set(answer) == {
        *("status", "currency", "company_auto_shipment_insurance_setting", "covid_zones", "dg_courier"),
        *("eligible_for_insurance", "insurace_opted_at_order_creation", "is_allow_templatized_pricing"),
        *("is_latlong", "is_old_zone_opted", "is_zone_from_mongo", "label_generate_type", "on_new_zone"),
        *("seller_address", "user_insurance_manadatory", "data"),
    }
    assert set(answer["data"]) == {
        *("available_courier_companies", "blocked_courier_companies", "child_courier_id"),
        *("is_recommendation_enabled", "recommendation_advance_rule", "recommended_by"),
        *("recommended_courier_company_id", "shiprocket_recommended_courier_id"),
    }


def test_numbers_and_texts_are_mixed(shiprocket: ShiprocketAccountHolder) -> None:
    """Days and PIN codes are texts everywhere; of one courier the rate and the rating too."""
    found = couriers(shiprocket)

    delhivery, xpressbees = found[43], found[51]
    assert (delhivery["estimated_delivery_days"], delhivery["postcode"]) == ("4", "282001")
    assert delhivery["etd"] == "May 08, 2026"
    assert (delhivery["rating"], delhivery["cod"], delhivery["is_surface"]) == (4.4, 1, True)
    assert (xpressbees["rate"], xpressbees["rating"], xpressbees["cod"]) == ("189.6", "3.9", "1")


def test_weight_or_size_is_charged(shiprocket: ShiprocketAccountHolder) -> None:
    """Whichever is more, at 5,000 cm³ a kilogram, in halves."""
    light = couriers(shiprocket, weight="0.5")[43]["rate"]

    heavier = couriers(shiprocket, weight="0.6")[43]["rate"]
    larger = couriers(shiprocket, weight="0.5", length=35, breadth=25, height=14)[43]

    assert heavier == 2 * light
    assert (larger["charge_weight"], larger["rate"]) == (2.45, 5 * light)


def test_cash_at_the_door_costs_and_not_everybody_takes_it(shiprocket: ShiprocketAccountHolder) -> None:
    """`rate` is all of it."""
    prepaid, cod = couriers(shiprocket), couriers(shiprocket, cod=1)

    assert set(prepaid) - set(cod) == {142, 225}
    assert (prepaid[43]["cod_charges"], cod[43]["cod_charges"]) == (0, 45)
    assert cod[43]["rate"] == cod[43]["freight_charge"] + 45 == prepaid[43]["rate"] + 45


@pytest.mark.parametrize(
    ("destination", "zone"),
    [("560095", "z_a"), ("570001", "z_b"), ("282001", "z_d"), ("180001", "z_e"), ("781001", "z_e")],
)
def test_the_zone_follows_from_the_pin_codes(shiprocket: ShiprocketAccountHolder, destination: str, zone: str) -> None:
    """City, region, rest of India, far away."""
    assert couriers(shiprocket, delivery_postcode=destination)[43]["zone"] == zone


def test_a_mode_can_be_asked_for(shiprocket: ShiprocketAccountHolder) -> None:
    """By air only."""
    assert {each["mode"] for each in couriers(shiprocket, mode="Air").values()} == {1}


def test_an_order_knows_where_it_goes(shiprocket: ShiprocketAccountHolder) -> None:
    """And a return goes back."""
    order = shiprocket.order(payment_method="COD")
    back = shiprocket.ask("POST", "/orders/create/return", a_return())

    forward = asked(shiprocket, {"order_id": order["order_id"]})["data"]["available_courier_companies"]
    backward = asked(shiprocket, {"order_id": back["order_id"], "is_return": 1})["data"]

    assert {each["postcode"] for each in forward} == {"282001"}
    assert all(float(each["cod"]) for each in forward)
    assert {each["postcode"] for each in backward["available_courier_companies"]} == {"560001"}


def test_nobody_goes_there_is_a_200_that_says_404(shiprocket: ShiprocketAccountHolder) -> None:
    """Without data: PIN codes with a 9, what is too heavy, and whatever a test chooses."""
    nobody = asked(shiprocket, TO_AGRA | {"delivery_postcode": "900056"})
    too_heavy = asked(shiprocket, TO_AGRA | {"weight": 21})
    shiprocket.control("PATCH", "/settings", {"unserviceable": ["2820"]})
    chosen = asked(shiprocket, TO_AGRA)

    assert nobody["status"] == too_heavy["status"] == chosen["status"] == 404
    assert nobody["message"]
    assert "data" not in nobody
    asked(shiprocket, TO_AGRA | {"delivery_postcode": "900056"})["data"]


def test_an_unknown_order_is_a_200_that_says_404(shiprocket: ShiprocketAccountHolder) -> None:
    """In the documented words."""
    assert asked(shiprocket, {"order_id": 1}) == {"status": 404, "message": "Order does not exist!"}


def test_missing_parameters_are_422(shiprocket: ShiprocketAccountHolder) -> None:
    """In the documented words."""
    query = {"pickup_postcode": "560001", "delivery_postcode": "282001"}

    assert asked(shiprocket, query, status=422) == {
        "message": "Required field missing",
        "errors": {
            "weight": ["The weight field is required when order id is not present."],
            "cod": ["The cod field is required when order id is not present."],
            "order_id": [
                "The order id field is required when pickup postcode / delivery postcode / cod / weight is not present."
            ],
        },
        "status_code": 422,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"delivery_postcode": "56001"},
        {"cod": "2"},
        {"weight": "0"},
        {"weight": "1e9"},
        {"mode": "Rail"},
        {"is_return": "1"},
    ],
)
def test_wrong_parameters_are_422(shiprocket: ShiprocketAccountHolder, wrong: Json) -> None:
    """A return needs a declared value, too."""
    assert asked(shiprocket, TO_AGRA | wrong, status=422)["errors"]


def test_the_couriers_are_listed(shiprocket: ShiprocketAccountHolder) -> None:
    """With their number."""
    answer = shiprocket.ask("GET", "/courier/courierListWithCounts?type=active")

    assert answer["courier_count"] == answer["total_courier_count"] == len(answer["courier_data"]) == 6
