"""The sandbox's orders have the shapes, refusals and quirks of Shiprocket's."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.shiprocket.account import (
    RECIPIENT,
    Json,
    ShiprocketAccountHolder,
    a_return,
    an_order,
    as_role,
)

CREATED = {
    "order_id": 512340011,
    "channel_order_id": "SC-1001",
    "shipment_id": 510980077,
    "status": "NEW",
    "status_code": 1,
    "onboarding_completed_now": 0,
    "awb_code": None,
    "courier_company_id": None,
    "courier_name": None,
    "new_channel": False,
    "packaging_box_error": "",
}
ITEM = {"name": "Oxford", "sku": "OX-1", "units": 1, "selling_price": 4999}


def refused_fields(holder: ShiprocketAccountHolder, body: Json) -> Json:
    """The `errors` of an order that is invalid."""
    answer = holder.ask("POST", "/orders/create/adhoc", body, status=422)
    assert (answer["message"], answer["status_code"]) == ("Oops! Invalid Data.", 422)
    errors: Json = answer["errors"]
    return errors


def test_a_new_order_is_new(shiprocket: ShiprocketAccountHolder) -> None:
    """In the documented shape, with numbers for ids."""
    created = shiprocket.order()

    assert created == CREATED | {"order_id": created["order_id"], "shipment_id": created["shipment_id"]}
    assert isinstance(created["order_id"], int)
    assert isinstance(created["shipment_id"], int)


def test_a_known_reference_is_answered_with_the_order_that_it_has(shiprocket: ShiprocketAccountHolder) -> None:
    """Not refused and not doubled; what else is sent doesn't matter."""
    first = shiprocket.order()

    assert shiprocket.order(sub_total=1) == first
    assert shiprocket.ask("GET", "/orders")["meta"]["pagination"]["total"] == 1
    awb = shiprocket.assign(first, 43)["awb_code"]
    again = shiprocket.order()
    assert (again["status"], again["status_code"]) == ("READY TO SHIP", 3)
    assert (again["awb_code"], again["courier_company_id"], again["courier_name"]) == (awb, 43, "Delhivery Surface")


def test_a_cancelled_reference_is_replayed_as_cancelled(shiprocket: ShiprocketAccountHolder) -> None:
    """With 200: it can never be used again."""
    first = shiprocket.order()
    shiprocket.ask("POST", "/orders/cancel", {"ids": [first["order_id"]]}, status=204)

    again = shiprocket.order()

    assert (again["order_id"], again["shipment_id"]) == (first["order_id"], first["shipment_id"])
    assert (again["status"], again["status_code"], again["awb_code"]) == ("CANCELED", 5, "")


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("order_id", "The order id field is required."),
        ("order_date", "The order date field is required."),
        ("pickup_location", "The pickup location field is required."),
        ("billing_customer_name", "The billing customer name field is required."),
        ("billing_address", "The billing address field is required."),
        ("billing_city", "The billing city field is required."),
        ("billing_pincode", "The billing pincode field is required."),
        ("billing_state", "The billing state field is required."),
        ("billing_country", "The billing country field is required."),
        ("billing_email", "The billing email field is required."),
        ("billing_phone", "The billing phone field is required."),
        ("shipping_is_billing", "The shipping is billing field is required."),
        ("order_items", "The order items field is required."),
        ("payment_method", "The payment method field is required."),
        ("sub_total", "The sub total field is required."),
        ("length", "The length field is required."),
        ("breadth", "The breadth field is required."),
        ("height", "The height field is required."),
        ("weight", "The weight field is required."),
    ],
)
def test_a_missing_field_is_named(shiprocket: ShiprocketAccountHolder, field: str, sentence: str) -> None:
    """In a map of sentences."""
    body = an_order()
    del body[field]

    assert refused_fields(shiprocket, body) == {field: [sentence]}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("order_id", "x" * 51, "The order id may not be greater than 50 characters."),
        ("order_date", "04-05-2026", "The order date is not a valid date."),
        ("billing_city", "x" * 31, "The billing city may not be greater than 30 characters."),
        ("billing_pincode", "1234", "The billing pincode must be 6 digits."),
        ("billing_pincode", "056000", "The billing pincode must be 6 digits."),
        ("billing_email", "asha", "The billing email must be a valid email address."),
        ("billing_phone", "+919876543210", "Billing phone number is in invalid format."),
        ("billing_state", ["Uttar Pradesh"], "The billing state must be a string."),
        ("shipping_is_billing", "maybe", "The shipping is billing field must be true or false."),
        ("payment_method", "UPI", "The selected payment method is invalid."),
        ("sub_total", "a lot", "The sub total must be a number."),
        ("length", 0.5, "The length must be greater than 0.5."),
        ("height", "0.4", "The height must be greater than 0.5."),
        ("weight", 0, "The weight must be greater than 0."),
        ("channel_id", "mine", "The channel id must be an integer."),
        ("order_items", [ITEM, ITEM], "SKU cannot be repeated"),
    ],
)
def test_a_wrong_field_is_named(shiprocket: ShiprocketAccountHolder, field: str, value: object, sentence: str) -> None:
    """Nothing is created."""
    assert refused_fields(shiprocket, an_order() | {field: value}) == {field: [sentence]}
    assert shiprocket.ask("GET", "/orders")["data"] == []


