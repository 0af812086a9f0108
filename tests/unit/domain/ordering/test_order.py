"""An order tells what happened to it, in amounts that add up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.money import NOTHING
from domain.ordering.errors import InvalidTransition, OrderNotCancellable
from domain.ordering.events import (
    OrderCancelled,
    OrderConfirmed,
    OrderPlaced,
    OrderReturned,
    OrderShipped,
    ReturnStarted,
)
from domain.ordering.lines import ChosenOption
from domain.ordering.order import Order
from domain.ordering.status import OrderStatus, PaymentStatus
from tests.builders import HOLD, NOW, a_design, a_product, a_waybill, an_order
from tests.builders.orders import OrderBuilder

LATER = NOW + timedelta(hours=1)
TOTAL = 1_299_900


def told(builder: OrderBuilder) -> list[object]:
    """The events of an order, in the order in which they were told."""
    return list(builder.build().pull_events())


def test_a_prepaid_order_waits_for_its_money() -> None:
    """It is PENDING, holds until a moment, and says all that a confirmation needs."""
    roma = a_product().build()
    order = an_order().of(roma, pairs=2).numbered("IS-2026-000001").build()
    assert (order.status, order.payment_status) == (OrderStatus.PENDING, PaymentStatus.PENDING)
    assert order.hold_expires_at == NOW + HOLD
    assert order.pull_events() == [
        OrderPlaced(
            aggregate_id=order.id,
            occurred_at=NOW,
            order="IS-2026-000001",
            email="asha@example.com",
            payment_method="PREPAID",
            total=2 * TOTAL,
            currency="INR",
            pairs=2,
            week="2026-W49",
            hold_expires_at=NOW + HOLD,
        )
    ]
    assert order.pull_events() == [], "told once"


def test_an_order_paid_on_delivery_stands_at_once() -> None:
    """It is CONFIRMED, holds nothing that could expire, and tells both facts in order."""
    order = an_order().paid_on_delivery(fee=4_900).build()
    assert (order.status, order.payment_status, order.hold_expires_at) == (
        OrderStatus.CONFIRMED,
        PaymentStatus.PENDING,
        None,
    )
    placed, confirmed = order.pull_events()
    assert isinstance(placed, OrderPlaced)
    assert (placed.payment_method, placed.total, placed.hold_expires_at) == ("COD", TOTAL + 4_900, None)
    assert confirmed == OrderConfirmed(aggregate_id=order.id, occurred_at=NOW, order=order.ext_id)


@pytest.mark.parametrize(
    ("order", "due"),
    [
        (an_order(), 0),
        (an_order().authorized(), 0),
        (an_order().payment_failed(), 0),
        (an_order().paid(), TOTAL),
        (an_order().paid().refunded(100_000), TOTAL - 100_000),
        (an_order().paid().refunded(100_000).refunded(200_000), TOTAL - 300_000),
        (an_order().paid().refunded(TOTAL), 0),
        (an_order().paid_on_delivery(), 0),
    ],
    ids=["unpaid", "authorized", "failed", "paid", "refunded once", "refunded twice", "refunded", "cod"],
)
def test_a_cancelled_order_owes_what_was_paid_and_has_not_gone_back(order: OrderBuilder, due: int) -> None:
    """Nobody loses the rest of their money because a part had been given back before."""
    *_, cancelled = told(order.cancelled("too slow"))
    assert isinstance(cancelled, OrderCancelled)
    assert (cancelled.refund_due, cancelled.reason) == (due, "too slow")


def test_a_cancelled_order_remembers_why_and_holds_nothing() -> None:
    """The first reason stays when it is cancelled again."""
    order = an_order().cancelled("changed my mind").cancelled("and again").build()
    assert (order.cancellation_reason, order.hold_expires_at) == ("changed my mind", None)


def test_a_buyers_word_outweighs_the_clocks() -> None:
    """Late money must not bring back what its buyer gave up meanwhile."""
    order = an_order().cancelled("payment-timeout").cancelled("changed my mind").build()
    assert (order.cancellation_reason, order.can_be_reinstated) == ("changed my mind", False)
    assert [event.name for event in order.pull_events()].count("order.cancelled") == 1


@pytest.mark.parametrize(
    ("order", "state"),
    [
        (an_order().paid().in_production(), "IN_PRODUCTION"),
        (an_order().paid().delivered(), "DELIVERED"),
        (an_order().paid().delivered().returned(), "RETURNED"),
    ],
    ids=["in production", "delivered", "returned"],
)
def test_who_cancels_too_late_is_told_how_far_it_is(order: OrderBuilder, state: str) -> None:
    """The reason names where the shoes are."""
    with pytest.raises(OrderNotCancellable) as refused:
        order.build().cancel("changed my mind", LATER)
    assert refused.value.state == state
    assert refused.value.code == "order-not-cancellable"


def test_a_shipped_order_says_how_to_follow_it() -> None:
    """The mail needs no more than the event."""
    order = an_order().paid().ready().build()
    order.pull_events()
    order.mark_shipped(a_waybill("AWB-1"), LATER)
    assert order.pull_events() == [
        OrderShipped(
            aggregate_id=order.id,
            occurred_at=LATER,
            order=order.ext_id,
            awb="AWB-1",
            courier="Delhivery Surface",
            tracking_url="https://tracking.example/AWB-1",
        )
    ]


@pytest.mark.parametrize(
    ("order", "cause"),
    [(an_order().paid().shipped(), "RTO"), (an_order().paid().delivered(), "CUSTOMER")],
    ids=["never handed over", "sent back"],
)
def test_shoes_that_came_back_say_why(order: OrderBuilder, cause: str) -> None:
    """What is owed depends on it."""
    *_, started, returned = told(order.returned())
    assert isinstance(started, ReturnStarted)
    assert isinstance(returned, OrderReturned)
    assert (started.cause, returned.cause) == (cause, cause)


@pytest.mark.parametrize("order", [an_order().paid(), an_order().paid().in_production(), an_order().paid().shipped()])
def test_only_boxed_pairs_can_be_shipped(order: OrderBuilder) -> None:
    """Neither before they are finished, nor twice."""
    an_order().paid().ready().build().check_shippable()
    with pytest.raises(InvalidTransition):
        order.build().check_shippable()


def test_an_order_takes_what_all_its_lines_take() -> None:
    """Pairs and components are counted over the lines."""
    roma = a_product().using_leather(24).build()
    order = (
        an_order()
        .of(roma, a_design().in_size("42").build(), pairs=2)
        .of(roma, a_design().in_size("43").on_sole("RUBBER").build(), pairs=3)
        .build()
    )
    assert order.pairs == 5
    assert order.needs == {
        "box:standard": 5,
        "leather:CALF-COGNAC": 2 * 24 + 3 * 25,
        "sole:GOODYEAR:42": 2,
        "sole:RUBBER:43": 3,
    }


def test_a_line_names_the_options_as_they_were_called() -> None:
    """What the customer and the workshop read later doesn't depend on the catalogue."""
    roma = a_product().build()
    design = (
        a_design().in_style("BROGUE").on_sole("RUBBER").in_material("SUEDE", "SUEDE-BLACK").monogrammed("AR").build()
    )
    (line,) = an_order().of(roma, design).build().lines
    choice = line.choice
    assert (choice.style, choice.sole) == (ChosenOption("BROGUE", "Brogue"), ChosenOption("RUBBER", "Rubber"))
    assert (choice.material, choice.color) == (
        ChosenOption("SUEDE", "Suede"),
        ChosenOption("SUEDE-BLACK", "Suede black"),
    )
    assert (choice.size_eu, choice.width, choice.monogram) == ("42", "F", "AR")


def test_an_order_restored_from_storage_tells_nothing() -> None:
    """Only what happens is told, not what happened."""
    built = an_order().paid().build()
    restored = Order(
        id=built.id,
        ext_id=built.ext_id,
        cart_id=built.cart_id,
        buyer=built.buyer,
        lines=built.lines,
        amounts=built.amounts,
        place_of_supply=built.place_of_supply,
        payment_method=built.payment_method,
        notes=built.notes,
        promised_week=built.promised_week,
        hold_expires_at=None,
        status=OrderStatus.CONFIRMED,
        payment_status=PaymentStatus.PAID,
        created_at=built.created_at,
        updated_at=built.updated_at,
    )
    assert restored.pull_events() == []
    assert restored.refunded == NOTHING
