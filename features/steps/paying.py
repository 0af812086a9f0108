"""Steps about payments."""

from __future__ import annotations

from dataclasses import replace

from pytest_bdd import given, then, when

from features.steps.designing import ask
from features.support.seen import PaymentSeen, Shopper, Story


def _payment(story: Story, customer: Shopper) -> PaymentSeen:
    """The payment of the order, started when that was not done yet."""
    if story.payment is None:
        story.payment = customer.start_payment(story.order.id)
    return story.payment


@given("the customer has begun to pay")
def begins_to_pay(story: Story, customer: Shopper) -> None:
    _payment(story, customer)


@given("the customer pays")
@when("the customer pays")
def pays(story: Story, customer: Shopper) -> None:
    proof = customer.play(_payment(story, customer), "success")
    customer.confirm(story.order.id, proof)


@given("the customer's payment fails")
def payment_fails(story: Story, customer: Shopper) -> None:
    customer.play(_payment(story, customer), "failure")


@when("the customer sends the proof of payment twice")
def proof_twice(story: Story, customer: Shopper) -> None:
    proof = customer.play(_payment(story, customer), "success")
    customer.confirm(story.order.id, proof)
    customer.confirm(story.order.id, proof)


@when("somebody sends a forged proof of payment")
def forged_proof(story: Story, customer: Shopper) -> None:
    proof = customer.play(_payment(story, customer), "failure")
    forged = replace(proof, payment_id="pay_Forged00000000", signature="0" * 64)
    ask(story, lambda: customer.confirm(story.order.id, forged))


@then("the proof is refused")
def proof_refused(story: Story) -> None:
    assert story.refusal.code == "invalid-signature"


@then("the payment asks for the order's total")
def asks_for_total(story: Story, customer: Shopper) -> None:
    assert _payment(story, customer).amount == story.order.total


@then("the payment was captured once")
def captured_once(story: Story, customer: Shopper) -> None:
    assert customer.timeline(story.order.id).count("order.paid") == 1
