"""A guest sees where the shoes are, and may send them back."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

from adapters.memory.shop import MemoryShop
from domain.shipping.parcel import ParcelStatus
from tests.builders import an_order
from tests.builders.orders import OrderBuilder
from tests.builders.shipments import ShipmentBuilder, a_shipment
from tests.http.guest import Guest, data, problem
from tests.http.operator import keep

pytestmark = pytest.mark.anyio

TOKEN: Final = "t" * 43


@pytest.fixture
def owner(guest: Guest) -> Guest:
    """Who holds the token of the orders of these tests."""
    guest.order_token = TOKEN
    return guest


def order() -> OrderBuilder:
    """The owner's."""
    return an_order().of_guest(TOKEN).paid()


def delivered() -> tuple[OrderBuilder, ShipmentBuilder]:
    """The owner's, when it has arrived."""
    handed_over = order().delivered()
    return handed_over, a_shipment().booked().at(ParcelStatus.PICKED_UP, ParcelStatus.DELIVERED)


async def test_where_the_shoes_are(owner: Guest, memory: MemoryShop) -> None:
    """Courier, air waybill and scans; nothing of costs, papers and tries that came to nothing."""
    shipped = order().shipped()
    travelling = a_shipment().booked("AWB1").at(ParcelStatus.PICKED_UP, ParcelStatus.OUT_FOR_DELIVERY)
    number = await keep(memory, shipped, a_shipment().failed(), travelling)
    answer = await owner.get(f"/orders/{number}/tracking")
    tracking = data(answer)
    assert (tracking["order"], tracking["fulfillmentStatus"]) == (number, "SHIPPED")
    assert tracking["_links"] == {"order": f"/api/v1/orders/{number}"}
    [parcel] = tracking["parcels"]
    assert (parcel["awb"], parcel["courier"], parcel["status"]) == ("AWB1", "Delhivery Surface", "OUT_FOR_DELIVERY")
    assert [scan["status"] for scan in parcel["scans"]] == ["PICKED_UP", "OUT_FOR_DELIVERY"]
    assert not {"cost", "labelUrl", "carrier", "reference", "failure"} & parcel.keys()
    assert answer.headers["cache-control"] == "no-store"
    seen = data(await owner.get(f"/orders/{number}"))
    assert seen["_links"]["tracking"] == f"/api/v1/orders/{number}/tracking"
    assert "returns" not in seen["_links"]


async def test_before_a_courier_is_booked_there_is_no_parcel(owner: Guest, memory: MemoryShop) -> None:
    """Asking is no error."""
    number = await keep(memory, order())
    assert data(await owner.get(f"/orders/{number}/tracking"))["parcels"] == []
    assert "tracking" not in data(await owner.get(f"/orders/{number}"))["_links"]


async def test_a_return_is_asked_for_once(owner: Guest, memory: MemoryShop) -> None:
    """A courier fetches it; the same request again is the same return."""
    number = await keep(memory, *delivered())
    path = data(await owner.get(f"/orders/{number}"))["_links"]["returns"].removeprefix("/api/v1")
    answer = await owner.post_once(path, key="r1")
    started = data(answer, 201)
    assert started["order"] == number
    assert started["_links"] == {
        "order": f"/api/v1/orders/{number}",
        "tracking": f"/api/v1/orders/{number}/tracking",
    }
    assert answer.headers["location"] == f"/api/v1/orders/{number}/tracking"
    again = await owner.post_once(f"/orders/{number}/returns", key="r1")
    assert (data(again, 201), again.headers["idempotent-replayed"]) == (started, "true")
    problem(await owner.send("POST", f"/orders/{number}/returns"), "idempotency-key-missing")


async def test_what_can_not_be_sent_back(owner: Guest, memory: MemoryShop) -> None:
    """409 with the reason: it never arrived, or too long ago."""
    under_way = await keep(memory, order().shipped(), a_shipment().booked())
    assert "not delivered" in problem(await owner.post_once(f"/orders/{under_way}/returns"), "conflict")["detail"]
    number = await keep(memory, *delivered())
    memory.clock.advance(timedelta(days=8))
    assert "7 days" in problem(await owner.post_once(f"/orders/{number}/returns"), "conflict")["detail"]


async def test_others_see_and_return_nothing(owner: Guest, stranger: Guest, memory: MemoryShop) -> None:
    """As if there were no such order."""
    number = await keep(memory, *delivered())
    await stranger.buy()
    problem(await stranger.get(f"/orders/{number}/tracking"), "resource-not-found")
    problem(await stranger.post_once(f"/orders/{number}/returns"), "resource-not-found")
    stranger.order_token = None
    problem(await stranger.get(f"/orders/{number}/tracking"), "unauthorized")
    problem(await stranger.post_once(f"/orders/{number}/returns"), "unauthorized")
