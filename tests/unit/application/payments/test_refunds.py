"""Refunds get to their end: done, under way for a week, refused, tried again, or left to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.money import Money
from domain.operations.task import TaskKind
from domain.ordering.status import PaymentStatus
from domain.payments.refund import RefundState
from ports.order_views import OrderView
from ports.payment_gateway import GatewayRefund, GatewayRefundStatus, GatewayRejected, GatewayUnavailable
from tests.unit.application.till import CarelessGateway, Till
from tests.unit.application.workshop import PRICE

pytestmark = pytest.mark.anyio

_, PROCESSED, FAILED = GatewayRefundStatus


async def states(till: Till, order: OrderView) -> list[RefundState]:
    """Of the order's refunds, first to last."""
    return [refund.state for refund in (await till.payment_of(order)).refunds]


async def under_way(till: Till) -> tuple[OrderView, GatewayRefund]:
    """An order whose money is going back slowly."""
    till.gateway.new_refunds = GatewayRefundStatus.PENDING
    order, _, _ = await till.paid_order()
    await till.refund(order)
    await till.work()
    [refund] = till.gateway.refunds
    return order, refund


async def test_a_refund_that_the_bank_takes_its_time_with_is_done_when_the_gateway_says_so() -> None:
    """By webhook, however often; the order counts it then, and once."""
    till = await Till.opened()
    order, refund = await under_way(till)
    assert await states(till, order) == [RefundState.PENDING]
    assert (await till.order_of(order)).payment_status is PaymentStatus.PAID
    done = till.gateway.settle_refund(refund.provider_refund_id)
    for told in (refund, done, done, refund):
        await till.webhook(told)
    await till.work()
    assert await states(till, order) == [RefundState.PROCESSED]
    assert till.workshop.told("order.refunded") == ["order.refunded"]
    assert (await till.order_of(order)).payment_status is PaymentStatus.REFUNDED
    assert await till.tasks() == []


async def test_a_refund_whose_end_nobody_told_is_asked_about() -> None:
    """At first soon, then once a day, and not any more when it is done."""
    till = await Till.opened()
    order, refund = await under_way(till)
    assert await till.reconcile_refunds() == 0
    till.workshop.pass_time(minutes=15)
    assert await till.reconcile_refunds() == 1
    till.gateway.settle_refund(refund.provider_refund_id)
    till.workshop.pass_time(days=1)
    assert await till.reconcile_refunds() == 1
    assert await states(till, order) == [RefundState.PROCESSED]
    till.workshop.pass_time(days=9)
    assert await till.reconcile_refunds() == 0


async def test_a_refund_that_never_got_to_the_gateway_is_sent_by_the_poller() -> None:
    """Its handler has given up."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    till.gateway.unavailable = True
    await till.refund(order)
    for _ in range(4):
        await till.work()
        till.workshop.pass_time(minutes=10)
    assert [task.kind for task in await till.tasks()] == [TaskKind.EVENT_STUCK]
    till.gateway.unavailable = False
    await till.reconcile_refunds()
    assert await states(till, order) == [RefundState.PROCESSED]
    assert till.gateway.given_back == [PRICE]


class DeafGateway(CarelessGateway):
    """Does its work, and its answer gets lost, so many times."""

    lost = 1

    async def refund(self, provider_payment_id: str, amount: Money, *, reference: str) -> GatewayRefund:
        """See PaymentGateway."""
        done = await super().refund(provider_payment_id, amount, reference=reference)
        if self.lost:
            self.lost -= 1
            raise GatewayUnavailable
        return done


async def test_a_refund_whose_answer_got_lost_is_asked_for_again_and_made_once() -> None:
    """The gateway knows our name for it."""
    till = (await Till.opened()).at(DeafGateway())
    order, _, _ = await till.paid_order()
    await till.refund(order)
    await till.work()
    assert await states(till, order) == [RefundState.REQUESTED]
    till.workshop.pass_time(minutes=1)
    await till.work()
    assert await states(till, order) == [RefundState.PROCESSED]
    assert till.gateway.given_back == [PRICE]


async def test_a_webhook_may_overtake_the_answer() -> None:
    """The refund is settled already when the handler comes to it."""
    till = (await Till.opened()).at(DeafGateway())
    order, _, _ = await till.paid_order()
    await till.refund(order)
    await till.work()
    await till.webhook(till.gateway.refunds[0])
    await till.work()
    till.workshop.pass_time(minutes=1)
    await till.work()
    assert await states(till, order) == [RefundState.PROCESSED]
    assert till.workshop.told("order.refunded") == ["order.refunded"]


async def test_a_refused_refund_is_tried_again_an_hour_later() -> None:
    """Tomorrow the account has a balance again."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    till.gateway.refuses_refunds = True
    await till.refund(order)
    await till.work()
    [first] = (await till.payment_of(order)).refunds
    assert (first.state, first.failure) == (RefundState.FAILED, "your account does not have enough balance")
    till.gateway.refuses_refunds = False
    till.workshop.pass_time(hours=1)
    await till.work()
    assert await states(till, order) == [RefundState.FAILED, RefundState.PROCESSED]
    assert till.gateway.given_back == [PRICE]
    assert await till.tasks() == []


