"""A courier is paid for once, and what was done is found, however it is answered."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from domain.money import Money
from ports.carrier import (
    AnnouncedParcel,
    AssignedParcel,
    CarrierRefused,
    CarrierUnavailable,
    Pickup,
)
from tests.unit.adapters.shipping.shiprocket_wire import (
    ANNOUNCED,
    ASSIGN,
    ASSIGNED,
    AWB,
    PICKUP,
    SHOW,
    SHOWN_ASSIGNED,
    SHOWN_RETURN,
    Shiprocket,
    carrier_at,
    shown,
    told,
)

pytestmark = pytest.mark.anyio

DELHIVERY = AssignedParcel(AWB, "Delhivery Surface", Money(9_640), f"https://shiprocket.co/tracking/{AWB}")
WALLET = "Please recharge your ShipRocket wallet. The minimum required balance is Rs 100"
NOT_ASSIGNED = {"awb_assign_status": 0, "response": {"data": {"awb_assign_error": WALLET, "courier_id": "43"}}}


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
    shiprocket = Shiprocket({SHOW: shown(SHOWN_RETURN), ASSIGN: told(200, ASSIGNED)})

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
