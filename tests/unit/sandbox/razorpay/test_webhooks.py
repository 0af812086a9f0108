"""The sandbox tells what happens in the shapes of Razorpay's webhooks."""

from __future__ import annotations

import asyncio
import hmac
from typing import Any

import httpx
import pytest
from litestar import Litestar, Request, post

from sandbox.razorpay.events import razorpay_webhooks
from tests.unit.sandbox.kit.server import Json, served
from tests.unit.sandbox.razorpay.account import (
    KEY_ID,
    KEY_SECRET,
    NOW,
    WEBHOOK_SECRET,
    RazorpayAccountHolder,
    sandbox,
)

AnyRequest = Request[Any, Any, Any]  # Litestar's generics name user, auth and state: nothing here reads them


def kinds(razorpay: RazorpayAccountHolder) -> list[str]:
    """What was told, oldest first."""
    return [event["event"] for event in razorpay.told()]


def test_an_event_has_the_documented_shape(razorpay: RazorpayAccountHolder) -> None:
    """Every field of the sample, and no other; the entity is what the API would answer."""
    payment = razorpay.payment(razorpay.order(649_900))

    captured = razorpay.told()[1]

    assert captured == {
        "entity": "event",
        "account_id": captured["account_id"],
        "event": "payment.captured",
        "contains": ["payment"],
        "payload": {"payment": {"entity": payment}},
        "created_at": NOW,
    }
    assert captured["account_id"].startswith("acc_")


def test_a_payment_is_told_step_by_step(razorpay: RazorpayAccountHolder) -> None:
    """As it was at each step, though all were made at once."""
    order = razorpay.order()
    payment = razorpay.payment(order)

    authorized, captured, paid = razorpay.told()

    assert [each["event"] for each in (authorized, captured, paid)] == [
        "payment.authorized",
        "payment.captured",
        "order.paid",
    ]
    then = {"status": "authorized", "captured": False, "fee": None, "tax": None}
    assert authorized["payload"]["payment"]["entity"] == payment | then
    assert captured["payload"]["payment"]["entity"] == payment
    assert paid["contains"] == ["payment", "order"]
    assert paid["payload"]["payment"]["entity"] == payment
    assert paid["payload"]["order"]["entity"] == razorpay.ask("GET", f"/orders/{order['id']}")


def test_an_order_that_nobody_paid_is_not_told_of(razorpay: RazorpayAccountHolder) -> None:
    """Nor is a change of notes."""
    order = razorpay.order()
    razorpay.ask("PATCH", f"/orders/{order['id']}", {"notes": {"a": "b"}})

    assert razorpay.told() == []


def test_a_failure_is_told_before_the_late_success(razorpay: RazorpayAccountHolder) -> None:
    """Of the same payment."""
    failed = razorpay.payment(razorpay.order(), "failure")
    razorpay.control("POST", f"/payments/{failed['id']}/capture")

    assert kinds(razorpay) == ["payment.failed", "payment.authorized", "payment.captured", "order.paid"]
    assert {event["payload"]["payment"]["entity"]["id"] for event in razorpay.told()} == {failed["id"]}
    assert razorpay.told()[0]["payload"]["payment"]["entity"] == failed


def test_a_capture_by_hand_is_told(razorpay: RazorpayAccountHolder) -> None:
    """Once."""
    payment = razorpay.payment(razorpay.order(649_900), "authorized")
    assert kinds(razorpay) == ["payment.authorized"]

    razorpay.ask("POST", f"/payments/{payment['id']}/capture", {"amount": 649_900, "currency": "INR"})

    assert kinds(razorpay) == ["payment.authorized", "payment.captured", "order.paid"]


def test_a_refund_is_told_with_its_payment(razorpay: RazorpayAccountHolder) -> None:
    """Created and processed, when it arrives at once."""
    payment = razorpay.payment(razorpay.order())
    refund = razorpay.ask("POST", f"/payments/{payment['id']}/refund", {"amount": 100}, key="refund-0000000001")
    razorpay.ask("POST", f"/payments/{payment['id']}/refund", {"amount": 100}, key="refund-0000000001")

    created, processed = razorpay.told()[3:]

    assert [created["event"], processed["event"]] == ["refund.created", "refund.processed"]
    for event in (created, processed):
        assert event["contains"] == ["refund", "payment"]
        assert event["payload"]["refund"]["entity"] == refund
        assert event["payload"]["payment"]["entity"]["amount_refunded"] == 100


@pytest.mark.parametrize(("news", "kind"), [("settle", "refund.processed"), ("fail", "refund.failed")])
def test_what_becomes_of_a_pending_refund_is_told(razorpay: RazorpayAccountHolder, news: str, kind: str) -> None:
    """And nothing is said of the payment, which is still captured."""
    razorpay.set_account(refunds="pending")
    payment = razorpay.payment(razorpay.order())
    refund = razorpay.ask("POST", f"/payments/{payment['id']}/refund")

    razorpay.control("POST", f"/refunds/{refund['id']}/{news}")

    assert kinds(razorpay)[3:] == ["refund.created", kind]


@pytest.mark.anyio
async def test_it_is_posted_and_signed_as_documented() -> None:
    """hex(HMAC_SHA256(webhook secret, raw body)), and an event id that is the same for each copy."""
    received: list[tuple[Json, bytes]] = []
    all_six = asyncio.Event()

    @post("/razorpay")
    async def receive(request: AnyRequest) -> None:
        received.append((dict(request.headers), await request.body()))
        if len(received) == 6:
            all_six.set()

    async with served(Litestar([receive], openapi_config=None)) as shop_url:
        webhooks = razorpay_webhooks(f"{shop_url}/razorpay", WEBHOOK_SECRET)
        app = sandbox(webhooks, lambda: NOW)
        async with served(app) as url, httpx.AsyncClient(base_url=url, auth=(KEY_ID, KEY_SECRET)) as client:
            await client.post("/_control/webhooks", json={"mischief": {"copies": 2}})
            order = (await client.post("/v1/orders", json={"amount": 100, "currency": "INR"})).json()
            await client.post(f"/_control/orders/{order['id']}/pay", json={"outcome": "success"})
            async with asyncio.timeout(10):
                await all_six.wait()

    for headers, body in received:
        assert headers["content-type"] == "application/json"
        assert headers["x-razorpay-signature"] == hmac.new(WEBHOOK_SECRET.encode(), body, "sha256").hexdigest()
    assert len({headers["x-razorpay-event-id"] for headers, _ in received}) == 3
    assert len({(headers["x-razorpay-event-id"], body) for headers, body in received}) == 3
