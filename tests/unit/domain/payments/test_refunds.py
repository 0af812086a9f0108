"""What goes back never exceeds what came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from domain.errors import NotFound
from domain.money import NOTHING, Money
from domain.payments.errors import InvalidPaymentTransition, RefundTooLarge
from domain.payments.events import RefundRequested, RefundSettled
from domain.payments.payment import Payment, PaymentState
from domain.payments.refund import RefundState
from tests.builders import NOW, a_payment, fresh_id

REQUESTED, PENDING, PROCESSED, FAILED = RefundState
LATER = NOW + timedelta(hours=1)
TOTAL = 1_000

ANSWERS: dict[RefundState, Callable[[Payment, UUID], object]] = {
    PENDING: lambda payment, refund_id: payment.accept_refund(refund_id, "rfnd_2", LATER),
    PROCESSED: lambda payment, refund_id: payment.complete_refund(refund_id, "rfnd_2", LATER),
    FAILED: lambda payment, refund_id: payment.fail_refund(refund_id, "no balance", LATER),
}


class Refunds(RuleBasedStateMachine):
    """A payment whose money is asked back in parts, while the gateway answers in any order."""

    refunds = Bundle("refunds")

    def __init__(self) -> None:
        super().__init__()
        self.payment = a_payment().build()
        self.payment.amount = Money(TOTAL)
        self.captured = 0
        self.amounts: dict[UUID, int] = {}
        self.states: dict[UUID, RefundState] = {}
        self.attempts: dict[UUID, int] = {}
        self.told: list[RefundRequested | RefundSettled] = []

    def left(self) -> int:
        """What was captured and is not on its way back."""
        return self.captured - sum(paise for key, paise in self.amounts.items() if self.states[key] is not FAILED)

    def granted(self, refund_id: UUID, paise: int, attempt: int) -> None:
        """Note a refund that was asked for."""
        self.amounts[refund_id], self.states[refund_id], self.attempts[refund_id] = paise, REQUESTED, attempt

    @rule()
    def capture(self) -> None:
        """The money comes, once or again."""
        self.payment.capture("pay_1", Money(TOTAL), LATER)
        self.captured = TOTAL

    @rule(message=st.sampled_from(["authorized", "failed"]))
    def late_message(self, message: str) -> None:
        """The gateway says something about the payment itself."""
        if message == "authorized":
            self.payment.authorize("pay_1", LATER)
        else:
            self.payment.fail("pay_1", "declined", LATER)

    @rule(target=refunds, paise=st.integers(-5, TOTAL + 5) | st.sampled_from([1, 250, 500, TOTAL]))
    def ask_back(self, paise: int) -> UUID:
        """Granted exactly when there is so much left."""
        refund_id, left = fresh_id(), self.left()
        if 0 < paise <= left:
            refund = self.payment.request_refund(refund_id, Money(paise), "does not fit", LATER)
            assert (refund.id, refund.amount, refund.state) == (refund_id, Money(paise), REQUESTED)
            self.granted(refund_id, paise, 1)
        else:
            with pytest.raises(RefundTooLarge) as refused:
                self.payment.request_refund(refund_id, Money(paise), "does not fit", LATER)
            assert (refused.value.asked, refused.value.left) == (Money(paise), Money(left))
        return refund_id

    @rule(refund_id=refunds, answer=st.sampled_from(list(ANSWERS)))
    def settle(self, refund_id: UUID, answer: RefundState) -> None:
        """The gateway says something about one of them."""
        if refund_id not in self.states:
            return
        before = self.states[refund_id]
        if answer is PENDING:
            ANSWERS[answer](self.payment, refund_id)
            self.states[refund_id] = PENDING if before is REQUESTED else before
        elif before is FAILED and answer is PROCESSED and self.amounts[refund_id] > self.left():
            with pytest.raises(RefundTooLarge):
                ANSWERS[answer](self.payment, refund_id)
        elif before is PROCESSED and answer is FAILED:
            with pytest.raises(InvalidPaymentTransition):
                ANSWERS[answer](self.payment, refund_id)
        else:
            assert ANSWERS[answer](self.payment, refund_id) is (before is not answer)
            self.states[refund_id] = answer

    @rule(target=refunds, refund_id=refunds)
    def retry(self, refund_id: UUID) -> UUID:
        """Granted, as far as there is money left, when it failed and has attempts left."""
        again = fresh_id()
        if refund_id not in self.states:
            return again
        if self.states[refund_id] is not FAILED or self.attempts[refund_id] == 3:
            with pytest.raises(InvalidPaymentTransition):
                self.payment.retry_refund(refund_id, again, LATER)
        else:
            self.payment.retry_refund(refund_id, again, LATER)
            if paise := min(self.amounts[refund_id], self.left()):
                self.granted(again, paise, self.attempts[refund_id] + 1)
        return again

    @invariant()
    def never_more_than_came(self) -> None:
        """Asked back and given back together stay within what was captured."""
        assert self.payment.captured == Money(self.captured)
        assert self.payment.refundable == Money(self.left())
        assert self.payment.refunded == Money(self.captured - self.left())
        assert NOTHING <= self.payment.refunded <= self.payment.captured <= self.payment.amount
        kept = {refund.id: (refund.amount.minor, refund.state, refund.attempt) for refund in self.payment.refunds}
        assert kept == {key: (self.amounts[key], state, self.attempts[key]) for key, state in self.states.items()}

    @invariant()
    def told_once_each(self) -> None:
        """One event for every refund that was granted, one for every end that one came to, none for the rest."""
        self.told += [
            event for event in self.payment.pull_events() if isinstance(event, RefundRequested | RefundSettled)
        ]
        granted = [event.refund_id for event in self.told if isinstance(event, RefundRequested)]
        assert granted == [refund.id for refund in self.payment.refunds]
        last = {event.refund_id: event.state for event in self.told if isinstance(event, RefundSettled)}
        assert last == {key: state for key, state in self.states.items() if state in {PROCESSED, FAILED}}
        settled = [(event.refund_id, event.state) for event in self.told if isinstance(event, RefundSettled)]
        assert len(settled) == len(set(settled))

    @invariant()
    def asked_about_while_open(self) -> None:
        """And not any longer."""
        assert all((refund.ask_at is not None) == refund.is_open for refund in self.payment.refunds)


Refunds.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestRefunds = Refunds.TestCase


def refunded_once(state: RefundState) -> tuple[Payment, UUID]:
    """A payment with one refund in a state, its events told."""
    payment = a_payment().captured().refunding(500, state).build()
    payment.pull_events()
    return payment, payment.refunds[0].id


@pytest.mark.parametrize(
    ("before", "answer", "after"),
    [
        (REQUESTED, PENDING, PENDING),
        (REQUESTED, PROCESSED, PROCESSED),
        (REQUESTED, FAILED, FAILED),
        (PENDING, PENDING, PENDING),
        (PENDING, PROCESSED, PROCESSED),
        (PENDING, FAILED, FAILED),
        (PROCESSED, PENDING, PROCESSED),
        (PROCESSED, PROCESSED, PROCESSED),
        (PROCESSED, FAILED, None),
        (FAILED, PENDING, FAILED),
        (FAILED, PROCESSED, PROCESSED),
        (FAILED, FAILED, FAILED),
    ],
)
def test_every_answer_to_a_refund_in_every_state(
    before: RefundState, answer: RefundState, after: RefundState | None
) -> None:
    """An end is told once, older news is harmless, and money that is gone can't fail to go."""
    payment, refund_id = refunded_once(before)
    if after is None:
        with pytest.raises(InvalidPaymentTransition) as refused:
            ANSWERS[answer](payment, refund_id)
        assert (refused.value.current, refused.value.wanted) == (before, answer)
        assert (payment.refund(refund_id).state, payment.pull_events()) == (before, [])
        return
    ANSWERS[answer](payment, refund_id)
    assert payment.refund(refund_id).state is after
    told = after is not before and after is not PENDING
    assert [event.state for event in payment.pull_events() if isinstance(event, RefundSettled)] == [after] * told
    assert (payment.updated_at == LATER) is (after is not before)


