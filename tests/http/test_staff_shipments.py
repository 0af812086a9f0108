"""The workshop books parcels, calls them off, and answers the courier."""

from __future__ import annotations

import pytest

from adapters.memory.shop import MemoryShop
from domain.shipping.parcel import ParcelStatus
from tests.builders import an_order
from tests.builders.orders import OrderBuilder
from tests.builders.shipments import a_shipment
from tests.http.guest import data, faults, problem
from tests.http.operator import Operator, keep

pytestmark = pytest.mark.anyio

RECEIPT = {"awb": "7840123456", "courier": "Blue Dart", "trackingUrl": "https://bluedart.example/7840123456"}


def ready() -> OrderBuilder:
    """An order that is boxed."""
    return an_order().paid().ready()


async def test_a_parcel_is_booked(operator: Operator, memory: MemoryShop) -> None:
    """Once for each key, and an order that has a parcel keeps it."""
    number = await keep(memory, ready())
    path = f"/orders/{number}/shipments"
    answer = await operator.post(path, {}, key="s1")
    shipment = data(answer, 201)
    assert (shipment["order"], shipment["carrier"], shipment["direction"]) == (number, "memory", "OUTBOUND")
    assert (shipment["step"], shipment["awb"], shipment["scans"]) == ("REQUESTED", None, [])
    assert answer.headers["location"] == f"/api/v1/admin{path}"
    again = await operator.post(path, {}, key="s1")
    assert (data(again, 201), again.headers["idempotent-replayed"]) == (shipment, "true")
    assert data(await operator.post(path, {"carrier": "memory"}), 201) == shipment
    assert data(await operator.get(path)) == [shipment]


async def test_another_carrier_may_be_named(operator: Operator, memory: MemoryShop) -> None:
    """One that we have, and not while another one has the parcel."""
    number = await keep(memory, ready())
    path = f"/orders/{number}/shipments"
    assert faults(await operator.post(path, {"carrier": "pigeon"})) == {"/carrier": "invalid"}
    assert data(await operator.post(path, {"carrier": "manual"}), 201)["carrier"] == "manual"
    problem(await operator.post(path, {"carrier": "memory"}), "conflict")


async def test_an_air_waybill_is_typed(operator: Operator, memory: MemoryShop) -> None:
    """That books the parcel; again is harmless, another one is not taken."""
    number = await keep(memory, ready(), a_shipment().awaiting_awb())
    path = f"/orders/{number}/shipments/awb"
    booked = data(await operator.post(path, RECEIPT))
    assert (booked["step"], booked["awb"], booked["courier"]) == ("BOOKED", "7840123456", "Blue Dart")
    assert booked["trackingUrl"] == RECEIPT["trackingUrl"]
    assert data(await operator.post(path, RECEIPT))["id"] == booked["id"]
    problem(await operator.post(path, RECEIPT | {"awb": "7840123457"}), "resource-not-found")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://", "http://a b", "\u202ehttps://x.example"])
async def test_an_address_that_is_none(url: str, operator: Operator, memory: MemoryShop) -> None:
    """It would end up in a mail."""
    number = await keep(memory, ready(), a_shipment().awaiting_awb())
    answer = await operator.post(f"/orders/{number}/shipments/awb", RECEIPT | {"trackingUrl": url})
    assert faults(answer) == {"/trackingUrl": "invalid"}


async def test_a_parcel_is_called_off(operator: Operator, memory: MemoryShop) -> None:
    """Then another one may be booked; the first stays on the list."""
    number = await keep(memory, ready())
    path = f"/orders/{number}/shipments"
    data(await operator.post(path, {}), 201)
    cancelled = data(await operator.post(f"{path}/cancel", {"direction": "OUTBOUND"}))
    assert cancelled["step"] == "CANCELLED"
    problem(await operator.post(f"{path}/cancel", {"direction": "OUTBOUND"}), "resource-not-found")
    another = data(await operator.post(path, {}), 201)
    assert [each["id"] for each in data(await operator.get(path))] == [cancelled["id"], another["id"]]


