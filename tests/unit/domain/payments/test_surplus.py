"""Money that comes beside the payment that counts goes back, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.money import Money
from domain.payments.errors import InvalidPaymentTransition, RefundTooLarge
from domain.payments.payment import SURPLUS, Payment
from domain.payments.refund import RefundState
from tests.builders import NOW, a_payment, fresh_id

LATER = NOW + timedelta(hours=1)
TWICE = Money(1_299_900)


def paid() -> Payment:
    """Captured, by pay_1, nothing to tell."""
    payment = a_payment().build()
    payment.capture("pay_1", payment.amount, NOW)
    payment.pull_events()
    return payment


def test_a_second_payment_goes_back_in_full_and_once() -> None:
    """However often it is heard of; what counts stays, and stays refundable as a whole."""
    payment = paid()
    for _ in range(3):
        payment.return_surplus(fresh_id(), "pay_2", TWICE, LATER)
    payment.return_surplus(fresh_id(), "pay_3", TWICE, LATER)
    assert [(each.provider_payment_id, each.amount, each.reason) for each in payment.refunds] == [
        ("pay_2", TWICE, SURPLUS),
        ("pay_3", TWICE, SURPLUS),
    ]
    assert [event.name for event in payment.pull_events()] == ["refund.requested"] * 2
    assert (payment.captured, payment.refunded, payment.refundable) == (payment.amount, Money(0), payment.amount)


def test_what_was_paid_beside_adds_nothing_to_what_can_be_refunded() -> None:
    """Both are books of their own."""
    payment = paid()
    payment.return_surplus(fresh_id(), "pay_2", TWICE, LATER)
    payment.request_refund(fresh_id(), payment.amount, "cancelled", LATER)
    with pytest.raises(RefundTooLarge):
        payment.request_refund(fresh_id(), Money(1), "more", LATER)


def test_the_payment_that_counts_is_no_surplus() -> None:
    """Nor is any while nothing has come."""
    payment, unpaid = paid(), a_payment().authorized().build()
    assert not payment.is_surplus("pay_1")
    assert not unpaid.is_surplus("pay_2")
    for each in (payment, unpaid):
        with pytest.raises(InvalidPaymentTransition):
            each.return_surplus(fresh_id(), "pay_1", TWICE, LATER)


def test_a_surplus_that_fails_to_go_back_is_tried_again_but_never_sent_twice() -> None:
    """If the first turns out to be done while the second is on its way, that is refused."""
    payment = paid()
    payment.return_surplus(fresh_id(), "pay_2", TWICE, LATER)
    first = payment.refunds[0]
    payment.fail_refund(first.id, "no balance", LATER)
    payment.retry_refund(first.id, fresh_id(), LATER)
    again = payment.refunds[-1]
    assert (again.provider_payment_id, again.amount, again.attempt) == ("pay_2", TWICE, 2)
    with pytest.raises(RefundTooLarge):
        payment.complete_refund(first.id, "rfnd_1", LATER)
    payment.retry_refund(first.id, fresh_id(), LATER)
    payment.complete_refund(again.id, "rfnd_2", LATER)
    assert [refund.state for refund in payment.refunds] == [RefundState.FAILED, RefundState.PROCESSED]
