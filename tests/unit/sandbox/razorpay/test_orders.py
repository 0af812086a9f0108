"""The sandbox's orders have the shapes and the refusals of Razorpay's documentation."""

from __future__ import annotations

import re

import pytest

from tests.unit.sandbox.razorpay.account import NOW, RazorpayAccountHolder

ORDER = {
    "id": "order_QaZ1wsX2edC3rf",
    "entity": "order",
    "amount": 649900,
    "amount_paid": 0,
    "amount_due": 649900,
    "currency": "INR",
    "receipt": "SC-1001",
    "offer_id": None,
    "status": "created",
    "attempts": 0,
    "notes": {"order": "SC-1001"},
    "created_at": 1777872000,
}


def test_a_new_order_has_the_documented_shape(razorpay: RazorpayAccountHolder) -> None:
    """Every field of the sample, and no other."""
    order = razorpay.order(649_900, receipt="SC-1001", notes={"order": "SC-1001"})

    assert order == ORDER | {"id": order["id"]}
    assert re.fullmatch(r"order_[A-Za-z0-9]{14}", order["id"])


def test_empty_notes_are_a_list(razorpay: RazorpayAccountHolder) -> None:
    """As in every sample, though notes that aren't empty are an object."""
    assert razorpay.order()["notes"] == []
    assert razorpay.order(notes={})["notes"] == []
    assert razorpay.order(notes=[])["notes"] == []


def test_a_receipt_is_no_idempotency_key(razorpay: RazorpayAccountHolder) -> None:
    """Two orders may have the same; both are found by it, newest first."""
    first, second = razorpay.order(receipt="SC-1"), razorpay.order(receipt="SC-1")
    razorpay.order(receipt="SC-2")

    found = razorpay.ask("GET", "/orders?receipt=SC-1")

    assert found == {"entity": "collection", "count": 2, "items": [second, first]}


def test_an_order_is_fetched_by_its_id(razorpay: RazorpayAccountHolder) -> None:
    """The same entity as when it was created."""
    order = razorpay.order()

    assert razorpay.ask("GET", f"/orders/{order['id']}") == order


def test_an_unknown_order_is_400_not_404(razorpay: RazorpayAccountHolder) -> None:
    """So Razorpay answers for ids."""
    assert razorpay.refused("GET", "/orders/order_00000000000000") == {
        "code": "BAD_REQUEST_ERROR",
        "description": "The id provided does not exist",
        "source": "business",
        "step": "payment_initiation",
        "reason": "input_validation_failed",
        "metadata": {},
    }
    assert razorpay.refused("GET", "/orders/SC-1001")["description"] == "SC-1001 is not a valid id."


@pytest.mark.parametrize(
    ("field", "value", "description"),
    [
        ("amount", 99, "The amount must be at least INR 1.00."),
        ("amount", -1, "The amount must be at least INR 1.00."),
        ("amount", "649900", "The amount must be an integer."),
        ("amount", 6499.5, "The amount must be an integer."),
        ("amount", True, "The amount must be an integer."),
        ("amount", None, "The amount field is required."),
        ("amount", 2**53, "Amount exceeds maximum amount allowed."),
        ("currency", None, "The currency field is required."),
        ("currency", "inr", "Currency is not supported."),
        ("currency", ["INR"], "Currency is not supported."),
        ("receipt", "x" * 41, "The receipt must be text of at most 40 characters."),
        ("receipt", 1001, "The receipt must be text of at most 40 characters."),
        ("notes", "a note", "The notes must be an object of texts."),
        ("notes", {"a": {"b": "c"}}, "The notes must be an object of texts."),
        ("notes", {str(n): "" for n in range(16)}, "The notes must have at most 15 pairs."),
        ("notes", {"a": "x" * 257}, "A note must have at most 256 characters."),
        ("notes", {"x" * 257: "a"}, "A note must have at most 256 characters."),
    ],
)
def test_a_wrong_field_is_named(razorpay: RazorpayAccountHolder, field: str, value: object, description: str) -> None:
    """The refusal has the documented shape, and nothing is created."""
    body = {"amount": 649900, "currency": "INR", field: value}

    assert razorpay.refused("POST", "/orders", body) == {
        "code": "BAD_REQUEST_ERROR",
        "description": description,
        "source": "business",
        "step": "payment_initiation",
        "reason": "input_validation_failed",
        "metadata": {},
        "field": field,
    }
    assert razorpay.ask("GET", "/orders")["count"] == 0


def test_the_limits_themselves_are_allowed(razorpay: RazorpayAccountHolder) -> None:
    """₹1.00, a receipt of 40 characters, 15 notes of 256."""
    notes = {f"{n:0256d}": "x" * 256 for n in range(15)}

    order = razorpay.order(100, receipt="x" * 40, notes=notes)

    assert (order["amount"], order["receipt"], order["notes"]) == (100, "x" * 40, notes)


def test_what_the_sandbox_does_not_play_is_refused(razorpay: RazorpayAccountHolder) -> None:
    """Ignoring a field would pretend that it had its effect."""
    body = {"amount": 649900, "currency": "INR", "partial_payment": True, "amout": 1}

    refusal = razorpay.refused("POST", "/orders", body)

    assert refusal["description"] == "amout, partial_payment is/are not required and should not be sent."


def test_only_the_notes_of_an_order_change(razorpay: RazorpayAccountHolder) -> None:
    """PATCH replaces them and refuses everything else."""
    order = razorpay.order(notes={"old": "note"})

    changed = razorpay.ask("PATCH", f"/orders/{order['id']}", {"notes": {"new": "note"}})

    assert changed == order | {"notes": {"new": "note"}}
    assert razorpay.ask("GET", f"/orders/{order['id']}") == changed
    assert razorpay.refused("PATCH", f"/orders/{order['id']}", {"amount": 100})["field"] == "notes"
    razorpay.refused("PATCH", f"/orders/{order['id']}", {"notes": {}, "amount": 100})


def test_lists_are_paged_and_cut_by_time(razorpay: RazorpayAccountHolder) -> None:
    """Ten by default, newest first; from and to are inclusive."""
    amounts = range(100, 112)
    for amount in amounts:
        razorpay.order(amount)
        razorpay.moment.now += 60

    def listed(query: str) -> list[int]:
        return [each["amount"] for each in razorpay.ask("GET", f"/orders?{query}")["items"]]

    assert listed("") == list(range(111, 101, -1))
    assert listed("count=2&skip=1") == [110, 109]
    assert listed(f"from={NOW + 60}&to={NOW + 120}") == [102, 101]


@pytest.mark.parametrize("query", ["count=0", "count=101", "count=ten", "skip=-1", "from=yesterday", "to=9" + "9" * 20])
def test_wrong_paging_is_refused(razorpay: RazorpayAccountHolder, query: str) -> None:
    """The field is named."""
    assert razorpay.refused("GET", f"/orders?{query}")["field"] == query.partition("=")[0]
