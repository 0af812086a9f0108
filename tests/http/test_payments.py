"""A guest pays an order online, and the proof counts once."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.memory.shop import MemoryShop
from domain.money import Money
from ports.payment_gateway import CheckoutParameters, CheckoutProof
from tests.http.guest import Guest, data, faults, problem

pytestmark = pytest.mark.anyio


def proof_body(proof: CheckoutProof, **changed: str) -> dict[str, Any]:
    """What the checkout's page sends on."""
    return {
        "razorpay_order_id": proof.provider_order_id,
        "razorpay_payment_id": proof.provider_payment_id,
        "razorpay_signature": proof.signature,
    } | changed


async def test_a_payment_is_started(guest: Guest) -> None:
    """With what a browser opens the checkout with."""
    order = await guest.buy()
    answer = await guest.post_once(f"/orders/{order['extId']}/payments", key="p1")
    payment = data(answer, 201)
    assert answer.headers["location"] == f"/api/v1/orders/{order['extId']}"
    assert (payment["provider"], payment["status"]) == ("memory", "CREATED")
    assert payment["amount"]["amount"] == 1_299_900
    assert payment["checkout"] == {
        "key": "memory",
        "orderId": payment["providerOrderId"],
        "amount": 1_299_900,
        "currency": "INR",
        "prefill": {"name": "Asha Rao", "email": "asha@example.com", "contact": "+919876543210"},
    }
    assert payment["_links"] == {
        "order": f"/api/v1/orders/{order['extId']}",
        "confirm": f"/api/v1/orders/{order['extId']}/payments/confirm",
    }
    again = await guest.post_once(f"/orders/{order['extId']}/payments", key="p1")
    assert data(again, 201) == payment
    assert again.headers["idempotent-replayed"] == "true"


async def test_a_stand_in_for_the_gateway_says_where_it_is_paid(
    guest: Guest, memory: MemoryShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only then has the checkout a `sandbox`."""

    def checkout(*, provider_order_id: str, amount: Money) -> CheckoutParameters:
        return CheckoutParameters("key", provider_order_id, amount, f"http://sandbox/{provider_order_id}/pay")

    monkeypatch.setattr(memory.payment_gateway, "checkout", checkout)
    order = await guest.buy()
    payment = data(await guest.post_once(f"/orders/{order['id']}/payments"), 201)
    assert payment["checkout"]["sandbox"] == {"payUrl": f"http://sandbox/{payment['providerOrderId']}/pay"}


async def test_a_proof_confirms_the_order(guest: Guest, memory: MemoryShop) -> None:
    """Once; the same request again gets the same payment."""
    order = await guest.buy()
    payment = data(await guest.post_once(f"/orders/{order['extId']}/payments"), 201)
    body = proof_body(memory.payment_gateway.pay(payment["providerOrderId"]))
    path = f"/orders/{order['extId']}/payments/confirm"
    confirmed = data(await guest.post_once(path, body, key="c1"))
    assert (confirmed["id"], confirmed["status"]) == (payment["id"], "CAPTURED")
    assert (confirmed["order"]["status"], confirmed["order"]["paymentStatus"]) == ("CONFIRMED", "PAID")
    again = await guest.post_once(path, body, key="c1")
    assert data(again) == confirmed
    assert again.headers["idempotent-replayed"] == "true"
    assert data(await guest.get(f"/orders/{order['extId']}")) == confirmed["order"]
    problem(await guest.post_once(f"/orders/{order['extId']}/payments"), "payment-not-allowed")


async def test_a_forged_proof_is_refused(guest: Guest, memory: MemoryShop) -> None:
    """401, and the order still waits for its money."""
    order = await guest.buy()
    payment = data(await guest.post_once(f"/orders/{order['extId']}/payments"), 201)
    proof = memory.payment_gateway.pay(payment["providerOrderId"])
    path = f"/orders/{order['extId']}/payments/confirm"
    answer = await guest.post_once(path, proof_body(proof, razorpay_signature="0" * 64))
    problem(answer, "invalid-signature")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert faults(await guest.post_once(path, proof_body(proof, razorpay_signature="", order="x"))) == {
        "/razorpay_signature": "minLength",
        "/order": "unknown",
    }
    assert data(await guest.get(f"/orders/{order['extId']}"))["paymentStatus"] == "PENDING"


async def test_the_proof_of_another_order_is_refused(guest: Guest, stranger: Guest, memory: MemoryShop) -> None:
    """However well it is signed."""
    mine, theirs = await guest.buy(), await stranger.buy()
    data(await guest.post_once(f"/orders/{mine['extId']}/payments"), 201)
    payment = data(await stranger.post_once(f"/orders/{theirs['extId']}/payments"), 201)
    body = proof_body(memory.payment_gateway.pay(payment["providerOrderId"]))
    problem(await guest.post_once(f"/orders/{mine['extId']}/payments/confirm", body), "payment-not-allowed")


async def test_what_is_paid_at_the_door_is_not_paid_online(guest: Guest) -> None:
    """409."""
    order = await guest.buy(paymentMethod="COD", expectedTotal=1_304_800)
    problem(await guest.post_once(f"/orders/{order['extId']}/payments"), "payment-not-allowed")


async def test_a_gateway_that_does_not_answer(guest: Guest, memory: MemoryShop) -> None:
    """503 with Retry-After, and the same key may be tried again."""
    order = await guest.buy()
    memory.payment_gateway.unavailable = True
    answer = await guest.post_once(f"/orders/{order['extId']}/payments", key="p1")
    problem(answer, "service-unavailable")
    assert answer.headers["retry-after"] == "1"
    memory.payment_gateway.unavailable = False
    assert data(await guest.post_once(f"/orders/{order['extId']}/payments", key="p1"), 201)
