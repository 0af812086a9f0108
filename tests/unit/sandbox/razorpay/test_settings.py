"""The account can be set as on Razorpay's dashboard."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.razorpay.account import RazorpayAccountHolder

AS_AT_THE_START = {"capture": "automatic", "refunds": "processed", "balance": None}


def test_what_is_not_named_is_as_at_the_start(razorpay: RazorpayAccountHolder) -> None:
    """So a test that sets one thing knows the others."""
    assert razorpay.control("GET", "/settings") == AS_AT_THE_START

    razorpay.set_account(capture="manual")
    assert razorpay.control("GET", "/settings") == AS_AT_THE_START | {"capture": "manual"}

    razorpay.set_account(balance=100)
    assert razorpay.control("GET", "/settings") == AS_AT_THE_START | {"balance": 100}


@pytest.mark.parametrize("wrong", [{"capture": "later"}, {"refund": "pending"}, {"balance": -1}])
def test_a_setting_that_is_none_is_refused(razorpay: RazorpayAccountHolder, wrong: object) -> None:
    """And nothing is set."""
    razorpay.refused("PUT", "/_control/settings", wrong)

    assert razorpay.control("GET", "/settings") == AS_AT_THE_START


def test_an_account_may_capture_by_hand(razorpay: RazorpayAccountHolder) -> None:
    """The customer has the proof all the same."""
    razorpay.set_account(capture="manual")
    order = razorpay.order()

    proof = razorpay.pay(order)

    assert proof["razorpay_signature"]
    payment = razorpay.ask("GET", f"/payments/{proof['razorpay_payment_id']}")
    assert (payment["status"], payment["captured"]) == ("authorized", False)
    assert razorpay.ask("GET", f"/orders/{order['id']}")["status"] == "attempted"


def test_a_refund_needs_money_on_the_account(razorpay: RazorpayAccountHolder) -> None:
    """What the account doesn't have can't go back, and each refund takes from it."""
    payment = razorpay.payment(razorpay.order(649_900))
    path = f"/payments/{payment['id']}/refund"
    razorpay.set_account(balance=1_000)

    too_much = razorpay.refused("POST", path, {"amount": 1_001})
    razorpay.ask("POST", path, {"amount": 900})
    nothing_left = razorpay.refused("POST", path, {"amount": 101})

    told = "Your account does not have enough balance to carry out the refund operation."
    assert (too_much["description"], nothing_left["description"]) == (told, told)
    assert razorpay.ask("GET", f"/payments/{payment['id']}")["amount_refunded"] == 900
