"""Every message to an order in every state: what should happen happens once, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields
from typing import Any

import pytest

from domain.errors import DomainError
from domain.ordering.errors import PaymentNotAllowed
from domain.ordering.order import Order
from tests.unit.domain.ordering.order_states import (
    LATER,
    MESSAGES,
    REACHABLE,
    F,
    Outcome,
    P,
    S,
    expected,
    restored,
    state_of,
)

# What never changes, whatever happens.
SNAPSHOT = ("id", "ext_id", "cart_id", "buyer", "lines", "amounts", "place_of_supply", "payment_method", "notes")


def everything(order: Order) -> dict[str, Any]:
    """All that a repository would write; of every type there is."""
    return {field.name: getattr(order, field.name) for field in fields(order) if field.name != "_events"}


def outcome(order: Order, message: str) -> Outcome:
    """What a message really does."""
    try:
        MESSAGES[message](order)
    except DomainError as refusal:
        return Outcome(state_of(order), tuple(event.name for event in order.pull_events()), type(refusal))
    return Outcome(state_of(order), tuple(event.name for event in order.pull_events()))


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_does_what_it_should_in_every_state(message: str) -> None:
    """Right ones move the statuses and tell it once, wrong ones raise the named error, repeated ones do nothing."""
    surprises = [
        f"{state}: {really}, not {wanted}"
        for state in sorted(REACHABLE)
        if (really := outcome(restored(state), message)) != (wanted := expected(state, message))
    ]
    assert surprises == []


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_that_is_refused_or_repeated_changes_nothing_at_all(message: str) -> None:
    """Not a timestamp, not a reason, not an amount."""
    changed: list[tuple[str, str]] = []
    for state in sorted(REACHABLE):
        wanted = expected(state, message)
        if wanted.state == state and not wanted.events:
            order = restored(state)
            before = everything(order)
            outcome(order, message)
            changed += [(str(state), name) for name, value in everything(order).items() if value != before[name]]
    assert changed == []


@pytest.mark.parametrize("message", [name for name in MESSAGES if name not in {"refund a part", "refuse late payment"}])
def test_a_message_that_comes_twice_has_its_effect_once(message: str) -> None:
    """The second one either does nothing or is refused: no event is told twice."""
    for state in sorted(REACHABLE):
        order = restored(state)
        outcome(order, message)
        before = everything(order)
        assert outcome(order, message).events == ()
        assert everything(order) == before


@pytest.mark.parametrize("message", MESSAGES)
def test_what_was_bought_never_changes(message: str) -> None:
    """Prices, texts, buyer and lines are those of the day of the order, whatever happens to it."""
    for state in sorted(REACHABLE):
        order = restored(state)
        before = everything(order)
        outcome(order, message)
        after = everything(order)
        assert {name: after[name] for name in SNAPSHOT} == {name: before[name] for name in SNAPSHOT}


@pytest.mark.parametrize("message", MESSAGES)
def test_events_say_which_order_and_when(message: str) -> None:
    """Every event carries the order's identities and the moment of the message, and the order that moment too."""
    for state in sorted(REACHABLE):
        order = restored(state)
        with suppress(DomainError):
            MESSAGES[message](order)
        moved = state_of(order) != state
        events = order.pull_events()
        assert {(event.aggregate, event.aggregate_id, event.occurred_at) for event in events} <= {
            ("order", order.id, LATER)
        }
        assert {getattr(event, "order", None) for event in events} <= {order.ext_id}
        assert not moved or order.updated_at == LATER


def test_an_order_can_be_in_every_status() -> None:
    """No status is there for nothing."""
    assert {state.status for state in REACHABLE} == set(S)
    assert {state.payment for state in REACHABLE} == set(P)
    assert {state.fulfillment for state in REACHABLE} == set(F)


def test_what_is_said_of_an_order_agrees_with_what_it_does() -> None:
    """A client that sees `cancel` or `pay` can do it, and one that doesn't see it can't."""
    for state in REACHABLE:
        assert restored(state).is_cancellable == (expected(state, "cancel").events == ("order.cancelled",))
        if restored(state).awaits_payment:
            restored(state).check_payable()
        else:
            with pytest.raises(PaymentNotAllowed):
                restored(state).check_payable()


def test_only_an_unpaid_prepaid_order_awaits_a_payment() -> None:
    """One that is cancelled, put aside, paid or paid at the door is not paid again."""
    waiting = {(state.status, state.payment) for state in REACHABLE if restored(state).awaits_payment}
    assert waiting == {(S.PENDING, P.PENDING), (S.PENDING, P.FAILED)}
    assert {state.method for state in REACHABLE if restored(state).awaits_payment} == {"PREPAID"}


def test_nobody_s_shoes_are_made_before_the_order_stands() -> None:
    """Production is never reached from PENDING or CANCELLED, and never left by cancelling."""
    begun = {state.status for state in REACHABLE if state.fulfillment is not F.UNFULFILLED}
    assert begun == {S.CONFIRMED, S.SHIPPED, S.DELIVERED, S.RETURNED}
