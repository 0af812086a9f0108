"""Where parcels are fetched, listed and added in Shiprocket's shapes."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.shiprocket.account import Json, ShiprocketAccountHolder

FACTORY = {
    "pickup_location": "Factory",
    "name": "Ravi",
    "email": "factory@solecraft.example",
    "phone": "9876511111",
    "address": "Plot 7, Road No. 3",
    "city": "Kanpur",
    "state": "Karnataka",
    "country": "India",
    "pin_code": 208001,
}


def test_the_workshop_is_there_from_the_start(shiprocket: ShiprocketAccountHolder) -> None:
    """With its PIN code as a text."""
    answer = shiprocket.ask("GET", "/settings/company/pickup")["data"]

    (workshop,) = answer.pop("shipping_address")
    assert answer == {
        "allow_more": "true",
        "is_blackbox_seller": False,
        "company_name": "Solecraft",
        "recent_addresses": [],
    }
    assert (workshop["pickup_location"], workshop["pin_code"], workshop["status"]) == ("Primary", "560001", 2)
    assert workshop["phone_verified"] == 1


def test_a_location_that_was_added_can_be_named_by_orders(shiprocket: ShiprocketAccountHolder) -> None:
    """By its nickname, which is called a code here."""
    added = shiprocket.ask("POST", "/settings/company/addpickup", FACTORY)
    order = shiprocket.order(pickup_location="Factory")

    assert added["success"]
    assert (added["address"]["pickup_code"], added["address"]["id"]) == ("Factory", added["pickup_id"])
    assert shiprocket.assign(order)["shipped_by"]["shipper_city"] == "Kanpur"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("address", "Commercial Street", "Address line 1 should have House no / Flat no / Road no."),
        ("address", "1" * 81, "The address may not be greater than 80 characters."),
        ("pickup_location", "x" * 37, "The pickup location may not be greater than 36 characters."),
        ("email", "", "The email field is required."),
        ("phone", "", "The phone field is required."),
    ],
)
def test_what_is_wrong_stands_under_message(
    shiprocket: ShiprocketAccountHolder, field: str, value: str, sentence: str
) -> None:
    """The only address where it does."""
    answer: Json = shiprocket.ask("POST", "/settings/company/addpickup", FACTORY | {field: value}, status=422)

    assert answer == {"message": {field: [sentence]}}


def test_a_wrong_phone_stands_under_errors(shiprocket: ShiprocketAccountHolder) -> None:
    """As elsewhere."""
    answer = shiprocket.ask("POST", "/settings/company/addpickup", FACTORY | {"phone": "12345"}, status=422)

    assert answer == {
        "message": "Not a valid mobile number",
        "errors": {"phone": ["Not a valid mobile number"]},
        "status_code": 422,
    }
