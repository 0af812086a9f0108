"""The workshop makes an order, gives it up, or gives money back."""

from __future__ import annotations

from typing import Final

import pytest

from adapters.memory.shop import MemoryShop
from tests.builders import an_order
from tests.http.guest import Guest, Json, data, faults, problem
from tests.http.operator import NOBODYS, Operator, keep
from tests.http.test_payments import proof_body

pytestmark = pytest.mark.anyio

ON_DELIVERY: Final = {"paymentMethod": "COD", "expectedTotal": 1_304_800}
ACTIONS: Final = {
    "/start-production": None,
    "/ready": None,
    "/cancel": {"reason": "out of leather"},
    "/refunds": {"reason": "the sole came off"},
    "/shipments": {},
    "/shipments/awb": {"awb": "7840123456", "courier": "Blue Dart"},
    "/shipments/cancel": {"direction": "OUTBOUND"},
    "/shipments/report": {"direction": "OUTBOUND", "status": "PICKED_UP"},
    "/shipments/failed-delivery": {"wish": "TRY_AGAIN", "comment": "after six"},
}


async def paid(guest: Guest, memory: MemoryShop) -> str:
    """An order that its guest has paid; its number."""
    order = await guest.buy()
    payment = data(await guest.post_once(f"/orders/{order['extId']}/payments"), 201)
    proof = memory.payment_gateway.pay(payment["providerOrderId"])
    data(await guest.post_once(f"/orders/{order['extId']}/payments/confirm", proof_body(proof)))
    number: str = order["extId"]
    return number


def steps(order: Json) -> set[str]:
    """What can be done with it."""
    assert order["_links"].pop("self") == f"/api/v1/admin/orders/{order['extId']}"
    return set(order["_links"])


async def test_any_order_is_shown(guest: Guest, operator: Operator) -> None:
    """By number and by id, as its buyer sees it but for what can be done."""
    bought = await guest.buy()
    by_number = data(await operator.get(f"/orders/{bought['extId']}"))
    assert data(await operator.get(f"/orders/{bought['id']}")) == by_number
    assert by_number | {"_links": None} == bought | {"_links": None}
    assert steps(by_number) == {"cancel"}


async def test_an_order_is_made(guest: Guest, operator: Operator) -> None:
    """Step by step; saying a step again is harmless, and each answer says what comes next."""
    number = (await guest.buy(**ON_DELIVERY))["extId"]
    assert steps(data(await operator.get(f"/orders/{number}"))) == {"cancel", "startProduction"}
    started = data(await operator.post(f"/orders/{number}/start-production"))
    assert (started["fulfillmentStatus"], steps(started)) == ("IN_PRODUCTION", {"ready"})
    assert data(await operator.post(f"/orders/{number}/start-production"))["version"] >= started["version"]
    ready = data(await operator.post(f"/orders/{number}/ready"))
    assert (ready["fulfillmentStatus"], steps(ready)) == ("READY_TO_SHIP", {"shipments"})
    timeline = data(await guest.get(f"/orders/{number}/timeline"))
    assert [entry["event"] for entry in timeline][-2:] == ["order.production_started", "order.ready"]


async def test_steps_are_not_skipped(guest: Guest, operator: Operator) -> None:
    """409: nothing is cut before it is paid, nothing boxed before it is cut."""
    unpaid = (await guest.buy())["extId"]
    problem(await operator.post(f"/orders/{unpaid}/start-production"), "conflict")
    waiting = (await guest.buy(**ON_DELIVERY))["extId"]
    problem(await operator.post(f"/orders/{waiting}/ready"), "conflict")
    problem(await operator.post(f"/orders/{waiting}/shipments", {}), "conflict")


async def test_an_order_is_given_up_for_its_buyer(guest: Guest, operator: Operator) -> None:
    """Until production starts, once for each key."""
    bought = await guest.buy(**ON_DELIVERY)
    path = f"/orders/{bought['extId']}/cancel"
    cancelled = data(await operator.post(path, {"reason": "out of leather"}, key="c1"))
    assert (cancelled["status"], cancelled["cancellationReason"], steps(cancelled)) == (
        "CANCELLED",
        "out of leather",
        set(),
    )
    assert data(await guest.get(f"/orders/{bought['extId']}"))["status"] == "CANCELLED"
    again = await operator.post(path, {"reason": "out of leather"}, key="c1")
    assert (again.status_code, again.headers["idempotent-replayed"]) == (200, "true")
    cut = (await guest.buy(**ON_DELIVERY))["extId"]
    await operator.post(f"/orders/{cut}/start-production")
    problem(await operator.post(f"/orders/{cut}/cancel", {"reason": "too late"}), "order-not-cancellable")


