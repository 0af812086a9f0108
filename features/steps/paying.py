"""Steps about payments."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from features.steps.designing import ask
from features.steps.ordering import place_order
from features.support.seen import Choice, PaymentSeen, Shopper, Story
from features.support.stack import Stack

_UNTIL_THE_SHOP_ASKS = timedelta(minutes=16)


def payment_of(story: Story, customer: Shopper) -> PaymentSeen:
    """The payment of the order, started when that was not done yet."""
    if story.payment is None:
        story.payment = customer.start_payment(story.order.id)
    return story.payment


def pay(story: Story, customer: Shopper) -> None:
    """Pay the order, and show the proof."""
    story.proof = customer.play(payment_of(story, customer), "success")
    customer.confirm(story.order.id, story.proof)


def buy(story: Story, customer: Shopper, choice: Choice) -> None:
    """From the cart to the money."""
    customer.add(choice, 1)
    place_order(story, customer, "Bengaluru", "PREPAID")
    pay(story, customer)


@given("the customer has paid for 1 pair of the Roma Oxford")
def has_paid_for(story: Story, customer: Shopper, stack: Stack) -> None:
    buy(story, customer, Choice())
    stack.settle()


@when("another customer pays for 1 pair of the Roma Oxford")
def other_pays(story: Story, stranger: Shopper) -> None:
    story.other = Story()
    buy(story.other, stranger, Choice())


@then("the other customer's order is confirmed and paid")
def other_is_paid(story: Story, stranger: Shopper) -> None:
    assert story.other is not None
    order = stranger.find_order(story.other.order.id)
    assert (order.status, order.payment_status) == ("CONFIRMED", "PAID")


@given("the customer has begun to pay")
def begins_to_pay(story: Story, customer: Shopper) -> None:
    payment_of(story, customer)


@given("the customer pays")
@when("the customer pays")
def pays(story: Story, customer: Shopper) -> None:
    pay(story, customer)


@given("the customer's payment fails")
def payment_fails(story: Story, customer: Shopper) -> None:
    customer.play(payment_of(story, customer), "failure")


@when("the customer's bank puts the money aside")
def puts_aside(story: Story, customer: Shopper) -> None:
    customer.play(payment_of(story, customer), "authorized")


@when("the bank lets the failed payment through after all")
def authorizes_late(story: Story, customer: Shopper, stack: Stack) -> None:
    stack.gateway.authorize_late(payment_of(story, customer))


@given("the customer has paid, and the shop has not heard of it")
def has_paid_secretly(story: Story, customer: Shopper, stack: Stack) -> None:
    payment = payment_of(story, customer)
    stack.settle()
    stack.gateway.hold_messages()
    story.proof = customer.play(payment, "success")


@when("the shop learns of the payment by the customer's proof")
def learns_by_proof(story: Story, customer: Shopper, stack: Stack) -> None:
    assert story.proof is not None
    customer.confirm(story.order.id, story.proof)
    stack.settle()


@when("the shop learns of the payment by the gateway's message")
def learns_by_message(stack: Stack) -> None:
    stack.gateway.send_messages()
    stack.settle()


@when("the shop learns of the payment by its own look")
def learns_by_look(stack: Stack) -> None:
    stack.pass_time(_UNTIL_THE_SHOP_ASKS)
    stack.backroom.do_chore("reconcile_payments")
    stack.settle()


@when("the customer sends the proof of payment twice")
def proof_twice(story: Story, customer: Shopper) -> None:
    pay(story, customer)
    assert story.proof is not None
    customer.confirm(story.order.id, story.proof)


@when("somebody sends a forged proof of payment")
def forged_proof(story: Story, customer: Shopper) -> None:
    proof = customer.play(payment_of(story, customer), "failure")
    forged = replace(proof, payment_id="pay_Forged00000000", signature="0" * 64)
    ask(story, lambda: customer.confirm(story.order.id, forged))


@then("the proof is refused")
def proof_refused(story: Story) -> None:
    assert story.refusal.code == "invalid-signature"


@when(parsers.parse("somebody sends the gateway's message {falsely}"))
def lies_of_payment(story: Story, stack: Stack, falsely: str) -> None:
    ask(story, lambda: stack.gateway.send_falsely(falsely))


@given("the gateway tells everything twice and in any order")
def gateway_babbles(stack: Stack) -> None:
    stack.gateway.babble()


@given("the gateway can't be reached")
def gateway_goes_away(stack: Stack) -> None:
    stack.gateway.go_away()


@when("the gateway can be reached again")
def gateway_comes_back(stack: Stack) -> None:
    stack.gateway.come_back()


@then("the payment asks for the order's total")
def asks_for_total(story: Story, customer: Shopper) -> None:
    assert payment_of(story, customer).amount == story.order.total


@then("the payment was captured once")
def captured_once(story: Story, customer: Shopper) -> None:
    assert customer.timeline(story.order.id).count("order.paid") == 1


@then("the payment was never captured")
def never_captured(story: Story, customer: Shopper, stack: Stack) -> None:
    assert not stack.gateway.has_captured(payment_of(story, customer))
