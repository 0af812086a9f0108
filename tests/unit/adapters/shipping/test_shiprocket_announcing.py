"""Shiprocket is told of a parcel once, whatever it answers."""

from __future__ import annotations

import httpx
import pytest

from ports.carrier import AnnouncedParcel, CarrierRefused, CarrierUnavailable
from tests.builders import an_address
from tests.unit.adapters.shipping.shiprocket_wire import (
    ANNOUNCED,
    CREATE,
    CREATED,
    PARCEL,
    RETURN,
    Shiprocket,
    Told,
    carrier_at,
    told,
)

pytestmark = pytest.mark.anyio

WAREHOUSES = "/settings/company/pickup"
CANCELLED = CREATED | {"status": "CANCELED", "status_code": 5, "awb_code": ""}
WORKSHOP = {
    "id": 7001001,
    "pickup_location": "Workshop",
    "name": "Solecraft",
    "email": "workshop@solecraft.example",
    "phone": 9876500000,
    "address": "Shop No. 12, Shoe Market",
    "address_2": None,
    "city": "Agra",
    "state": "Uttar Pradesh",
    "country": "India",
    "pin_code": "282001",
}
LOCATIONS = told(200, {"data": {"shipping_address": [{"pickup_location": None}, WORKSHOP], "allow_more": "true"}})
RETURNED = {"order_id": 512340012, "shipment_id": 510980078, "status": "RETURN PENDING", "status_code": 21}
TAKEN = told(
    422,
    {
        "message": "Oops! Invalid Data.",
        "errors": {"order_id": ["The order id has already been taken."]},
        "status_code": 422,
    },
)


async def test_an_order_is_created_as_documented() -> None:
    """In rupees, centimetres, kilograms and Indian time; what is paid already is not collected."""
    shiprocket = Shiprocket({CREATE: told(200, CREATED)})

    announced = await carrier_at(shiprocket).announce(PARCEL.build())

    assert announced == ANNOUNCED
    assert shiprocket.asked(CREATE) == [
        {
            "order_id": "SC-1001",
            "order_date": "2026-12-01 15:30",
            "pickup_location": "Workshop",
            "billing_customer_name": "Asha Rao",
            "billing_last_name": "",
            "billing_address": "12 Residency Road",
            "billing_address_2": "Opposite the park",
            "billing_city": "Bengaluru",
            "billing_pincode": "560001",
            "billing_state": "Karnataka",
            "billing_country": "India",
            "billing_email": "asha@example.com",
            "billing_phone": "9876543210",
            "shipping_is_billing": True,
            "order_items": [{"name": "Oxford", "sku": "D-OXF-42", "units": 2, "selling_price": 6499.0, "hsn": "6403"}],
            "payment_method": "Prepaid",
            "sub_total": 13097.0,
            "length": 35.0,
            "breadth": 25.0,
            "height": 28.0,
            "weight": 2.9,
        }
    ]


async def test_what_is_collected_at_the_door_is_what_the_order_came_to() -> None:
    """With the fees, and with nothing beside it that could be added once more."""
    shiprocket = Shiprocket({CREATE: told(200, CREATED)})

    await carrier_at(shiprocket).announce(PARCEL.paid_on_delivery().build())

    (order,) = shiprocket.asked(CREATE)
    assert (order["payment_method"], order["sub_total"]) == ("COD", 13097.0)
    assert not {"shipping_charges", "transaction_charges", "giftwrap_charges", "total_discount"} & set(order)


async def test_a_city_is_shortened_to_what_is_taken() -> None:
    """Thirty characters."""
    shiprocket = Shiprocket({CREATE: told(200, CREATED)})

    far = an_address().at("695581", "Thiruvananthapuram International Tech Park", "Kerala")
    await carrier_at(shiprocket).announce(PARCEL.sent_to(far).build())

    assert shiprocket.asked(CREATE)[0]["billing_city"] == "Thiruvananthapuram Internation"


