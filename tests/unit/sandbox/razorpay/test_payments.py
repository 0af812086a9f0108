"""The sandbox's payments move and look as Razorpay's do."""

from __future__ import annotations

import hmac
import re

import pytest

from tests.unit.sandbox.razorpay.account import KEY_SECRET, RazorpayAccountHolder

# Every key of the payment entity, but for those that only cards and marketplaces have.
PAYMENT_KEYS = {
    "id",
    "entity",
    "amount",
    "currency",
    "status",
    "order_id",
    "invoice_id",
    "international",
    "method",
    "amount_refunded",
    "refund_status",
    "captured",
    "description",
    "card_id",
    "bank",
    "wallet",
    "vpa",
    "email",
    "contact",
    "customer_id",
    "token_id",
    "notes",
    "fee",
    "tax",
    "error_code",
    "error_description",
    "error_source",
    "error_step",
    "error_reason",
    "acquirer_data",
    "upi",
    "created_at",
}


def test_paying_answers_with_a_signed_proof(razorpay: RazorpayAccountHolder) -> None:
    """hex(HMAC_SHA256(key_secret, order_id | payment_id)), as the checkout hands it over."""
    order = razorpay.order()

    proof = razorpay.pay(order)

    assert proof.keys() == {"razorpay_order_id", "razorpay_payment_id", "razorpay_signature"}
    signed = f"{order['id']}|{proof['razorpay_payment_id']}"
    assert proof["razorpay_order_id"] == order["id"]
    assert proof["razorpay_signature"] == hmac.new(KEY_SECRET.encode(), signed.encode(), "sha256").hexdigest()


def test_a_captured_payment_has_the_documented_shape(razorpay: RazorpayAccountHolder) -> None:
    """With the fee of the sample: 2 % and 18 % GST on it."""
    order = razorpay.order(649_900)

    payment = razorpay.payment(order)

    assert payment.keys() == PAYMENT_KEYS
    assert re.fullmatch(r"pay_[A-Za-z0-9]{14}", payment["id"])
    expected = {
        "entity": "payment",
        "amount": 649900,
        "currency": "INR",
        "status": "captured",
        "order_id": order["id"],
        "method": "upi",
        "vpa": "success@razorpay",
        "amount_refunded": 0,
        "refund_status": None,
        "captured": True,
        "notes": [],
        "fee": 15338,
        "tax": 2340,
        "error_code": None,
    }
    assert payment | expected == payment
    assert razorpay.ask("GET", f"/payments/{payment['id']}") == payment


def test_a_captured_payment_makes_its_order_paid(razorpay: RazorpayAccountHolder) -> None:
    """Nothing is due any more."""
    order = razorpay.order(649_900)

    razorpay.pay(order)

    paid = {"status": "paid", "attempts": 1, "amount_paid": 649_900, "amount_due": 0}
    assert razorpay.ask("GET", f"/orders/{order['id']}") == order | paid


def test_a_paid_order_takes_no_more_payments(razorpay: RazorpayAccountHolder) -> None:
    """Neither a second success nor a failure."""
    order = razorpay.order()
    razorpay.pay(order)

    refusal = razorpay.refused("POST", f"/_control/orders/{order['id']}/pay", {"outcome": "success"})

    assert refusal["description"].startswith("Your payment has been declined as the order is already paid.")
    assert razorpay.ask("GET", f"/orders/{order['id']}/payments")["count"] == 1


def test_a_failure_is_told_as_the_checkout_tells_it(razorpay: RazorpayAccountHolder) -> None:
    """The error object of `payment.failed`, with the ids it is about."""
    order = razorpay.order()

    error = razorpay.pay(order, "failure", reason="payment_cancelled")["error"]

    payment = razorpay.ask("GET", f"/orders/{order['id']}/payments")["items"][0]
    assert error == {
        "code": "BAD_REQUEST_ERROR",
        "description": payment["error_description"],
        "source": "customer",
        "step": "payment_authentication",
        "reason": "payment_cancelled",
        "metadata": {"order_id": order["id"], "payment_id": payment["id"]},
    }


