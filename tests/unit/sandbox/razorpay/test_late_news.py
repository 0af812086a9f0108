"""What banks do days later: they authorise what had failed, and refunds arrive or do not."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.razorpay.account import Json, RazorpayAccountHolder

ERROR_FIELDS = ("error_code", "error_description", "error_source", "error_step", "error_reason")


def test_a_failed_payment_may_be_authorised_late(razorpay: RazorpayAccountHolder) -> None:
    """It is the same payment, its error is gone, and its order still waits to be paid."""
    order = razorpay.order()
    failed = razorpay.payment(order, "failure")

    late = razorpay.control("POST", f"/payments/{failed['id']}/authorize")

    assert (late["id"], late["status"], late["captured"]) == (failed["id"], "authorized", False)
    assert [late[field] for field in ERROR_FIELDS] == [None] * 5
    assert razorpay.ask("GET", f"/payments/{failed['id']}") == late
    assert razorpay.ask("GET", f"/orders/{order['id']}")["status"] == "attempted"


@pytest.mark.parametrize("outcome", ["failure", "authorized"])
def test_a_payment_may_be_captured_late(razorpay: RazorpayAccountHolder, outcome: str) -> None:
    """Without anybody having asked; the order is paid by it."""
    order = razorpay.order()
    payment = razorpay.payment(order, outcome)

    late = razorpay.control("POST", f"/payments/{payment['id']}/capture")

    assert (late["id"], late["status"], late["captured"]) == (payment["id"], "captured", True)
    assert razorpay.ask("GET", f"/orders/{order['id']}")["status"] == "paid"


def test_late_money_for_a_paid_order_is_not_captured(razorpay: RazorpayAccountHolder) -> None:
    """The customer tried again meanwhile."""
    order = razorpay.order()
    failed = razorpay.payment(order, "failure")
    razorpay.pay(order)

    refusal = razorpay.refused("POST", f"/_control/payments/{failed['id']}/capture")

    assert refusal["description"].startswith("Your payment has been declined as the order is already paid.")
    assert razorpay.ask("GET", f"/payments/{failed['id']}")["status"] == "authorized"


@pytest.mark.parametrize("outcome", ["success", "authorized"])
def test_only_what_failed_is_authorised_late(razorpay: RazorpayAccountHolder, outcome: str) -> None:
    """A typing error in a test changes nothing."""
    payment = razorpay.payment(razorpay.order(), outcome)

    razorpay.refused("POST", f"/_control/payments/{payment['id']}/authorize")

    assert razorpay.ask("GET", f"/payments/{payment['id']}") == payment


@pytest.fixture
def payment(razorpay: RazorpayAccountHolder) -> Json:
    razorpay.set_account(refunds="pending")
    return razorpay.payment(razorpay.order(649_900))


def test_a_pending_refund_arrives(razorpay: RazorpayAccountHolder, payment: Json) -> None:
    """From the beginning it counts as given back."""
    refund = razorpay.ask("POST", f"/payments/{payment['id']}/refund")
    assert refund["status"] == "pending"
    assert razorpay.ask("GET", f"/payments/{payment['id']}")["status"] == "refunded"

    settled = razorpay.control("POST", f"/refunds/{refund['id']}/settle")

    assert settled == refund | {"status": "processed"}
    assert razorpay.ask("GET", f"/refunds/{refund['id']}") == settled


def test_a_refund_that_fails_leaves_the_money_here(razorpay: RazorpayAccountHolder, payment: Json) -> None:
    """The payment is what it was, and another refund can be tried."""
    part = razorpay.ask("POST", f"/payments/{payment['id']}/refund", {"amount": 100})
    rest = razorpay.ask("POST", f"/payments/{payment['id']}/refund")

    razorpay.control("POST", f"/refunds/{rest['id']}/fail")
    partly = razorpay.ask("GET", f"/payments/{payment['id']}")
    razorpay.control("POST", f"/refunds/{part['id']}/fail")

    assert (partly["status"], partly["amount_refunded"], partly["refund_status"]) == ("captured", 100, "partial")
    assert razorpay.ask("GET", f"/refunds/{rest['id']}")["status"] == "failed"
    assert razorpay.ask("GET", f"/payments/{payment['id']}") == payment
    assert razorpay.ask("POST", f"/payments/{payment['id']}/refund")["amount"] == 649_900


def test_a_key_keeps_its_refund_though_it_failed(razorpay: RazorpayAccountHolder, payment: Json) -> None:
    """Trying again takes another key."""
    path, body = f"/payments/{payment['id']}/refund", {"amount": 100}
    refund = razorpay.ask("POST", path, body, key="refund-0000000001")
    failed = razorpay.control("POST", f"/refunds/{refund['id']}/fail")

    assert razorpay.ask("POST", path, body, key="refund-0000000001") == failed


@pytest.mark.parametrize("news", ["settle", "fail"])
def test_only_a_pending_refund_is_settled(razorpay: RazorpayAccountHolder, payment: Json, news: str) -> None:
    """What has arrived has arrived."""
    refund = razorpay.ask("POST", f"/payments/{payment['id']}/refund")
    razorpay.control("POST", f"/refunds/{refund['id']}/settle")

    razorpay.refused("POST", f"/_control/refunds/{refund['id']}/{news}")