@pytest.mark.parametrize(
    "written",
    [
        {"order_id": "512340011", "shipment_id": "510980077"},
        {"awb_code": "", "courier_company_id": "", "courier_name": ""},
        {"channel_order_id": "SC-1001", "new_channel": False, "packaging_box_error": ""},
        {"channel_order_id": "3422000_SC-1001"},
        {"status": None, "status_code": None},
    ],
)
async def test_an_answer_may_be_written_in_several_ways(written: dict[str, object]) -> None:
    """Numbers as texts, "" for null, fields that came later."""
    assert await carrier_at(Shiprocket({CREATE: told(200, CREATED | written)})).announce(PARCEL.build()) == ANNOUNCED


async def test_a_cancelled_reference_gives_way_to_the_next() -> None:
    """It is answered as if it were new, and can never be used again."""
    answers: list[Told] = [
        told(200, CANCELLED),
        told(200, CANCELLED | {"status": "CANCELLATION REQUESTED", "status_code": 18}),
        told(200, CREATED | {"order_id": 7, "shipment_id": 8}),
    ]
    shiprocket = Shiprocket({CREATE: answers})

    announced = await carrier_at(shiprocket).announce(PARCEL.build())

    assert announced == AnnouncedParcel("SC-1001-R2", "7", "8")
    assert [each["order_id"] for each in shiprocket.asked(CREATE)] == ["SC-1001", "SC-1001-R1", "SC-1001-R2"]


async def test_a_derived_reference_is_not_longer_than_is_taken() -> None:
    """Fifty characters."""
    shiprocket = Shiprocket({CREATE: [told(200, CANCELLED), told(200, CREATED)]})

    announced = await carrier_at(shiprocket).announce(PARCEL.called("S" * 50).build())

    assert announced.reference == "S" * 47 + "-R1"


async def test_references_are_not_derived_for_ever() -> None:
    """A person has to look."""
    with pytest.raises(CarrierRefused, match="10 orders"):
        await carrier_at(Shiprocket({CREATE: told(200, CANCELLED)})).announce(PARCEL.build())


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        pytest.param(
            told(400, {"message": "Given channel id does not exist", "status_code": 400}),
            "Given channel id does not exist",
            id="flat",
        ),
        pytest.param(
            told(
                422,
                {
                    "message": "Oops! Invalid Data.",
                    "errors": {"billing_phone": ["phone number is in invalid format."], "hsn": ["HSN is numeric"]},
                },
            ),
            "Oops! Invalid Data. billing_phone: phone number is in invalid format. hsn: HSN is numeric",
            id="validation",
        ),
        pytest.param(
            told(422, {"message": {"address": ["Address line 1 should have House no"], "email": ["is required"]}}),
            "address: Address line 1 should have House no email: is required",
            id="validation under message",
        ),
        pytest.param(told(400, "SKU cannot be repeated"), "SKU cannot be repeated", id="bare text"),
        pytest.param(
            told(
                400,
                {
                    "message": "Wrong Pickup location entered. Please choose one location from the data given",
                    "data": [{"pickup_location": "Home", "phone": "9999999999"}],
                },
            ),
            "Wrong Pickup location entered. Please choose one location from the data given",
            id="pickup location",
        ),
        pytest.param(
            told(200, {"message": "Wrong Pickup location entered.", "status_code": 422, "data": {"data": []}}),
            "Wrong Pickup location entered.",
            id="with status 200",
        ),
        pytest.param(told(404, {"message": "404 Not Found", "status_code": 404}), "404 Not Found", id="wrong URL"),
    ],
)
async def test_a_refusal_says_why(refusal: httpx.Response, reason: str) -> None:
    """In Shiprocket's words, for the workshop; without the addresses that come with it."""
    with pytest.raises(CarrierRefused) as refused:
        await carrier_at(Shiprocket({CREATE: refusal})).announce(PARCEL.build())

    assert (refused.value.provider, refused.value.reason) == ("shiprocket", reason)


async def test_an_order_that_may_have_arrived_is_not_sent_again_at_once() -> None:
    """Whoever asked asks again, and finds it."""
    shiprocket = Shiprocket({CREATE: [httpx.ReadTimeout("read"), told(200, CREATED)]})
    carrier = carrier_at(shiprocket)

    with pytest.raises(CarrierUnavailable, match="ReadTimeout"):
        await carrier.announce(PARCEL.build())

    assert len(shiprocket.asked(CREATE)) == 1
    assert await carrier.announce(PARCEL.build()) == ANNOUNCED


