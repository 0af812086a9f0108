"""Money is counted once, whatever the gateway says, how often, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import NOTHING, Money
from domain.payments.errors import AmountMismatch
from domain.payments.events import PaymentAuthorized, PaymentCaptured, PaymentFailed
from domain.payments.payment import Payment, PaymentState
from tests.builders import NOW, a_payment
from tests.builders.payments import PaymentBuilder

CREATED, AUTHORIZED, CAPTURED, FAILED = PaymentState
LATER = NOW + timedelta(hours=1)
TOTAL = Money(1_299_900)

MESSAGES: dict[PaymentState, Callable[[Payment], None]] = {
    AUTHORIZED: lambda payment: payment.authorize("pay_1", LATER),
    CAPTURED: lambda payment: payment.capture("pay_1", TOTAL, LATER),
    FAILED: lambda payment: payment.fail("pay_1", "declined", LATER),
}
BUILT: dict[PaymentState, PaymentBuilder] = {
    CREATED: a_payment(),
    AUTHORIZED: a_payment().then(lambda payment: payment.authorize("pay_1", payment.updated_at)),
    CAPTURED: a_payment().captured(),
    FAILED: a_payment().failed(),
}


def told(payment: Payment) -> list[str]:
    """Names of the events since they were last asked for."""
    return [event.name for event in payment.pull_events()]


def payment_in(state: PaymentState) -> Payment:
    """One that got there, its events told."""
    payment = BUILT[state].build()
    payment.pull_events()
    return payment


@pytest.mark.parametrize(
    ("before", "message", "after", "events"),
    [
        (CREATED, AUTHORIZED, AUTHORIZED, ["payment.authorized"]),
        (CREATED, CAPTURED, CAPTURED, ["payment.captured"]),
        (CREATED, FAILED, FAILED, ["payment.failed"]),
        (AUTHORIZED, AUTHORIZED, AUTHORIZED, []),
        (AUTHORIZED, CAPTURED, CAPTURED, ["payment.captured"]),
        (AUTHORIZED, FAILED, FAILED, ["payment.failed"]),
        (FAILED, AUTHORIZED, AUTHORIZED, ["payment.authorized"]),
        (FAILED, CAPTURED, CAPTURED, ["payment.captured"]),
        (FAILED, FAILED, FAILED, []),
        (CAPTURED, AUTHORIZED, CAPTURED, []),
        (CAPTURED, CAPTURED, CAPTURED, []),
        (CAPTURED, FAILED, CAPTURED, []),
    ],
)
def test_every_message_in_every_state(
    before: PaymentState, message: PaymentState, after: PaymentState, events: list[str]
) -> None:
    """A failed attempt may still succeed, captured money stays, and what changed is told once."""
    payment = payment_in(before)
    MESSAGES[message](payment)
    assert (payment.state, told(payment)) == (after, events)
    assert payment.captured == (TOTAL if after is CAPTURED else NOTHING)
    MESSAGES[message](payment)
    assert (payment.state, told(payment)) == (after, [])


@pytest.mark.parametrize("before", PaymentState)
@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_without_effect_leaves_no_trace(before: PaymentState, message: PaymentState) -> None:
    """Neither a moment nor a reason nor another payment id."""
    payment = payment_in(before)
    traces = (payment.updated_at, payment.failure, payment.provider_payment_id, payment.captured)
    MESSAGES[message](payment)
    if payment.state is before and before is not message:
        assert (payment.updated_at, payment.failure, payment.provider_payment_id, payment.captured) == traces
    if payment.state is not before:
        assert payment.updated_at == LATER


@given(st.lists(st.sampled_from(list(MESSAGES)), max_size=12))
def test_the_end_does_not_depend_on_the_order_of_the_messages(messages: list[PaymentState]) -> None:
    """Whenever the money came at all it is there, once, and told once."""
    payment = a_payment().build()
    for message in messages:
        MESSAGES[message](payment)
    captured = CAPTURED in messages
    assert payment.captured == (TOTAL if captured else NOTHING)
    assert (payment.state is CAPTURED) == captured
    assert told(payment).count("payment.captured") == int(captured)


def test_captured_money_says_how_much_and_whose() -> None:
    """The event has all that a ledger needs, and nothing of a card."""
    payment = a_payment().build()
    payment.capture("pay_1", TOTAL, LATER)
    assert payment.pull_events() == [
        PaymentCaptured(aggregate_id=payment.id, occurred_at=LATER, order_id=payment.order_id, amount=TOTAL.minor)
    ]
    assert payment.provider_payment_id == "pay_1"


def test_money_that_was_put_aside_says_by_which_payment() -> None:
    """That one can be captured."""
    payment = a_payment().build()
    payment.authorize("pay_1", LATER)
    assert payment.pull_events() == [
        PaymentAuthorized(
            aggregate_id=payment.id, occurred_at=LATER, order_id=payment.order_id, provider_payment_id="pay_1"
        )
    ]


def test_what_another_attempt_does_is_nothing_to_the_one_that_has_the_money_aside() -> None:
    """Customers try twice, and the news of the first try may come last."""
    payment = payment_in(AUTHORIZED)
    payment.fail("pay_2", "declined", LATER)
    payment.authorize("pay_3", LATER)
    assert (payment.state, payment.provider_payment_id, told(payment)) == (AUTHORIZED, "pay_1", [])
    payment.capture("pay_2", TOTAL, LATER)
    assert (payment.state, payment.provider_payment_id) == (CAPTURED, "pay_2")


def test_a_failure_says_why() -> None:
    """The reason is kept and told."""
    payment = a_payment().build()
    payment.fail("pay_1", "insufficient_funds", LATER)
    assert payment.failure == "insufficient_funds"
    assert payment.pull_events() == [
        PaymentFailed(
            aggregate_id=payment.id, occurred_at=LATER, order_id=payment.order_id, reason="insufficient_funds"
        )
    ]


@pytest.mark.parametrize("message", [AUTHORIZED, CAPTURED])
def test_a_payment_that_succeeds_after_all_forgets_its_failure(message: PaymentState) -> None:
    """Support doesn't read "declined" on a payment that went through."""
    payment = payment_in(FAILED)
    MESSAGES[message](payment)
    assert payment.failure is None


