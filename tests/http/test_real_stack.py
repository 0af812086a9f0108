"""What staff and third parties reach in memory they reach in PostgreSQL too."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import AsyncIterator

import httpx
import pytest

from bootstrap.adapters import Adapters, opened
from bootstrap.container import Shop
from bootstrap.routes import use_cases
from bootstrap.settings import Settings
from domain.operations.task import OperatorTask, TaskKind
from domain.shipping.parcel import ParcelStatus
from tests.builders import an_order, fresh_id
from tests.builders.shipments import a_shipment
from tests.http.guest import API, data, problem
from tests.http.operator import Operator
from tests.http.stage import Stage

pytestmark = pytest.mark.anyio

COURIER_KEY = "courier-key-of-these-tests"


@pytest.fixture
async def real(postgres_url: str, redis_url: str) -> AsyncIterator[Adapters]:
    """The adapters of production on servers of this test."""
    settings = dataclasses.replace(
        Settings.from_environment({name: value for name, value in os.environ.items() if "SHOES_" not in name}),
        database_url=postgres_url,
        redis_url=redis_url,
        courier_webhook_key=COURIER_KEY,
    )
    async with opened(Adapters(settings=settings)) as adapters:
        yield adapters


@pytest.fixture
async def http(stage: Stage, real: Adapters) -> AsyncIterator[httpx.AsyncClient]:
    """Speaks to the API over those adapters."""
    stage.serve(use_cases(Shop(ports=real)), real.clock())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(stage.app), base_url="http://shop.test") as client:
        yield client


async def test_staff_see_what_happened(operator: Operator, real: Adapters) -> None:
    """Orders, parcels, events and tasks, as they are kept."""
    now = real.clock().now()
    order = an_order().placed(now).paid().ready().build()
    shipment = a_shipment().booked().at(ParcelStatus.IN_TRANSIT)
    task = OperatorTask.open(id=fresh_id(), kind=TaskKind.PARCEL_LOST, subject="a parcel", detail="lost", at=now)
    async with real.begin()() as tx:
        await tx.orders.add(order)
        await tx.shipments.add(shipment.of(order).build())
        await tx.tasks.add(task)

    assert data(await operator.get(f"/orders/{order.ext_id}"))["id"] == str(order.id)
    asked = f"status=CONFIRMED&payment_status=PAID&fulfillment_status=READY_TO_SHIP&from={now:%Y-%m-%dT%H:%M:%S.%fZ}"
    [listed] = data(await operator.get(f"/orders?{asked}&to=9999-12-31T23:59:59-12:00"))
    assert (listed["id"], listed["pairs"]) == (str(order.id), 1)
    [parcel] = data(await operator.get(f"/orders/{order.id}/shipments"))
    assert (parcel["status"], parcel["scans"][0]["status"]) == ("IN_TRANSIT", "IN_TRANSIT")
    events = data(await operator.get(f"/events?aggregate_id={order.id}&name=order.placed"))
    assert events[0]["payload"]["payment_method"] == "PREPAID"
    assert data(await operator.get(f"/events/{events[0]['id']}"))["deliveries"] == []
    assert data(await operator.get("/backlog"))["dead"] == 0
    assert data(await operator.post(f"/tasks/{task.id}/finish"))["doneAt"] is not None
    assert data(await operator.get("/tasks")) == []


async def test_a_webhook_is_kept_once(http: httpx.AsyncClient, operator: Operator) -> None:
    """Authentic ones make one event; forged ones make none."""
    for key in (COURIER_KEY, COURIER_KEY):
        answer = await http.post(f"{API}/webhooks/courier", content=b'{"awb": "1"}', headers={"X-Api-Key": key})
        assert (answer.status_code, answer.json()) == (200, {"received": True})
    for path in ("courier", "mail", "payments/razorpay"):
        problem(await http.post(f"{API}/webhooks/{path}", content=b"\x00\xff{"), "invalid-signature")
    [event] = data(await operator.get("/events"))
    assert (event["name"], event["payload"]) == ("webhook.received", {"provider": "courier"})