async def test_the_order_of_somebody_else_is_no_answer() -> None:
    """No parcel goes out under another's label."""
    with pytest.raises(CarrierUnavailable, match="another order"):
        await carrier_at(Shiprocket({CREATE: told(200, CREATED | {"channel_order_id": "SC-1002"})})).announce(
            PARCEL.build()
        )


async def test_a_return_goes_from_the_customer_to_the_registered_workshop() -> None:
    """Prepaid, whatever the way there was."""
    shiprocket = Shiprocket({WAREHOUSES: LOCATIONS, RETURN: told(200, RETURNED)})

    announced = await carrier_at(shiprocket).announce_return(PARCEL.called("SC-1001-B").paid_on_delivery().build())

    assert announced == AnnouncedParcel("SC-1001-B", "512340012", "510980078")
    (order,) = shiprocket.asked(RETURN)
    assert (order["pickup_customer_name"], order["pickup_pincode"]) == ("Asha Rao", "560001")
    assert (order["pickup_email"], order["pickup_phone"]) == ("asha@example.com", "9876543210")
    assert (order["shipping_customer_name"], order["shipping_pincode"]) == ("Solecraft", "282001")
    assert (order["shipping_address"], order["shipping_address_2"]) == ("Shop No. 12, Shoe Market", "")
    assert (order["shipping_phone"], order["payment_method"]) == ("9876500000", "Prepaid")


async def test_a_workshop_that_is_not_registered_is_a_refusal() -> None:
    """Of ours, before anything is created."""
    shiprocket = Shiprocket({WAREHOUSES: told(200, {"data": {"shipping_address": []}})})

    with pytest.raises(CarrierRefused, match="Workshop"):
        await carrier_at(shiprocket).announce_return(PARCEL.build())


AMONG_ALL = [
    {"channel_order_id": "SC-10010"},
    {"id": 7, "channel_order_id": "SC-1001", "shipments": [{"id": 8}]},
]
AMONG_RETURNS = [{"id": 7, "channel_order_id": "SC-1001", "shipment_id": 8}]


@pytest.mark.parametrize(
    "lists",
    [{"/orders": AMONG_ALL}, {"/orders": [], "/orders/processing/return": AMONG_RETURNS}],
    ids=["all", "returns"],
)
async def test_a_repeated_return_is_refused_there_and_found_by_us(lists: dict[str, list[dict[str, object]]]) -> None:
    """Unlike a repeated order, which is answered with the first."""
    answers = {path: told(200, {"data": rows}) for path, rows in lists.items()}
    shiprocket = Shiprocket({WAREHOUSES: LOCATIONS, RETURN: TAKEN} | answers)

    assert await carrier_at(shiprocket).announce_return(PARCEL.build()) == AnnouncedParcel("SC-1001", "7", "8")
    assert shiprocket.queries("/orders") == [{"search": "SC-1001", "per_page": "100"}]


async def test_a_return_that_is_taken_but_not_to_be_found_is_looked_for_again_later() -> None:
    """A second one would be a second parcel."""
    empty = told(200, {"data": []})
    shiprocket = Shiprocket(
        {WAREHOUSES: LOCATIONS, RETURN: TAKEN, "/orders": empty, "/orders/processing/return": empty}
    )

    with pytest.raises(CarrierUnavailable, match="not listed"):
        await carrier_at(shiprocket).announce_return(PARCEL.build())

    assert len(shiprocket.asked(RETURN)) == 1


async def test_a_cancelled_return_gives_way_to_the_next() -> None:
    """As an order does."""
    row = {"id": 7, "channel_order_id": "SC-1001", "shipment_id": 8, "status": "RETURN CANCELLED", "status_code": 27}
    answers: list[Told] = [TAKEN, told(200, RETURNED)]
    shiprocket = Shiprocket({WAREHOUSES: LOCATIONS, RETURN: answers, "/orders": told(200, {"data": [row]})})

    assert (await carrier_at(shiprocket).announce_return(PARCEL.build())).reference == "SC-1001-R1"
