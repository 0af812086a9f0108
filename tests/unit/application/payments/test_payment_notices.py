"""What the gateway tells by itself is settled once, whatever order it comes in."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.money import Money
from domain.operations.task import TaskKind
from domain.ordering.status import OrderStatus, PaymentStatus
from domain.payments.payment import PaymentState
from ports.payment_gateway import GatewayPayment, GatewayPaymentStatus, GatewayRefund, GatewayRefundStatus
from tests.unit.application.till import Till
from tests.unit.application.workshop import PRICE

pytestmark = pytest.mark.anyio

CREATED, AUTHORIZED, CAPTURED, REFUNDED, FAILED = GatewayPaymentStatus
Message = Literal["callback", "poll", "authorized", "captured", "order paid", "failed", "created"]
MESSAGES: list[Message] = ["callback", "poll", "authorized", "captured", "order paid", "failed", "created"]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(MESSAGES), min_size=1, max_size=8))
def test_callback_webhook_and_poller_in_any_order_and_number_count_the_money_once(messages: list[Message]) -> None:
    """The customer has paid: whoever tells it first, twice or late, it is told and counted once."""

    async def play() -> None:
        till = await Till.opened()
        order, guest, at_gateway = await till.order()
        proof = till.gateway.pay(at_gateway)
        paid = await till.gateway.fetch_payment(proof.provider_payment_id)
        for message in messages:
            match message:
                case "callback":
                    await till.workshop.confirm(guest, order, proof)
                case "poll":
                    till.workshop.pass_time(hours=25)
                    await till.reconcile_payments()
                case "captured" | "order paid":
                    await till.webhook(paid)
                case _:  # a picture of an earlier moment
                    await till.webhook(replace(paid, status=GatewayPaymentStatus(message.upper())))
            await till.work()
        now, payment = await till.order_of(order), await till.payment_of(order)
        assert (now.status, now.payment_status) == (OrderStatus.CONFIRMED, PaymentStatus.PAID) or messages == [
            "created"
        ]
        assert payment.captured == Money(PRICE)
        assert payment.refunds == ()
        for event in ("order.paid", "order.confirmed", "payment.captured"):
            assert till.workshop.told(event) == [event]
        assert await till.tasks() == []

    asyncio.run(play())


async def test_a_webhook_that_comes_again_under_the_same_id_is_not_even_looked_at() -> None:
    """The inbox knows it."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    paid = await till.gateway.fetch_payment(till.gateway.pay(at_gateway).provider_payment_id)
    for _ in range(5):
        await till.webhook(paid, "evt_1")
    await till.work()
    assert till.workshop.told("webhook.received") == ["webhook.received"]
    assert (await till.order_of(order)).payment_status is PaymentStatus.PAID


async def test_captured_money_confirms_the_order_while_the_gateway_s_api_is_down() -> None:
    """Its word is enough."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    paid = await till.gateway.fetch_payment(till.gateway.pay(at_gateway).provider_payment_id)
    till.gateway.unavailable = True
    await till.webhook(paid)
    await till.work()
    assert (await till.order_of(order)).status is OrderStatus.CONFIRMED


async def test_an_old_failure_does_not_undo_what_came_since() -> None:
    """The gateway is asked: the same payment has been authorised after all, and is captured."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    failed = await till.gateway.fetch_payment(till.gateway.pay(at_gateway, "failure").provider_payment_id)
    till.gateway.authorize_late(failed.provider_payment_id)
    await till.webhook(failed)
    await till.work()
    assert (await till.order_of(order)).payment_status is PaymentStatus.PAID
    assert till.workshop.told("payment.failed") == []