def test_an_end_says_all_that_is_known_of_it() -> None:
    """Under which name the gateway has it, why it failed; and a success after all forgets why it had not."""
    payment, refund_id = refunded_once(REQUESTED)
    payment.fail_refund(refund_id, "no balance", LATER)
    assert (payment.refund(refund_id).failure, payment.refund(refund_id).provider_refund_id) == ("no balance", None)
    payment.complete_refund(refund_id, "rfnd_9", LATER)
    assert (payment.refund(refund_id).failure, payment.refund(refund_id).provider_refund_id) == (None, "rfnd_9")


def test_settling_one_refund_leaves_the_others_as_they_are() -> None:
    """Two refunds of the same amount are two refunds."""
    payment = a_payment().captured().refunding(500).refunding(500).build()
    first, second = payment.refunds
    payment.fail_refund(second.id, "no balance", LATER)
    assert payment.refunds[0] == first
    assert [refund.state for refund in payment.refunds] == [REQUESTED, FAILED]
    assert payment.refunded == Money(500)


def test_a_request_says_which_refund_of_how_much() -> None:
    """The event names all that the gateway has to be asked."""
    payment = a_payment().captured().build()
    payment.pull_events()
    refund_id = fresh_id()
    payment.request_refund(refund_id, Money(700), "does not fit", LATER)
    assert payment.pull_events() == [
        RefundRequested(
            aggregate_id=payment.id, occurred_at=LATER, order_id=payment.order_id, refund_id=refund_id, amount=700
        )
    ]
    refund = payment.refund(refund_id)
    assert (refund.reason, refund.created_at) == ("does not fit", LATER)
    assert refund.provider_payment_id == payment.provider_payment_id


@pytest.mark.parametrize("state", [PaymentState.CREATED, PaymentState.AUTHORIZED, PaymentState.FAILED])
def test_money_that_never_came_cannot_go_back(state: PaymentState) -> None:
    """Authorised is not captured."""
    payment = a_payment().build()
    payment.state = state
    with pytest.raises(RefundTooLarge) as refused:
        payment.request_refund(fresh_id(), Money(1), "does not fit", LATER)
    assert refused.value.left == NOTHING


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_for_a_refund_that_the_shop_does_not_know_is_refused_by_name(answer: RefundState) -> None:
    """A refund that somebody made on the gateway's own pages is no crash."""
    payment, _ = refunded_once(REQUESTED)
    with pytest.raises(NotFound):
        ANSWERS[answer](payment, fresh_id())
    assert payment.pull_events() == []


def test_an_open_refund_is_asked_about_ever_more_seldom() -> None:
    """Banks take a week: what is fresh is asked about soon, what is old once a day."""
    payment, refund_id = refunded_once(PENDING)
    refund = payment.refund(refund_id)
    assert refund.ask_at == refund.created_at + timedelta(minutes=15)
    for age, wait in ((timedelta(minutes=40), timedelta(minutes=40)), (timedelta(days=5), timedelta(days=1))):
        payment.note_refund_look(refund_id, refund.created_at + age)
        assert payment.refund(refund_id).ask_at == refund.created_at + age + wait
