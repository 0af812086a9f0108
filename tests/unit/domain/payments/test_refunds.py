"""What goes back never exceeds what came."""

from __future__ import annotations

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
from domain.payments.payment import Payment, PaymentState, RefundState
from tests.builders import NOW, a_payment, fresh_id

REQUESTED, PROCESSED, FAILED = RefundState
LATER = NOW + timedelta(hours=1)
TOTAL = 1_000


class Refunds(RuleBasedStateMachine):
    """A payment whose money is asked back in parts, while the gateway answers in any order."""

    refunds = Bundle("refunds")

    def __init__(self) -> None:
        super().__init__()
        self.payment = a_payment().build()
        self.payment.amount = Money(TOTAL)
        self.captured = 0
        self.open: dict[UUID, int] = {}
        self.done: dict[UUID, int] = {}
        self.told: list[object] = []

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
            self.payment.fail("declined", LATER)

    @rule(target=refunds, paise=st.integers(-5, TOTAL + 5) | st.sampled_from([1, 250, 500, TOTAL]))
    def ask_back(self, paise: int) -> UUID:
        """Granted exactly when there is so much left."""
        refund_id = fresh_id()
        left = self.captured - sum(self.open.values()) - sum(self.done.values())
        if 0 < paise <= left:
            refund = self.payment.request_refund(refund_id, Money(paise), "does not fit", LATER)
            assert (refund.id, refund.amount, refund.state) == (refund_id, Money(paise), REQUESTED)
            self.open[refund_id] = paise
        else:
            with pytest.raises(RefundTooLarge) as refused:
                self.payment.request_refund(refund_id, Money(paise), "does not fit", LATER)
            assert (refused.value.asked, refused.value.left) == (Money(paise), Money(left))
        return refund_id

    @rule(refund_id=refunds, state=st.sampled_from([PROCESSED, FAILED]))
    def settle(self, refund_id: UUID, state: RefundState) -> None:
        """The gateway answers for one that is open."""
        if refund_id in self.open:
            self.payment.settle_refund(refund_id, state, "rfnd_1", LATER)
            paise = self.open.pop(refund_id)
            if state is PROCESSED:
                self.done[refund_id] = paise

    @invariant()
    def never_more_than_came(self) -> None:
        """Asked back and given back together stay within what was captured."""
        going, gone = sum(self.open.values()), sum(self.done.values())
        assert self.payment.captured == Money(self.captured)
        assert self.payment.refunded == Money(going + gone)
        assert self.payment.refundable == Money(self.captured - going - gone)
        assert NOTHING <= self.payment.refunded <= self.payment.captured <= self.payment.amount

    @invariant()
    def told_once_each(self) -> None:
        """One event for every refund that was granted, one for every answer, none for the rest."""
        self.told += [
            event for event in self.payment.pull_events() if isinstance(event, RefundRequested | RefundSettled)
        ]
        granted = [event.refund_id for event in self.told if isinstance(event, RefundRequested)]
        settled = [event.refund_id for event in self.told if isinstance(event, RefundSettled)]
        assert granted == [refund.id for refund in self.payment.refunds]
        assert sorted(settled) == sorted(refund.id for refund in self.payment.refunds if refund.state is not REQUESTED)
        assert set(self.done) <= set(settled)


Refunds.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestRefunds = Refunds.TestCase


def refunded_once(state: RefundState) -> tuple[Payment, UUID]:
    """A payment with one refund in a state, its events told."""
    payment = a_payment().captured().refunding(500, state).build()
    payment.pull_events()
    return payment, payment.refunds[0].id


@pytest.mark.parametrize("before", RefundState)
@pytest.mark.parametrize("answer", RefundState)
def test_every_answer_to_a_refund_in_every_state(before: RefundState, answer: RefundState) -> None:
    """An open refund is settled once; the same answer again is harmless, another one is refused."""
    payment, refund_id = refunded_once(before)
    kept = payment.refunds
    if before is REQUESTED and answer is not REQUESTED:
        payment.settle_refund(refund_id, answer, "rfnd_2", LATER)
        assert (payment.refunds[0].state, payment.refunds[0].provider_refund_id) == (answer, "rfnd_2")
        assert payment.updated_at == LATER
        assert payment.pull_events() == [
            RefundSettled(
                aggregate_id=payment.id,
                occurred_at=LATER,
                order_id=payment.order_id,
                refund_id=refund_id,
                amount=500,
                state=answer,
            )
        ]
        return
    if before is answer:
        payment.settle_refund(refund_id, answer, "rfnd_2", LATER)
    else:
        with pytest.raises(InvalidPaymentTransition) as refused:
            payment.settle_refund(refund_id, answer, "rfnd_2", LATER)
        assert (refused.value.current, refused.value.wanted) == (before, answer)
    assert (payment.refunds, list(payment.pull_events())) == (kept, [])


def test_settling_one_refund_leaves_the_others_as_they_are() -> None:
    """Two refunds of the same amount are two refunds."""
    payment = a_payment().captured().refunding(500).refunding(500).build()
    first, second = payment.refunds
    payment.settle_refund(second.id, FAILED, None, LATER)
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
    assert (payment.refunds[0].reason, payment.refunds[0].created_at) == ("does not fit", LATER)


@pytest.mark.parametrize("state", [PaymentState.CREATED, PaymentState.AUTHORIZED, PaymentState.FAILED])
def test_money_that_never_came_cannot_go_back(state: PaymentState) -> None:
    """Authorised is not captured."""
    payment = a_payment().build()
    payment.state = state
    with pytest.raises(RefundTooLarge) as refused:
        payment.request_refund(fresh_id(), Money(1), "does not fit", LATER)
    assert refused.value.left == NOTHING


def test_an_answer_for_a_refund_that_the_shop_does_not_know_is_refused_by_name() -> None:
    """A refund that somebody made on the gateway's own pages is no crash."""
    payment, _ = refunded_once(REQUESTED)
    with pytest.raises(NotFound):
        payment.settle_refund(fresh_id(), PROCESSED, "rfnd_9", LATER)
    assert payment.pull_events() == []
