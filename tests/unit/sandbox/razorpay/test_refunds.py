"""The sandbox's refunds have the shapes, limits and idempotency of Razorpay's."""

from __future__ import annotations

import re

import pytest

from tests.unit.sandbox.razorpay.account import NOW, Json, RazorpayAccountHolder

REFUND = {
    "id": "rfnd_Kq2Wm8Zt5Lp0Xc",
    "entity": "refund",
    "amount": 649900,
    "currency": "INR",
    "payment_id": "pay_Pl0kmN9ijB8uhv",
    "notes": [],
    "receipt": None,
    "acquirer_data": {"arn": None},
    "created_at": NOW,
    "batch_id": None,
    "status": "processed",
    "speed_processed": "normal",
    "speed_requested": "normal",
}
KEY = "refund-0000000001"


@pytest.fixture
def payment(razorpay: RazorpayAccountHolder) -> Json:
    return razorpay.payment(razorpay.order(649_900))


def test_without_an_amount_all_goes_back(razorpay: RazorpayAccountHolder, payment: Json) -> None:
    """In the documented shape; the payment is refunded, its order stays paid."""
    refund = razorpay.ask("POST", f"/payments/{payment['id']}/refund")

    assert refund == REFUND | {"id": refund["id"], "payment_id": payment["id"]}
    assert re.fullmatch(r"rfnd_[A-Za-z0-9]{14}", refund["id"])
    refunded = {"status": "refunded", "amount_refunded": 649_900, "refund_status": "full"}
    assert razorpay.ask("GET", f"/payments/{payment['id']}") == payment | refunded
    assert razorpay.ask("GET", f"/orders/{payment['order_id']}")["status"] == "paid"


def test_parts_add_up_to_the_whole(razorpay: RazorpayAccountHolder, payment: Json) -> None:
    """A payment of which a part went back stays captured; the rest is what is left."""
    razorpay.ask("POST", f"/payments/{payment['id']}/refund", {"amount": 200_000})
    partly = razorpay.ask("GET", f"/payments/{payment['id']}")
    rest = razorpay.ask("POST", f"/payments/{payment['id']}/refund")

    assert (partly["status"], partly["refund_status"], partly["amount_refunded"]) == ("captured", "partial", 200_000)
    assert rest["amount"] == 449_900


def test_never_more_than_was_captured(razorpay: RazorpayAccountHolder, payment: Json) -> None:
    """Neither at once nor in parts."""
    path = f"/payments/{payment['id']}/refund"

    whole = razorpay.refused("POST", path, {"amount": 649_901})
    razorpay.ask("POST", path, {"amount": 649_800})
    part = razorpay.refused("POST", path, {"amount": 101})
    razorpay.ask("POST", path, {"amount": 100})
    nothing_left = razorpay.refused("POST", path)

    assert whole["description"] == "The refund amount provided is greater than amount captured."
    assert part["description"] == "The refund amount provided is greater than amount captured."
    assert nothing_left["description"] == "The payment has been fully refunded already."


@pytest.mark.parametrize(
    ("body", "description"),
    [
        ({"amount": 99}, "The amount must be at least INR 1.00."),
        ({"amount": 1.5}, "The amount must be an integer."),
        ({"speed": "now"}, "The speed must be one of normal, optimum."),
        ({"currency": "INR"}, "currency is/are not required and should not be sent."),
    ],
)
def test_a_wrong_request_is_refused(
    razorpay: RazorpayAccountHolder, payment: Json, body: object, description: str
) -> None:
    """And nothing goes back."""
    refusal = razorpay.refused("POST", f"/payments/{payment['id']}/refund", body)

    assert refusal["description"] == description
    assert razorpay.ask("GET", f"/payments/{payment['id']}") == payment


@pytest.mark.parametrize("outcome", ["failure", "authorized"])
def test_what_was_not_captured_is_not_refunded(razorpay: RazorpayAccountHolder, outcome: str) -> None:
    """There is no money of ours in it."""
    payment = razorpay.payment(razorpay.order(), outcome)

    razorpay.refused("POST", f"/payments/{payment['id']}/refund")


def test_the_same_key_and_body_is_the_same_refund(razorpay: RazorpayAccountHolder, payment: Json) -> None:
    """However often it is sent, and though nothing would be left for a second one."""
    path = f"/payments/{payment['id']}/refund"

    refunds = [razorpay.ask("POST", path, {"amount": 649_900}, key=KEY) for _ in range(3)]

    assert refunds == [refunds[0]] * 3
    assert razorpay.ask("GET", f"/payments/{payment['id']}/refunds")["count"] == 1


def test_the_same_key_with_another_body_is_a_conflict(razorpay: RazorpayAccountHolder, payment: Json) -> None:
    """409, in the documented words; also when only the payment is another."""
    other = razorpay.payment(razorpay.order(649_900))
    razorpay.ask("POST", f"/payments/{payment['id']}/refund", {"amount": 100}, key=KEY)

    for path, amount in ((payment["id"], 101), (other["id"], 100)):
        refusal = razorpay.refused("POST", f"/payments/{path}/refund", {"amount": amount}, key=KEY, status=409)
        assert refusal == {
            "code": "BAD_REQUEST_ERROR",
            "description": "Different request with the same idempotency key has already been processed.",
            "source": "NA",
            "step": "NA",
            "reason": "NA",
            "metadata": {},
        }


@pytest.mark.parametrize("key", ["", "123456789", "1234567890!", "12345 67890"])
def test_a_key_has_ten_characters_or_more_of_a_few_kinds(
    razorpay: RazorpayAccountHolder, payment: Json, key: str
) -> None:
    """Letters, digits, hyphens and underscores."""
    razorpay.refused("POST", f"/payments/{payment['id']}/refund", {"amount": 100}, key=key)

    assert razorpay.ask("GET", f"/payments/{payment['id']}/refunds")["count"] == 0


def test_an_instant_refund_is_instant(razorpay: RazorpayAccountHolder, payment: Json) -> None:
    """Where it is possible, and here it is."""
    refund = razorpay.ask("POST", f"/payments/{payment['id']}/refund", {"speed": "optimum", "receipt": "R-1"})

    assert (refund["speed_requested"], refund["speed_processed"], refund["receipt"]) == ("optimum", "instant", "R-1")


def test_refunds_are_fetched_listed_and_annotated(razorpay: RazorpayAccountHolder, payment: Json) -> None:
    """Only their notes change."""
    refund = razorpay.ask("POST", f"/payments/{payment['id']}/refund", {"amount": 100})
    assert razorpay.ask("GET", f"/refunds/{refund['id']}") == refund

    changed = razorpay.ask("PATCH", f"/refunds/{refund['id']}", {"notes": {"why": "too small"}})

    assert changed == refund | {"notes": {"why": "too small"}}
    listed = razorpay.ask("GET", f"/payments/{payment['id']}/refunds")
    assert listed == {"entity": "collection", "count": 1, "items": [changed]}