async def test_what_the_courier_has_is_not_called_off(operator: Operator, memory: MemoryShop) -> None:
    """409; and there is nothing to call off in the other direction."""
    number = await keep(memory, ready(), a_shipment().booked().at(ParcelStatus.PICKED_UP))
    path = f"/orders/{number}/shipments/cancel"
    problem(await operator.post(path, {"direction": "OUTBOUND"}), "conflict")
    problem(await operator.post(path, {"direction": "RETURN"}), "resource-not-found")


async def test_a_shipment_shows_its_way(operator: Operator, memory: MemoryShop) -> None:
    """Papers, cost, and every scan."""
    number = await keep(
        memory, ready(), a_shipment().booked("AWB1").at(ParcelStatus.PICKED_UP, ParcelStatus.IN_TRANSIT)
    )
    [shipment] = data(await operator.get(f"/orders/{number}/shipments"))
    assert (shipment["awb"], shipment["status"], shipment["cost"]["amount"]) == ("AWB1", "IN_TRANSIT", 9_640)
    assert [scan["status"] for scan in shipment["scans"]] == ["PICKED_UP", "IN_TRANSIT"]
    assert shipment["labelUrl"].endswith("/label.pdf")
    assert shipment["_links"] == {"order": f"/api/v1/admin/orders/{number}"}


async def test_a_parcel_by_hand_is_followed_to_the_door(operator: Operator, memory: MemoryShop) -> None:
    """Whoever looked says where it is; at the door the order is paid, and what comes late moves nothing."""
    number = await keep(memory, an_order().paid_on_delivery().ready(), a_shipment().awaiting_awb())
    path = f"/orders/{number}/shipments"
    data(await operator.post(f"{path}/awb", RECEIPT))

    async def seen(status: str) -> tuple[str, str, str]:
        parcel = data(await operator.post(f"{path}/report", {"direction": "OUTBOUND", "status": status}))
        order = data(await operator.get(f"/orders/{number}"))
        return parcel["status"], order["fulfillmentStatus"], order["paymentStatus"]

    assert await seen("PICKED_UP") == ("PICKED_UP", "SHIPPED", "PENDING")
    assert await seen("OUT_FOR_DELIVERY") == ("OUT_FOR_DELIVERY", "SHIPPED", "PENDING")
    assert await seen("DELIVERED") == ("DELIVERED", "DELIVERED", "PAID")
    assert await seen("IN_TRANSIT") == ("DELIVERED", "DELIVERED", "PAID")
    assert [event.name for event in memory.outbox].count("order.delivered") == 1


async def test_what_has_no_air_waybill_is_nowhere(operator: Operator, memory: MemoryShop) -> None:
    """404, as for a direction in which nothing goes."""
    number = await keep(memory, ready(), a_shipment().awaiting_awb())
    for direction in ("OUTBOUND", "RETURN"):
        form = {"direction": direction, "status": "PICKED_UP"}
        problem(await operator.post(f"/orders/{number}/shipments/report", form), "resource-not-found")
    assert data(await operator.get(f"/orders/{number}"))["fulfillmentStatus"] == "READY_TO_SHIP"


async def test_the_courier_is_answered(operator: Operator, memory: MemoryShop) -> None:
    """204, when it asked; what it refuses or does not hear is told."""
    silent = await keep(memory, ready(), a_shipment().booked())
    form = {"wish": "RETURN", "comment": "nobody lives there"}
    problem(await operator.post(f"/orders/{silent}/shipments/failed-delivery", form), "conflict")
    asking = await keep(memory, ready(), a_shipment().booked().at(ParcelStatus.UNDELIVERED))
    path = f"/orders/{asking}/shipments/failed-delivery"
    document = problem(await operator.post(path, form), "conflict")
    assert document["detail"] == "The carrier refused: no such air waybill."
    memory.carrier.unavailable = True
    assert (await operator.post(path, form)).headers["retry-after"] == "5"
