"""A courier is paid for once, and what was done is found, however it is answered."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from domain.money import Money
from domain.shipping.courier_choice import CourierOffer
from ports.carrier import (
    AnnouncedParcel,
    AssignedParcel,
    CarrierRefused,
    CarrierUnavailable,
    DeliveryWish,
    Papers,
    Pickup,
)
from tests.unit.adapters.shipping.shiprocket_wire import (
    ANNOUNCED,
    ASSIGN,
    ASSIGNED,
    AWB,
    PICKUP,
    SHOW,
    SHOWN,
    SHOWN_ASSIGNED,
    SHOWN_CANCELLED,
    Shiprocket,
    carrier_at,
    shown,
    told,
)

pytestmark = pytest.mark.anyio

SERVICE, CANCEL = "/courier/serviceability/", "/orders/cancel"
DELHIVERY = AssignedParcel(AWB, "Delhivery Surface", Money(9_640), f"https://shiprocket.co/tracking/{AWB}")
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
WALLET = "Please recharge your ShipRocket wallet. The minimum required balance is Rs 100"
NOT_ASSIGNED = {"awb_assign_status": 0, "response": {"data": {"awb_assign_error": WALLET, "courier_id": "43"}}}
RETURNING = SHOWN | {
    "status": "RETURN PENDING",
    "status_code": 21,
    "is_return": 1,
    "customer_pincode": "282001",
    "return_pickup_data": {"pin_code": "560001"},
}


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
    shiprocket = Shiprocket({SHOW: shown(RETURNING), SERVICE: service(COURIER)})

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


async def test_a_courier_is_assigned_as_documented() -> None:
    """After a look whether one is already."""
    shiprocket = Shiprocket({SHOW: shown(), ASSIGN: told(200, ASSIGNED)})

    assert await carrier_at(shiprocket).assign(ANNOUNCED, "43") == DELHIVERY
    assert shiprocket.asked(ASSIGN) == [{"shipment_id": 510980077, "courier_id": 43}]


async def test_without_a_wish_the_carrier_chooses() -> None:
    """No courier is named then."""
    shiprocket = Shiprocket({SHOW: shown(), ASSIGN: told(200, ASSIGNED)})

    await carrier_at(shiprocket).assign(ANNOUNCED, None)

    assert shiprocket.asked(ASSIGN) == [{"shipment_id": 510980077}]


async def test_a_return_is_assigned_as_one() -> None:
    """Told apart by the order."""
    shiprocket = Shiprocket({SHOW: shown(RETURNING), ASSIGN: told(200, ASSIGNED)})

    await carrier_at(shiprocket).assign(ANNOUNCED, "43")

    assert shiprocket.asked(ASSIGN) == [{"shipment_id": 510980077, "courier_id": 43, "is_return": 1}]


async def test_a_parcel_that_has_a_courier_is_not_paid_for_again() -> None:
    """Asking costs money, so it isn't asked."""
    shiprocket = Shiprocket({SHOW: shown(SHOWN_ASSIGNED)})

    assert await carrier_at(shiprocket).assign(ANNOUNCED, "10") == DELHIVERY


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ReadTimeout("read"),
        httpx.RemoteProtocolError("cut"),
        told(200, raw=b'{"awb_assign_status": 1, "resp'),
        told(400, {"message": "Oops! Cannot reassign courier for this shipment.", "status_code": 400}),
        told(200, {"awb_assign_status": 0, "response": {"data": {"awb_assign_error": "AWB is already assigned"}}}),
        told(500, {"message": "AWB IS ALREADY ASSIGNED", "status_code": 500}),
        told(502, raw=b"Bad Gateway"),
    ],
)
async def test_a_courier_that_was_assigned_without_our_knowing_is_found(answer: httpx.Response | Exception) -> None:
    """The order is looked at before anybody asks again."""
    shiprocket = Shiprocket({SHOW: [shown(), shown(SHOWN_ASSIGNED)], ASSIGN: answer})

    assert await carrier_at(shiprocket).assign(ANNOUNCED, "43") == DELHIVERY
    assert len(shiprocket.asked(ASSIGN)) == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (told(200, NOT_ASSIGNED), WALLET),
        (told(200, {"awb_assign_status": 0, "response": {"data": WALLET}}), WALLET),
        (told(200, {"awb_assign_status": 0, "response": WALLET}), WALLET),
        (told(200, {"status_code": 350, "message": WALLET}), WALLET),
        (told(403, {"status_code": 350, "message": WALLET}), WALLET),
        (
            told(200, {"awb_assign_status": 1, "response": {"data": {"awb_code": "", "awb_assign_error": "no"}}}),
            "no",
        ),
        (told(400, {"message": "Oops! Cannot reassign courier for this shipment."}), "Oops! Cannot reassign"),
        (told(422, {"message": "Required field missing", "errors": {"shipment_id": ["is required."]}}), "shipment_id"),
    ],
)
async def test_a_courier_that_was_refused_is_a_refusal_with_its_reason(answer: httpx.Response, reason: str) -> None:
    """With 200, too: there is a courier exactly when there is an air waybill."""
    with pytest.raises(CarrierRefused) as refusal:
        await carrier_at(Shiprocket({SHOW: shown(), ASSIGN: answer})).assign(ANNOUNCED, "43")

    assert reason in refusal.value.reason


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ReadTimeout("read"),
        told(200, {}),
        told(200, {"awb_assign_status": 1, "response": {"data": {"awb_code": None}}}),
        told(200, {"awb_assign_status": 1, "response": {"data": {"awb_code": "../../orders"}}}),
        told(200, {"awb_assign_status": 1, "response": {"data": []}}),
        told(500, {"message": "order is in cancelled state.", "status_code": 500}),
        told(503, raw=b""),
    ],
)
async def test_no_answer_and_no_courier_is_no_answer(answer: httpx.Response | Exception) -> None:
    """Whoever asked asks again, later."""
    with pytest.raises(CarrierUnavailable):
        await carrier_at(Shiprocket({SHOW: shown(), ASSIGN: answer})).assign(ANNOUNCED, "43")