@pytest.mark.parametrize("reason", ["payment_failed", "payment_cancelled", "payment_timed_out", "insufficient_funds"])
def test_a_failed_payment_keeps_its_reason(razorpay: RazorpayAccountHolder, reason: str) -> None:
    """Its order was attempted, and can still be paid."""
    order = razorpay.order()
    razorpay.pay(order, "failure", reason=reason)

    failed = razorpay.ask("GET", f"/orders/{order['id']}/payments")["items"][0]
    assert failed.keys() == PAYMENT_KEYS
    assert (failed["status"], failed["captured"], failed["error_reason"]) == ("failed", False, reason)
    assert (failed["fee"], failed["tax"]) == (None, None)
    assert razorpay.ask("GET", f"/orders/{order['id']}")["status"] == "attempted"

    razorpay.pay(order)
    assert razorpay.ask("GET", f"/orders/{order['id']}")["attempts"] == 2


def test_an_authorised_payment_is_captured_once_and_whole(razorpay: RazorpayAccountHolder) -> None:
    """The rules of POST /payments/:id/capture."""
    order = razorpay.order(649_900)
    payment = razorpay.payment(order, "authorized")
    capture = f"/payments/{payment['id']}/capture"
    assert (payment["status"], payment["captured"], payment["fee"]) == ("authorized", False, None)
    assert razorpay.ask("GET", f"/orders/{order['id']}")["status"] == "attempted"

    part = razorpay.refused("POST", capture, {"amount": 649_899, "currency": "INR"})
    captured = razorpay.ask("POST", capture, {"amount": 649_900, "currency": "INR"})
    again = razorpay.refused("POST", capture, {"amount": 649_900, "currency": "INR"})

    assert part["description"] == "Capture amount must be equal to the amount authorized."
    assert (captured["status"], captured["captured"], captured["fee"]) == ("captured", True, 15338)
    assert again["description"] == "This payment has already been captured"
    assert razorpay.ask("GET", f"/orders/{order['id']}")["status"] == "paid"


def test_of_two_authorised_payments_only_one_is_captured(razorpay: RazorpayAccountHolder) -> None:
    """An order is never paid twice."""
    order = razorpay.order(649_900)
    first, second = razorpay.payment(order, "authorized"), razorpay.payment(order, "authorized")
    body = {"amount": 649_900, "currency": "INR"}
    razorpay.ask("POST", f"/payments/{second['id']}/capture", body)

    refusal = razorpay.refused("POST", f"/payments/{first['id']}/capture", body)

    assert refusal["description"].startswith("Your payment has been declined as the order is already paid.")


def test_a_failed_payment_is_not_captured(razorpay: RazorpayAccountHolder) -> None:
    """There is nothing to take."""
    payment = razorpay.payment(razorpay.order(649_900), "failure")

    razorpay.refused("POST", f"/payments/{payment['id']}/capture", {"amount": 649_900, "currency": "INR"})


def test_payments_of_all_orders_are_listed(razorpay: RazorpayAccountHolder) -> None:
    """Newest first."""
    first, second = razorpay.payment(razorpay.order()), razorpay.payment(razorpay.order())

    assert razorpay.ask("GET", "/payments") == {"entity": "collection", "count": 2, "items": [second, first]}


@pytest.mark.parametrize(
    "body", [None, {}, {"outcome": "maybe"}, {"outcome": 1}, {"outcome": "failure", "reason": "rain"}]
)
def test_the_customer_does_one_of_the_known_things(razorpay: RazorpayAccountHolder, body: object) -> None:
    """A typing error in a test is not taken for a success."""
    order = razorpay.order()

    razorpay.refused("POST", f"/_control/orders/{order['id']}/pay", body)

    assert razorpay.ask("GET", f"/orders/{order['id']}") == order