def test_wrong_lines_are_named_by_their_place(shiprocket: ShiprocketAccountHolder) -> None:
    """Each field of each line."""
    lines = [ITEM | {"hsn": "6403.1"}, {"name": "Loafer", "sku": "LO-1", "units": "two"}]

    assert refused_fields(shiprocket, an_order(order_items=lines)) == {
        "order_items.0.hsn": ["HSN should be numeric"],
        "order_items.1.units": ["The order_items.1.units must be an integer."],
        "order_items.1.selling_price": ["The order_items.1.selling_price field is required."],
    }


@pytest.mark.parametrize("yes", [True, 1, "1"])
def test_numbers_may_be_texts_and_yes_may_be_one(shiprocket: ShiprocketAccountHolder, yes: object) -> None:
    """As PHP takes them."""
    fields = {"billing_pincode": "282001", "billing_phone": 9876543210, "weight": "1.2", "sub_total": "4999.00"}
    body = an_order() | fields | {"shipping_is_billing": yes}

    assert shiprocket.ask("POST", "/orders/create/adhoc", body)["status_code"] == 1


def test_another_recipient_needs_an_address_of_their_own(shiprocket: ShiprocketAccountHolder) -> None:
    """The payer's phone and e-mail do for both."""
    errors = refused_fields(shiprocket, an_order(shipping_is_billing=False))
    recipient = as_role("shipping", RECIPIENT | {"customer_name": "Ravi", "pincode": "600001"})
    del recipient["shipping_phone"], recipient["shipping_email"]

    order = shiprocket.order(shipping_is_billing=0, **recipient)

    assert sorted(errors) == [
        "shipping_address",
        "shipping_city",
        "shipping_country",
        "shipping_customer_name",
        "shipping_pincode",
        "shipping_state",
    ]
    shown = shiprocket.shown(order)
    assert (shown["customer_name"], shown["customer_pincode"]) == ("Ravi Rao", "600001")
    assert (shown["customer_phone"], shown["billing_name"]) == ("9876543210", "Asha Rao")


@pytest.mark.parametrize("nickname", ["primary", "Primary ", "Factory"])
def test_a_wrong_pickup_location_is_answered_with_the_right_ones(
    shiprocket: ShiprocketAccountHolder, nickname: str
) -> None:
    """The nickname has to match to the letter."""
    body = an_order(pickup_location=nickname)

    answer = shiprocket.ask("POST", "/orders/create/adhoc", body, status=400)

    assert answer["message"] == ("Wrong Pickup location entered. Please choose one location from the data given")
    assert [each["pickup_location"] for each in answer["data"]] == ["Primary"]


def test_an_unknown_channel_is_400(shiprocket: ShiprocketAccountHolder) -> None:
    """The account has one of its own."""
    answer = shiprocket.ask("POST", "/orders/create/adhoc", an_order(channel_id=7), status=400)

    assert answer == {"message": "Given channel id does not exist", "status_code": 400}
    shiprocket.order(channel_id=3422000)


def test_lines_that_are_no_list_are_php_500(shiprocket: ShiprocketAccountHolder) -> None:
    """As when a scalar meets foreach."""
    answer = shiprocket.ask("POST", "/orders/create/adhoc", an_order(order_items="shoes"), status=500)

    assert answer == {"message": "Invalid argument supplied for foreach()", "status_code": 500}