async def test_a_cancelled_order_gets_no_courier() -> None:
    """Even though it may still show the one that it had."""
    shiprocket = Shiprocket({SHOW: shown(SHOWN_ASSIGNED | {"status": "CANCELED", "status_code": 5})})

    with pytest.raises(CarrierRefused, match="cancelled"):
        await carrier_at(shiprocket).assign(ANNOUNCED, "43")


@pytest.mark.parametrize("wrong", [{"id": 7}, {"shipments": {"id": 7}}, {"shipments": []}, {"id": None}])
async def test_the_order_of_somebody_else_is_no_answer(wrong: dict[str, object]) -> None:
    """No air waybill of another parcel is taken for ours."""
    with pytest.raises(CarrierUnavailable):
        await carrier_at(Shiprocket({SHOW: shown(SHOWN_ASSIGNED | wrong)})).assign(ANNOUNCED, "43")


@pytest.mark.parametrize("stranger", ["MANUAL-1", "", "1/cancel", "٣", "9" * 30])
async def test_the_ids_of_another_carrier_never_reach_the_wire(stranger: str) -> None:
    """They would be a path to somewhere else."""
    shiprocket = Shiprocket({})
    carrier, parcel = carrier_at(shiprocket), AnnouncedParcel("SC-1001", stranger, stranger)

    for call in (carrier.offers, carrier.schedule_pickup, carrier.papers, carrier.cancel):
        with pytest.raises(CarrierRefused):
            await call(parcel)
    with pytest.raises(CarrierRefused):
        await carrier.assign(parcel, "43")

    assert shiprocket.requests == []


async def test_a_pickup_is_scheduled_as_documented() -> None:
    """One parcel in a list; the time is India's."""
    response = {"pickup_scheduled_date": "2026-12-02 14:00:00", "pickup_token_number": "1", "status": 3}
    shiprocket = Shiprocket({PICKUP: told(200, {"pickup_status": 1, "response": response})})

    pickup = await carrier_at(shiprocket).schedule_pickup(ANNOUNCED)

    assert pickup == Pickup(datetime(2026, 12, 2, 8, 30, tzinfo=UTC))
    assert shiprocket.asked(PICKUP) == [{"shipment_id": [510980077]}]


async def test_a_pickup_that_is_scheduled_already_is_found() -> None:
    """Which makes asking again safe."""
    again = told(400, {"message": "Already in Pickup Queue.", "status_code": 400})
    shiprocket = Shiprocket({PICKUP: again, SHOW: shown(SHOWN_ASSIGNED)})

    assert await carrier_at(shiprocket).schedule_pickup(ANNOUNCED) == Pickup(datetime(2026, 12, 2, 8, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (told(400, {"message": "Invalid shipment id", "status_code": 400}), CarrierRefused),
        (told(200, {"pickup_status": 0, "response": "Phone of the pickup location is not verified"}), CarrierRefused),
        (told(200, {"pickup_status": 0}), CarrierUnavailable),
        (httpx.ReadTimeout("read"), CarrierUnavailable),
        (told(500, {"message": "Server Error"}), CarrierUnavailable),
    ],
)
async def test_a_pickup_that_was_not_scheduled_is_none(
    answer: httpx.Response | Exception, error: type[Exception]
) -> None:
    """Nobody waits for a courier who doesn't come."""
    with pytest.raises(error):
        await carrier_at(Shiprocket({PICKUP: answer})).schedule_pickup(ANNOUNCED)


LABEL, MANIFEST, REPRINT, INVOICE = (
    "/courier/generate/label",
    "/manifests/generate",
    "/manifests/print",
    "/orders/print/invoice",
)


async def test_papers_are_where_they_are_told_to_be() -> None:
    """Three calls, each by its own ids."""
    shiprocket = Shiprocket(
        {
            LABEL: told(200, {"label_created": 1, "label_url": "https://papers.example/label.pdf", "not_created": []}),
            MANIFEST: told(200, {"status": 1, "manifest_url": "https://papers.example/manifest.pdf"}),
            INVOICE: told(200, {"is_invoice_created": True, "invoice_url": "https://papers.example/invoice.pdf"}),
        }
    )

    papers = await carrier_at(shiprocket).papers(ANNOUNCED)

    names = ("label", "manifest", "invoice")
    assert papers == Papers(*(f"https://papers.example/{name}.pdf" for name in names))
    assert shiprocket.asked(LABEL) == [{"shipment_id": [510980077]}]
    assert shiprocket.asked(INVOICE) == [{"ids": [512340011]}]


