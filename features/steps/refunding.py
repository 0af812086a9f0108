"""Steps about money that goes back."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from features.steps.designing import ask
from features.support.seen import Shopper, Story
from features.support.stack import Stack
from features.support.words import paise

_UNTIL_THE_NEXT_TRY = timedelta(hours=1)


def _went_back(story: Story, stack: Stack) -> list[int]:
    """What the gateway has given back, in paise."""
    assert story.payment is not None
    return [each.amount for each in stack.gateway.refunds(story.payment) if each.status == "processed"]


def _fail_refund(story: Story, stack: Stack) -> None:
    assert story.payment is not None
    stack.settle()
    stack.gateway.fail_refund(story.payment)
    stack.settle()


def _wait_for_next_try(stack: Stack) -> None:
    stack.settle()
    stack.pass_time(_UNTIL_THE_NEXT_TRY)
    stack.settle()


@when("the workshop gives the rest back")
def gives_rest_back(story: Story, stack: Stack) -> None:
    stack.staff.refund(story.order.id, None)


@given(parsers.re(r"the workshop gives (?P<amount>₹\S+) back"))
@when(parsers.re(r"the workshop gives (?P<amount>₹\S+) back"))
def gives_back(story: Story, stack: Stack, amount: str) -> None:
    ask(story, lambda: stack.staff.refund(story.order.id, paise(amount)))
    stack.settle()


@given("the bank takes its time for refunds")
def refunds_take_time(stack: Stack) -> None:
    stack.gateway.begin_refunds_pending()


@when("the bank can't pay the refund out")
def refund_fails(story: Story, stack: Stack) -> None:
    _fail_refund(story, stack)


@when(parsers.parse("the bank can't pay the refund out, {times:d} times with an hour between"))
def refund_fails_again(story: Story, stack: Stack, times: int) -> None:
    for _ in range(times):
        _fail_refund(story, stack)
        _wait_for_next_try(stack)


@when("an hour passes")
def hour_passes(stack: Stack) -> None:
    _wait_for_next_try(stack)


@when("the bank pays the refund out")
def refund_arrives(story: Story, stack: Stack) -> None:
    assert story.payment is not None
    stack.gateway.settle_refund(story.payment)


@then("the refund is refused")
def refund_refused(story: Story) -> None:
    assert story.refusals.pop().code == "conflict"


@then(parsers.re(r"(?P<amount>₹\S+) went back"))
def went_back(story: Story, customer: Shopper, stack: Stack, amount: str) -> None:
    assert sum(_went_back(story, stack)) == paise(amount)
    assert customer.find_order(story.order.id).refunded == paise(amount)


@then("none of the money went back")
def none_went_back(story: Story, customer: Shopper, stack: Stack) -> None:
    assert _went_back(story, stack) == []
    assert customer.find_order(story.order.id).refunded == 0


@then(parsers.re(r"all of the money went back in (?P<parts>\d+) parts?"))
def all_went_back(story: Story, customer: Shopper, stack: Stack, parts: str) -> None:
    went = _went_back(story, stack)
    assert (len(went), sum(went)) == (int(parts), story.order.total)
    assert customer.find_order(story.order.id).refunded == story.order.total


@then("all of the money but the shipping fee went back")
def all_but_shipping_went_back(story: Story, stack: Stack) -> None:
    assert story.order.shipping_fee > 0
    assert _went_back(story, stack) == [story.order.total - story.order.shipping_fee]
