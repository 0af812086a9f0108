"""An offer of a courier makes sense, or is none."""

from __future__ import annotations

import httpx
import pytest

from domain.money import Money
from domain.shipping.courier_choice import CourierOffer
from ports.carrier import CarrierRefused, CarrierUnavailable
from tests.unit.adapters.shipping.shiprocket_wire import (
    ANNOUNCED,
    SHOW,
    SHOWN_RETURN,
    Shiprocket,
    carrier_at,
    shown,
    told,
)

pytestmark = pytest.mark.anyio

SERVICE = "/courier/serviceability/"
COURIER: dict[str, object] = {
    "courier_company_id": 43,
    "courier_name": "Delhivery Surface",
    "rate": 96.4,
    "estimated_delivery_days": "4",
    "etd_hours": 91,
    "rating": 4.4,
    "cod": 1,
    "blocked": 0,
}
OFFER = CourierOffer("43", "Delhivery Surface", Money(9_640), days=4, rating=4.4, collects_cash=True)


def service(*couriers: object) -> httpx.Response:
    """These would go."""
    return told(200, {"status": 200, "data": {"available_courier_companies": couriers}})


async def test_offers_are_asked_for_by_the_order_and_its_places() -> None:
    """From the workshop to the customer."""
    shiprocket = Shiprocket({SHOW: shown(), SERVICE: service(COURIER)})

    assert await carrier_at(shiprocket).offers(ANNOUNCED) == (OFFER,)
    asked = {"order_id": "512340011", "pickup_postcode": "282001", "delivery_postcode": "560001"}
    assert shiprocket.queries(SERVICE) == [asked]


async def test_offers_for_a_return_are_asked_for_the_other_way() -> None:
    """From the customer to the workshop, with what it is worth."""
    shiprocket = Shiprocket({SHOW: shown(SHOWN_RETURN), SERVICE: service(COURIER)})

    await carrier_at(shiprocket).offers(ANNOUNCED)

    (query,) = shiprocket.queries(SERVICE)
    assert (query["pickup_postcode"], query["delivery_postcode"]) == ("560001", "282001")
    assert (query["is_return"], query["declared_value"]) == ("1", "6499")


@pytest.mark.parametrize(
    ("written", "offer"),
    [
        ({"rate": "96.40", "rating": "4.4", "cod": "1", "courier_company_id": "43"}, OFFER),
        ({"cod": 0}, CourierOffer("43", "Delhivery Surface", Money(9_640), 4, 4.4, False)),
        ({"rate": 96.405}, CourierOffer("43", "Delhivery Surface", Money(9_641), 4, 4.4, True)),
        ({"estimated_delivery_days": ""}, OFFER),  # 91 hours
        ({"estimated_delivery_days": "4-5", "etd_hours": "96"}, OFFER),
        ({"rating": None}, None),
        ({"rating": "5.1"}, None),
        ({"rate": None}, None),
        ({"rate": "free"}, None),
        ({"rate": -1}, None),
        ({"rate": "NaN"}, None),
        ({"rate": 10**30}, None),
        ({"blocked": 1}, None),
        ({"courier_company_id": None}, None),
        ({"estimated_delivery_days": "soon", "etd_hours": None}, None),
        ({"estimated_delivery_days": 10**30, "etd_hours": None}, None),
    ],
)
async def test_an_offer_that_makes_no_sense_is_no_offer(written: dict[str, object], offer: CourierOffer | None) -> None:
    """The others are, whatever stands beside them."""
    shiprocket = Shiprocket({SHOW: shown(), SERVICE: service(COURIER | written, None, 7, [])})

    assert await carrier_at(shiprocket).offers(ANNOUNCED) == (() if offer is None else (offer,))


@pytest.mark.parametrize(
    "nobody",
    [
        service(),
        told(200, {"status": 404, "message": "No courier service available for the given pincodes."}),
        told(200, {"status": "404", "message": "Delivery postcode not serviceable", "data": []}),
        told(404, {"message": "No courier service available", "status_code": 404}),
    ],
)
async def test_where_nobody_goes_there_are_no_offers(nobody: httpx.Response) -> None:
    """Told with 200 most of the time."""
    assert not await carrier_at(Shiprocket({SHOW: shown(), SERVICE: nobody})).offers(ANNOUNCED)


@pytest.mark.parametrize(
    "answer",
    [
        told(200, {"status": 200}),
        told(200, {"status": 404}),
        told(200, raw=b"<html>"),
        told(404, raw=b"<html>not here</html>"),
        told(500, {"message": "Server Error"}),
    ],
)
async def test_an_answer_about_nothing_does_not_mean_that_nobody_goes_there(answer: httpx.Response) -> None:
    """It would cost an order."""
    with pytest.raises(CarrierUnavailable):
        await carrier_at(Shiprocket({SHOW: shown(), SERVICE: answer})).offers(ANNOUNCED)


async def test_an_unknown_order_is_refused_and_not_taken_for_a_place_where_nobody_goes() -> None:
    """Both come with 200 and 404."""
    unknown = told(200, {"status": 404, "message": "Order does not exist!"})

    with pytest.raises(CarrierRefused, match="Order does not exist!"):
        await carrier_at(Shiprocket({SHOW: shown(), SERVICE: unknown})).offers(ANNOUNCED)