async def test_a_manifest_that_was_made_before_is_printed() -> None:
    """It can be made only once."""
    made = {"message": "Manifest already generated for some shipment_ids", "status_code": 400}
    shiprocket = Shiprocket(
        {
            LABEL: told(200, {"label_created": 0, "not_created": {"510980077": "Shipment awb not found"}}),
            MANIFEST: told(400, made | {"already_manifested_shipment_ids": [510980077]}),
            REPRINT: told(200, {"manifest_url": "https://papers.example/manifest.pdf"}),
            INVOICE: told(400, {"is_invoice_created": False, "message": "Invoice could not be created"}),
        }
    )

    papers = await carrier_at(shiprocket).papers(ANNOUNCED)

    assert papers == Papers(None, "https://papers.example/manifest.pdf", None)
    assert shiprocket.asked(REPRINT) == [{"order_ids": [512340011]}]


@pytest.mark.parametrize(
    "url", ["", None, 7, [], "javascript:alert(1)", "//papers.example", "https://x\n", "https://" + "x" * 3_000]
)
async def test_a_paper_that_can_not_be_clicked_safely_is_none(url: object) -> None:
    """Somebody of the workshop will."""
    paper = told(200, {"label_url": url, "manifest_url": url, "invoice_url": url})
    shiprocket = Shiprocket(dict.fromkeys((LABEL, MANIFEST, REPRINT, INVOICE), paper))

    assert await carrier_at(shiprocket).papers(ANNOUNCED) == Papers(None, None, None)


async def test_papers_of_a_carrier_that_is_down_are_asked_for_again() -> None:
    """None of them is taken for missing."""
    with pytest.raises(CarrierUnavailable):
        await carrier_at(Shiprocket({LABEL: told(502, raw=b"Bad Gateway")})).papers(ANNOUNCED)


@pytest.mark.parametrize(
    "answer",
    [told(204, raw=b""), told(200, {"status_code": 200, "message": "Order cancelled successfully."}), told(202)],
)
async def test_any_success_cancels(answer: httpx.Response) -> None:
    """204 is documented, 200 is met."""
    shiprocket = Shiprocket({CANCEL: answer})

    await carrier_at(shiprocket).cancel(ANNOUNCED)

    assert shiprocket.asked(CANCEL) == [{"ids": [512340011]}]


FAILED_CANCELS = [
    told(400, {"message": "Order is already cancelled.", "status_code": 400}),
    told(200, {"message": "Order is already cancelled.", "status_code": 400}),
    told(500, {"message": "Trying to get property of non-object", "status_code": 500}),
    httpx.ReadTimeout("read"),
]


@pytest.mark.parametrize("answer", FAILED_CANCELS)
async def test_what_is_cancelled_in_the_end_was_cancelled(answer: httpx.Response | Exception) -> None:
    """Whatever was answered."""
    await carrier_at(Shiprocket({CANCEL: answer, SHOW: shown(SHOWN_CANCELLED)})).cancel(ANNOUNCED)


@pytest.mark.parametrize("answer", FAILED_CANCELS)
async def test_what_is_not_cancelled_is_an_error(answer: httpx.Response | Exception) -> None:
    """It will be fetched."""
    with pytest.raises((CarrierRefused, CarrierUnavailable)):
        await carrier_at(Shiprocket({CANCEL: answer, SHOW: shown(SHOWN_ASSIGNED)})).cancel(ANNOUNCED)


@pytest.mark.parametrize(("wish", "action"), [(DeliveryWish.TRY_AGAIN, "re-attempt"), (DeliveryWish.RETURN, "return")])
async def test_what_to_do_with_an_undelivered_parcel_is_said_as_documented(wish: DeliveryWish, action: str) -> None:
    """Answered with 202."""
    path = f"/ndr/{AWB}/action"
    shiprocket = Shiprocket({path: told(202, {"status": "Data Updated Sucessfully"})})

    await carrier_at(shiprocket).answer_failed_delivery(AWB, wish, "Ring\r\nthe bell " + "x" * 500)

    (asked,) = shiprocket.asked(path)
    assert asked["action"] == action
    assert str(asked["comments"]).startswith("Ringthe bell xxx")
    assert len(str(asked["comments"])) == 200


async def test_a_wish_that_comes_too_late_is_refused() -> None:
    """The parcel is on its way back, say."""
    refusal = told(400, {"message": "Action not allowed for this shipment", "status_code": 400})

    with pytest.raises(CarrierRefused, match="not allowed"):
        await carrier_at(Shiprocket({f"/ndr/{AWB}/action": refusal})).answer_failed_delivery(
            AWB, DeliveryWish.TRY_AGAIN, "Ring the bell"
        )
