"""Steps about what needs a person."""

from __future__ import annotations

from pytest_bdd import given, parsers, then, when

from features.support.seen import Story
from features.support.stack import Stack

_KINDS = {
    "a refund that failed": "refund-failed",
    "a refund": "refund-to-decide",
    "what goes back": "refund-to-decide",
    "a parcel that can't be booked": "booking-impossible",
    "a parcel that could not be handed over": "parcel-undelivered",
    "a parcel that is lost": "parcel-lost",
    "something that is stuck": "event-stuck",
}


def _asked(story: Story, stack: Stack) -> list[str]:
    """Of what kinds the open tasks are that are about the order, or about none."""
    return [each.kind for each in stack.staff.tasks() if each.order_id in {story.order.id, None}]


@then("nobody is asked about the order")
def nobody_is_asked(story: Story, stack: Stack) -> None:
    assert _asked(story, stack) == []


@then("nobody is asked about a refund")
def nobody_is_asked_about_refund(story: Story, stack: Stack) -> None:
    assert _KINDS["a refund"] not in _asked(story, stack)


@then(parsers.parse("somebody is asked about {what}"))
def somebody_is_asked(story: Story, stack: Stack, what: str) -> None:
    assert _KINDS[what] in _asked(story, stack)


@given("the refund is stuck")
@then("the refund is stuck")
def refund_is_stuck(stack: Stack) -> None:
    stack.settle()
    assert [each.handler for each in stack.staff.stuck()] == ["send_requested_refund"]


@then("nothing is stuck")
def nothing_is_stuck(stack: Stack) -> None:
    assert stack.staff.stuck() == []


@when("the operator has it tried again")
def tries_again(stack: Stack) -> None:
    for event_id in {each.event_id for each in stack.staff.stuck()}:
        stack.staff.replay(event_id)
