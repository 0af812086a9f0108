"""Steps about parcels that come back, or get lost."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from features.steps.designing import ask
from features.steps.shipping import bring
from features.support.seen import Shopper, Story
from features.support.stack import Stack


@given(parsers.parse("{days:d} days pass"))
@when(parsers.parse("{days:d} days pass"))
def days_pass(stack: Stack, days: int) -> None:
    stack.settle()
    stack.pass_time(timedelta(days=days))


@when("nobody opens the door to the courier")
def nobody_opens(story: Story, stack: Stack) -> None:
    bring(story, stack, "out for delivery", "undelivered")


@when("the workshop asks the courier to try again")
def asks_to_try_again(story: Story, stack: Stack) -> None:
    stack.staff.ask_for_reattempt(story.order.id)


@when("the courier turns back")
def turns_back(story: Story, stack: Stack) -> None:
    bring(story, stack, "turned back")


@when("the courier brings the parcel back to the workshop")
def brings_back(story: Story, stack: Stack) -> None:
    bring(story, stack, "back at the workshop")


@when("the courier loses the parcel")
def loses(story: Story, stack: Stack) -> None:
    bring(story, stack, "lost")


@given("the customer wants to send the pair back")
@when("the customer wants to send the pair back")
def wants_to_send_back(story: Story, customer: Shopper, stack: Stack) -> None:
    stack.settle()
    ask(story, lambda: customer.send_back(story.order.id))


@when("the courier picks it up from the customer")
def picks_up_from_customer(story: Story, stack: Stack) -> None:
    bring(story, stack, "picked up", is_return=True)


@given("the courier brings the pair back to the workshop")
@when("the courier brings the pair back to the workshop")
def brings_pair_back(story: Story, stack: Stack) -> None:
    bring(story, stack, "delivered", is_return=True)


@then("the return is refused")
def return_refused(story: Story) -> None:
    assert story.refusals.pop().code == "conflict"
