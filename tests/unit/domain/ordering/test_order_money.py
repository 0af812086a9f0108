"""An order tells what became of its money, in amounts that add up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import Money
from domain.ordering.errors import InvalidTransition, PaymentNotAllowed
from domain.ordering.events import LatePaymentUnplaceable, OrderConfirmed, OrderPaid, OrderPaymentFailed, OrderRefunded
from domain.ordering.status import OrderStatus, PaymentStatus
from tests.builders import HOLD, NOW, THIS_WEEK, an_order
from tests.builders.orders import OrderBuilder

LATER = NOW + timedelta(hours=1)
TOTAL = 1_299_900


def test_money_confirms_an_order_and_ends_its_hold() -> None:
    """The sweeper finds nothing to expire any more."""
    order = an_order().with_shipping_fee(9_900).build()
    order.pull_events()
    order.mark_paid(LATER)
    assert (order.status, order.hold_expires_at) == (OrderStatus.CONFIRMED, None)
    assert order.pull_events() == [
        OrderPaid(aggregate_id=order.id, occurred_at=LATER, order=order.ext_id, amount=TOTAL + 9_900),
        OrderConfirmed(aggregate_id=order.id, occurred_at=LATER, order=order.ext_id),
    ]


def test_a_failed_payment_keeps_the_hold_and_says_why() -> None:
    """The customer may try again until the hold ends."""
    order = an_order().payment_failed("insufficient_funds").build()
    *_, failed = order.pull_events()
    assert isinstance(failed, OrderPaymentFailed)
    assert failed.reason == "insufficient_funds"
    assert order.awaits_payment
    assert order.hold_expires_at == NOW + HOLD


def test_late_money_puts_a_cancelled_order_back_in_the_week_that_could_be_had() -> None:
    """It stands again, under a new promise, with nothing left of the cancellation."""
    order = an_order().cancelled("payment-timeout").paid().build()
    assert order.status is OrderStatus.CANCELLED, "money alone doesn't bring it back"
    order.reinstate(THIS_WEEK.next(), LATER)
    assert (order.status, order.promised_week) == (OrderStatus.CONFIRMED, THIS_WEEK.next())
    assert (order.cancellation_reason, order.hold_expires_at) == (None, None)


def test_late_money_that_cannot_be_placed_is_due_in_full() -> None:
    """The event says how much has to go back."""
    order = an_order().cancelled("payment-timeout").paid().build()
    order.pull_events()
    order.refuse_late_payment(LATER)
    assert order.pull_events() == [
        LatePaymentUnplaceable(aggregate_id=order.id, occurred_at=LATER, order=order.ext_id, refund_due=TOTAL)
    ]
    assert order.status is OrderStatus.CANCELLED


@pytest.mark.parametrize("refunds", [(), (100_000,), (TOTAL,)], ids=["paid", "partly refunded", "refunded"])
def test_a_late_message_that_the_money_was_put_aside_is_harmless(refunds: tuple[int, ...]) -> None:
    """Gateways repeat themselves, also after the money came and even after it went back."""
    builder = an_order().paid()
    for paise in refunds:
        builder = builder.refunded(paise)
    order = builder.build()
    before = order.payment_status
    order.pull_events()
    order.authorize_payment(LATER)
    assert (order.payment_status, list(order.pull_events())) == (before, [])


@given(st.lists(st.integers(-100, TOTAL + 100), max_size=6))
def test_refunds_never_exceed_what_was_paid(amounts: list[int]) -> None:
    """A refund that is too large, nothing or negative is refused; the others add up, and each is told."""
    order = an_order().paid().build()
    order.pull_events()
    back = 0
    for paise in amounts:
        fits = 0 < paise <= TOTAL - back
        if not fits:
            with pytest.raises(InvalidTransition):
                order.record_refund(Money(paise), LATER)
            assert order.pull_events() == []
            continue
        order.record_refund(Money(paise), LATER)
        back += paise
        assert order.pull_events() == [
            OrderRefunded(aggregate_id=order.id, occurred_at=LATER, order=order.ext_id, refunded=back)
        ]
    assert order.refunded == Money(back)
    assert order.payment_status == (
        PaymentStatus.PAID
        if not back
        else PaymentStatus.REFUNDED
        if back == TOTAL
        else PaymentStatus.PARTIALLY_REFUNDED
    )


def test_cash_at_the_door_is_counted_once() -> None:
    """A second message of the delivery doesn't collect again."""
    order = an_order().paid_on_delivery(fee=4_900).delivered().build()
    assert order.payment_status is PaymentStatus.PAID
    paid = [event for event in order.pull_events() if isinstance(event, OrderPaid)]
    assert [event.amount for event in paid] == [TOTAL + 4_900]
    order.mark_delivered(LATER)
    assert order.pull_events() == []


def test_cash_is_not_collected_by_late_news_of_a_parcel_that_went_back() -> None:
    """A parcel on its way back was not handed over, whatever comes in late."""
    order = an_order().paid_on_delivery().shipped().then(lambda order: order.start_return(LATER)).build()
    order.mark_delivered(LATER)
    assert order.payment_status is PaymentStatus.PENDING


def test_a_prepaid_delivery_collects_nothing() -> None:
    """The money came before the shoes."""
    order = an_order().paid().delivered().build()
    assert sum(isinstance(event, OrderPaid) for event in order.pull_events()) == 1


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        (an_order().paid_on_delivery(), "is paid on delivery"),
        (an_order().paid(), "is CONFIRMED, its payment PAID"),
        (an_order().cancelled(), "is CANCELLED, its payment PENDING"),
        (an_order().authorized(), "is PENDING, its payment AUTHORIZED"),
    ],
    ids=["cod", "paid", "cancelled", "authorized"],
)
def test_who_cannot_pay_is_told_why(order: OrderBuilder, reason: str) -> None:
    """The refusal has the public code and a sentence."""
    with pytest.raises(PaymentNotAllowed) as refused:
        order.build().check_payable()
    assert reason in refused.value.reason
    assert refused.value.code == "payment-not-allowed"