async def test_a_failure_that_is_true_is_taken_in() -> None:
    """The customer may try again."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    failed = await till.gateway.fetch_payment(till.gateway.pay(at_gateway, "failure").provider_payment_id)
    await till.webhook(failed)
    await till.work()
    assert (await till.payment_of(order)).state is PaymentState.FAILED
    assert (await till.order_of(order)).awaits_payment


async def test_money_for_no_order_of_ours_goes_to_a_person_once() -> None:
    """The gateway tells it in three messages."""
    till = await Till.opened()
    foreign = await till.gateway.create_order(amount=Money(PRICE), receipt="elsewhere")
    proof = till.gateway.pay(foreign.provider_order_id)
    paid = await till.gateway.fetch_payment(proof.provider_payment_id)
    for told in (replace(paid, status=AUTHORIZED), paid, paid):
        await till.webhook(told)
    await till.work()
    [task] = await till.tasks()
    assert (task.kind, task.subject) == (TaskKind.PAYMENT_UNEXPLAINED, f"payment {paid.provider_payment_id}")
    assert "₹12,999.00 CAPTURED" in task.detail


@pytest.mark.parametrize(
    "told",
    [
        GatewayPayment("pay_loose", None, Money(500), CAPTURED, None),
        GatewayRefund("rfnd_loose", "pay_known", Money(500), GatewayRefundStatus.PROCESSED, None),
    ],
    ids=["payment", "refund"],
)
async def test_a_person_who_has_dealt_with_it_is_not_asked_again(told: GatewayPayment | GatewayRefund) -> None:
    """When a worker dies between doing and saying so, the message is delivered again."""
    till = await Till.opened()
    _, _, at_gateway = await till.order()
    await till.webhook(GatewayPayment("pay_known", at_gateway, Money(PRICE), CAPTURED, None))
    await till.work()
    await till.webhook(told)
    for opened in (1, 0):
        await till.take_the_last_message()
        tasks = await till.tasks()
        assert len(tasks) == opened
        for task in tasks:
            await till.finish(task)


async def test_an_attempt_at_no_order_of_ours_is_nobody_s_business() -> None:
    """No money came of it."""
    till = await Till.opened()
    foreign = await till.gateway.create_order(amount=Money(PRICE), receipt="elsewhere")
    proof = till.gateway.pay(foreign.provider_order_id, "failure")
    await till.webhook(await till.gateway.fetch_payment(proof.provider_payment_id))
    await till.work()
    assert await till.tasks() == []


async def test_money_without_any_order_goes_to_a_person() -> None:
    """It can't be ours to keep without knowing what for."""
    till = await Till.opened()
    await till.webhook(GatewayPayment("pay_loose", None, Money(500), CAPTURED, None))
    await till.work()
    assert [task.subject for task in await till.tasks()] == ["payment pay_loose"]


async def test_another_amount_goes_to_a_person_and_the_order_keeps_waiting() -> None:
    """It is not told again and again: nobody asks about it any more."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    paid = await till.gateway.fetch_payment(till.gateway.pay(at_gateway).provider_payment_id)
    for _ in range(2):
        await till.webhook(replace(paid, amount=Money(PRICE - 1)))
    await till.work()
    [task] = await till.tasks()
    assert (task.kind, task.order_id) == (TaskKind.PAYMENT_UNEXPLAINED, order.id)
    assert (await till.order_of(order)).awaits_payment
    assert (await till.payment_of(order)).ask_at is None


async def test_a_second_payment_for_the_same_order_goes_back_once() -> None:
    """The customer paid in two windows: the order has its money, and they have the rest."""
    till = await Till.opened()
    order, _, at_gateway = await till.paid_order()
    again = await till.gateway.fetch_payment(till.gateway.pay_again(at_gateway).provider_payment_id)
    for _ in range(3):
        await till.webhook(again)
        await till.work()
    payment, now = await till.payment_of(order), await till.order_of(order)
    assert [(refund.provider_payment_id, refund.state) for refund in payment.refunds] == [
        (again.provider_payment_id, "PROCESSED")
    ]
    assert till.gateway.given_back == [PRICE]
    assert (now.status, now.payment_status, now.refunded) == (OrderStatus.CONFIRMED, PaymentStatus.PAID, Money(0))
    assert payment.refundable == Money(PRICE), "what counts can still go back as a whole"
    assert await till.tasks() == []


async def test_money_that_has_gone_back_before_we_knew_of_it_is_no_payment() -> None:
    """Nobody makes shoes for it."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    proof = till.gateway.pay(at_gateway)
    await till.gateway.refund(proof.provider_payment_id, Money(PRICE), reference="by-somebody-else")
    await till.webhook(await till.gateway.fetch_payment(proof.provider_payment_id))
    await till.work()
    assert (await till.order_of(order)).awaits_payment
