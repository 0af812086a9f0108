"""Steps about what people are told by mail."""

from __future__ import annotations

from pytest_bdd import given, parsers, then

from features.support.seen import Shopper
from features.support.stack import Stack

_WORKSHOP = "workshop@italianshoes.example"
_SENTENCES = {
    "that the payment was received": "payment_received",
    "that the payment failed": "payment_failed",
    "that the order was cancelled": "order_cancelled",
    "that money went back": "order_refunded",
    "that production has started": "in_production",
    "that the pair is ready": "ready_to_ship",
    "that the parcel is on its way": "shipped",
    "that the parcel comes today": "out_for_delivery",
    "that the parcel was delivered": "delivered",
    "that the parcel came back": "returned",
    "of the review": "review_invitation",
}
_WORDS = {
    "placed": "order_placed",
    "paid": "payment_received",
    "failed": "payment_failed",
    "expired": "payment_expired",
    "cancelled": "order_cancelled",
    "refunded": "order_refunded",
    "in production": "in_production",
    "ready": "ready_to_ship",
    "shipped": "shipped",
    "out for delivery": "out_for_delivery",
    "delivered": "delivered",
    "returned": "returned",
    "review": "review_invitation",
}


@given("mail to the customer's address comes back")
def mail_comes_back(customer: Shopper, stack: Stack) -> None:
    customer.email = stack.post.bouncing_address()


@given("the customer has been told of it")
def has_been_told(stack: Stack) -> None:
    stack.settle()


@then(parsers.re(r"the customer was (?P<how_often>told once|never told) (?P<what>(that|of the) .+)"))
def was_told(customer: Shopper, stack: Stack, how_often: str, what: str) -> None:
    letters = stack.post.letters(customer.email)
    assert letters.count(_SENTENCES[what]) == (1 if how_often == "told once" else 0)


@then(parsers.parse("the customer was told once of each: {words}"))
def was_told_each(customer: Shopper, stack: Stack, words: str) -> None:
    """And of nothing else."""
    expected = sorted(_WORDS[word] for word in words.split(", "))
    assert sorted(stack.post.letters(customer.email)) == expected


@then("the workshop was told of it")
def workshop_was_told(stack: Stack) -> None:
    assert stack.post.letters(_WORKSHOP) == ["operator_task"]