async def test_after_three_attempts_a_person_has_to_look() -> None:
    """The money stays in the books, free to be sent another way."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    till.gateway.refuses_refunds = True
    await till.refund(order, 500)
    for _ in range(6):
        await till.work()
        till.workshop.pass_time(hours=1)
    assert await states(till, order) == [RefundState.FAILED] * 3
    [task] = await till.tasks()
    assert (task.kind, task.order_id) == (TaskKind.REFUND_FAILED, order.id)
    assert task.detail == "₹5.00 after 3 attempts: your account does not have enough balance"
    assert (await till.payment_of(order)).refundable == Money(PRICE)


async def test_a_refund_that_fails_at_the_bank_is_tried_again() -> None:
    """The gateway tells it days later."""
    till = await Till.opened()
    order, refund = await under_way(till)
    till.gateway.new_refunds = GatewayRefundStatus.PROCESSED
    await till.webhook(till.gateway.fail_refund(refund.provider_refund_id))
    await till.work()
    till.workshop.pass_time(hours=1)
    await till.work()
    assert await states(till, order) == [RefundState.FAILED, RefundState.PROCESSED]
    assert (await till.order_of(order)).refunded == Money(PRICE)


async def test_a_refund_that_was_given_up_too_early_is_not_tried_again() -> None:
    """Within the hour the gateway says that it is done after all."""
    till = await Till.opened()
    order, refund = await under_way(till)
    await till.webhook(replace(refund, status=FAILED))
    await till.work()
    await till.webhook(till.gateway.settle_refund(refund.provider_refund_id))
    await till.work()
    till.workshop.pass_time(hours=1)
    await till.work()
    assert await states(till, order) == [RefundState.PROCESSED]
    assert till.gateway.given_back == [PRICE]


@pytest.mark.parametrize("paise", [PRICE, 500])
async def test_only_what_has_not_gone_back_another_way_meanwhile_is_sent_again(paise: int) -> None:
    """Somebody was quicker than the hour."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    till.gateway.refuses_refunds = True
    await till.refund(order)
    await till.work()
    till.gateway.refuses_refunds = False
    await till.refund(order, paise)
    await till.work()
    till.workshop.pass_time(hours=1)
    await till.work()
    assert [*till.gateway.given_back, 0][:2] == [paise, PRICE - paise]
    assert (await till.order_of(order)).refunded == Money(PRICE)
    assert await till.tasks() == []


async def test_a_retry_that_waits_holds_up_no_other_refund_of_the_order() -> None:
    """Its hour passes in a lane of its own."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    till.gateway.refuses_refunds = True
    await till.refund(order, 500)
    await till.work()
    till.gateway.refuses_refunds = False
    await till.refund(order, 700)
    await till.work()
    assert till.gateway.given_back == [700]


@pytest.mark.parametrize("status", [FAILED, PROCESSED])
async def test_what_contradicts_the_books_goes_to_a_person(status: GatewayRefundStatus) -> None:
    """Money that is gone can't fail to go; nor is a refund one of another amount."""
    till = await Till.opened()
    order, refund = await under_way(till)
    done = till.gateway.settle_refund(refund.provider_refund_id)
    await till.webhook(done)
    await till.work()
    wrong = replace(done, status=FAILED) if status is FAILED else replace(done, amount=Money(1))
    for _ in range(2):
        await till.webhook(wrong)
    await till.work()
    [task] = await till.tasks()
    assert (task.kind, task.order_id) == (TaskKind.PAYMENT_UNEXPLAINED, order.id)
    assert await states(till, order) == [RefundState.PROCESSED]


@pytest.mark.parametrize("reference", [None, "by hand", "00" * 16])
async def test_a_refund_that_was_made_without_us_goes_to_a_person(reference: str | None) -> None:
    """It was our money."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    paid_by = (await till.payment_of(order)).provider_payment_id or ""
    refund = GatewayRefund("rfnd_foreign", paid_by, Money(500), PROCESSED, reference)
    for _ in range(3):
        await till.webhook(refund)
    await till.work()
    [task] = await till.tasks()
    assert (task.kind, task.order_id) == (TaskKind.PAYMENT_UNEXPLAINED, order.id)


async def test_a_refund_of_money_that_was_never_ours_is_nobody_s_business() -> None:
    """Gateways give back by themselves what was never captured."""
    till = await Till.opened()
    await till.webhook(GatewayRefund("rfnd_foreign", "pay_foreign", Money(500), PROCESSED, None))
    await till.work()
    assert await till.tasks() == []


class ForgetfulGateway(CarelessGateway):
    """Denies every refund."""

    async def fetch_refund(self, provider_refund_id: str) -> GatewayRefund:
        """See PaymentGateway."""
        raise GatewayRejected(self.provider, "The id provided does not exist")


async def test_a_refund_that_the_gateway_denies_is_asked_about_again_and_never_sent_twice() -> None:
    """It had it before: no answer is no failure."""
    till = await Till.opened()
    order, _ = await under_way(till)
    denying = till.at(ForgetfulGateway())
    till.workshop.pass_time(minutes=15)
    assert await denying.reconcile_refunds() == 0
    [refund] = (await till.payment_of(order)).refunds
    assert refund.state is RefundState.PENDING
    assert refund.ask_at is not None
    assert refund.ask_at > till.workshop.memory.clock.now() + timedelta(minutes=14)