@pytest.mark.parametrize("before", PaymentState)
@pytest.mark.parametrize("paise", [TOTAL.minor - 1, TOTAL.minor + 1, 0])
def test_another_amount_than_was_asked_for_is_never_taken(before: PaymentState, paise: int) -> None:
    """Not a paisa less and not a paisa more; the payment stays as it was."""
    payment = payment_in(before)
    captured = payment.captured
    with pytest.raises(AmountMismatch) as refused:
        payment.capture("pay_2", Money(paise), LATER)
    assert (refused.value.expected, refused.value.actual) == (TOTAL, Money(paise))
    assert (payment.state, payment.captured, told(payment)) == (before, captured, [])


def test_an_open_payment_is_asked_about_ever_more_seldom_and_at_last_no_more() -> None:
    """Fresh ones often, at least once a day, for a week: longer than any bank or gateway takes."""
    payment = a_payment().started(NOW).build()
    looks = []
    while payment.ask_at is not None:
        looks.append(payment.ask_at - NOW)
        payment.note_look(payment.ask_at)
    minutes = [look / timedelta(minutes=1) for look in looks]
    assert minutes[:8] == [15, 30, 60, 120, 240, 480, 960, 1920]
    assert max(later - earlier for earlier, later in pairwise(minutes)) == 24 * 60
    assert timedelta(days=7) <= looks[-1] < timedelta(days=8)


def test_a_captured_payment_is_looked_at_once_more() -> None:
    """The customer may have paid twice."""
    payment = payment_in(CAPTURED)
    assert payment.ask_at is not None
    payment.note_look(LATER)
    assert payment.ask_at is None