def test_a_channels_order_is_refused(shiprocket: ShiprocketAccountHolder) -> None:
    """Its inventory isn't synchronised; the reference is shorter and the channel has to be named."""
    body = an_order("x" * 21)

    missing = shiprocket.ask("POST", "/orders/create", body, status=422)["errors"]
    refused = shiprocket.ask("POST", "/orders/create", an_order(channel_id=3422000), status=400)

    assert missing == {
        "channel_id": ["The channel id field is required."],
        "order_id": ["The order id may not be greater than 20 characters."],
    }
    assert refused["message"] == "Inventory sync is turned off. Please add a manual order!"


def test_a_return_is_pending(shiprocket: ShiprocketAccountHolder) -> None:
    """From the customer to the workshop, in the documented shape."""
    created = shiprocket.ask("POST", "/orders/create/return", a_return())

    assert created == {
        "order_id": created["order_id"],
        "shipment_id": created["shipment_id"],
        "status": "RETURN PENDING",
        "status_code": 21,
        "company_name": "Solecraft",
    }
    assert shiprocket.shown(created)["customer_pincode"] == "560001"


def test_a_return_can_not_be_repeated(shiprocket: ShiprocketAccountHolder) -> None:
    """Unlike an order: 422."""
    shiprocket.ask("POST", "/orders/create/return", a_return())

    answer = shiprocket.ask("POST", "/orders/create/return", a_return(), status=422)

    assert answer["errors"] == {"order_id": ["The order id has already been taken."]}


def test_nobody_pays_for_a_return_at_the_door(shiprocket: ShiprocketAccountHolder) -> None:
    """Always prepaid."""
    answer = shiprocket.ask("POST", "/orders/create/return", a_return(payment_method="COD"), status=422)

    assert answer["errors"] == {"payment_method": ["The selected payment method is invalid."]}


def test_lines_change_until_a_courier_has_them(shiprocket: ShiprocketAccountHolder) -> None:
    """In the documented shape, where the old status is a number and the new one a word."""
    order = shiprocket.order()
    body = {"order_id": order["order_id"], "order_items": [ITEM | {"sku": "OX-2"}]}

    updated = shiprocket.ask("POST", "/orders/update/adhoc", body)
    changed = shiprocket.shown(order)
    shiprocket.assign(order)
    refused = shiprocket.ask("POST", "/orders/update/adhoc", body, status=422)

    assert (updated["success"], updated["partially_update"]) == (True, True)
    assert updated["not_updated_fields"].startswith("order_date ,pickup_location ,")
    assert (updated["new_order_status"], updated["old_order_status"]) == ("NEW", 1)
    assert (updated["awb_code"], updated["courier_company_id"], updated["courier_name"]) == ("", "", "")
    assert [each["channel_sku"] for each in changed["products"]] == ["OX-2"]
    assert refused["errors"] == {"order_id": ["The selected order id is invalid."]}


def test_an_address_changes_until_a_courier_has_it(shiprocket: ShiprocketAccountHolder) -> None:
    """202 and nothing to read; an unknown order is 422."""
    order = shiprocket.order()
    body = as_role("shipping", RECIPIENT | {"city": "Mysuru", "pincode": 570001}) | {"order_id": order["order_id"]}

    nothing = shiprocket.ask("POST", "/orders/address/update", body, status=202)
    unknown = shiprocket.ask("POST", "/orders/address/update", body | {"order_id": 1}, status=422)

    assert nothing is None
    assert unknown["message"] == "The selected order id is invalid."
    assert shiprocket.shown(order)["customer_city"] == "Mysuru"
    assert "ADDRESS_MODIFIED" in shiprocket.shown(order)["activities"]


def test_an_order_can_be_fetched_elsewhere(shiprocket: ShiprocketAccountHolder) -> None:
    """When the order and the place are known."""
    order = shiprocket.order()
    ids = [order["order_id"]]

    def relocated(order_ids: list[int], nickname: str, status: int) -> Json:
        body = {"order_id": order_ids, "pickup_location": nickname}
        answer: Json = shiprocket.ask("PATCH", "/orders/address/pickup", body, status=status)
        return answer

    assert relocated(ids, "Nowhere", 400)["message"] == "Pickup Code does not exist"
    assert relocated([*ids, 1], "Primary", 400)["message"] == "Order Id does not exists"
    relocated(ids, "Primary", 200)