async def test_money_goes_back(guest: Guest, operator: Operator, memory: MemoryShop) -> None:
    """A part, then the rest, and never more; a repeated request is the same refund."""
    number = await paid(guest, memory)
    path = f"/orders/{number}/refunds"
    form = {"amount": 99_900, "reason": "the sole came off"}
    answer = await operator.post(path, form, key="r1")
    refund = data(answer, 201)
    assert (refund["amount"]["amount"], refund["reason"]) == (99_900, "the sole came off")
    assert refund["status"] == "REQUESTED"
    assert answer.headers["location"] == f"/api/v1/admin/orders/{number}"
    again = await operator.post(path, form, key="r1")
    assert (data(again, 201), again.headers["idempotent-replayed"]) == (refund, "true")
    other = form | {"amount": 1}
    problem(await operator.post(path, other, key="r1"), "idempotency-key-reused")
    rest = data(await operator.post(path, {"reason": "and the other one"}), 201)
    assert rest["amount"]["amount"] == 1_299_900 - 99_900
    problem(await operator.post(path, {"amount": 1, "reason": "and more"}), "conflict")


async def test_what_was_not_paid_online_does_not_go_back(operator: Operator, memory: MemoryShop) -> None:
    """Cash is given back at the counter."""
    number = await keep(memory, an_order().paid_on_delivery().delivered())
    problem(await operator.post(f"/orders/{number}/refunds", {"reason": "sorry"}), "payment-not-allowed")
    delivered = data(await operator.get(f"/orders/{number}"))
    assert (delivered["paymentStatus"], steps(delivered)) == ("PAID", {"shipments"})


@pytest.mark.parametrize(
    ("action", "body", "found"),
    [
        ("/refunds", {"amount": 0, "reason": " "}, {"/amount": "minimum", "/reason": "pattern"}),
        ("/refunds", {"amount": -1}, {"/amount": "minimum", "/reason": "required"}),
        ("/refunds", {"amount": 1.5, "reason": "x" * 201}, {"/amount": "type", "/reason": "maxLength"}),
        ("/refunds", {"amount": 10**30, "reason": "x", "to": "me"}, {"/amount": "maximum", "/to": "unknown"}),
        ("/cancel", {}, {"/reason": "required"}),
        ("/shipments", {"carrier": "Pigeon!"}, {"/carrier": "pattern"}),
        ("/shipments/awb", {"awb": "7", "courier": ""}, {"/awb": "pattern", "/courier": "minLength"}),
        ("/shipments/cancel", {"direction": "UP"}, {"/direction": "enum"}),
        ("/shipments/report", {"direction": "UP", "status": "LATE"}, {"/direction": "enum", "/status": "enum"}),
        ("/shipments/report", {"status": None}, {"/direction": "required", "/status": "enum"}),
        ("/shipments/failed-delivery", {"wish": "BURN"}, {"/wish": "enum", "/comment": "required"}),
    ],
)
async def test_a_bad_form(
    action: str, body: Json, found: dict[str, str], operator: Operator, memory: MemoryShop
) -> None:
    """Every bad field at once."""
    number = await keep(memory, an_order().paid())
    assert faults(await operator.post(f"/orders/{number}{action}", body)) == found


@pytest.mark.parametrize("action", ["/cancel", "/refunds", "/shipments"])
async def test_what_moves_money_or_couriers_needs_a_key(action: str, operator: Operator, memory: MemoryShop) -> None:
    """A lost answer must not cost twice."""
    number = await keep(memory, an_order().paid())
    answer = await operator.post(f"/orders/{number}{action}", ACTIONS[action], key="")
    assert faults(answer) == {"/Idempotency-Key": "pattern"}


@pytest.mark.parametrize("reference", ["IS-2026-999999", NOBODYS, "x", "%00", "IS-2026-000001%0A"])
@pytest.mark.parametrize("action", ACTIONS)
async def test_an_order_that_is_not(action: str, reference: str, operator: Operator) -> None:
    """Whatever it is called, and whatever is to be done with it."""
    problem(await operator.post(f"/orders/{reference}{action}", ACTIONS[action]), "resource-not-found")
    problem(await operator.get(f"/orders/{reference}"), "resource-not-found")
