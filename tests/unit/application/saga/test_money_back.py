"""What the shop owes goes back by itself, exactly once; what nobody decided waits for a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.memory.shipping_rates import FREE
from domain.actor import Guest
from domain.money import Money
from domain.operations.task import TaskKind
from domain.ordering.status import OrderStatus, PaymentMethod, PaymentStatus
from ports.order_views import OrderView
from tests.builders import a_product, a_stock_item, shelves_for
from tests.builders.orders import a_waybill
from tests.unit.application.till import Till
from tests.unit.application.workshop import COD, PRICE, Workshop, form

pytestmark = pytest.mark.anyio

ROMA = a_product().build()


async def returned(till: Till, order: OrderView) -> None:
    """It was delivered, and came back."""
    now = till.workshop.memory.clock.now()
    async with till.workshop.memory.begin() as tx:
        mine = await tx.orders.get(order.id)
        mine.start_production(now)
        mine.mark_ready(now)
        mine.mark_shipped(a_waybill(), now)
        mine.mark_delivered(now)
        mine.start_return(now)
        mine.mark_returned(now)
        await tx.orders.save(mine)
    await till.work()


async def test_a_paid_order_that_is_cancelled_gets_its_money_back_once() -> None:
    """However often the event is told."""
    till = await Till.opened()
    order, guest, _ = await till.paid_order()
    await till.workshop.cancel(guest, order)
    await till.work()
    now = await till.order_of(order)
    assert (now.status, now.payment_status, now.refunded) == (
        OrderStatus.CANCELLED,
        PaymentStatus.REFUNDED,
        Money(PRICE),
    )
    assert till.gateway.given_back == [PRICE]
    assert (await till.payment_of(order)).refunds[0].reason == "cancelled: changed my mind"


async def test_an_unpaid_order_that_is_cancelled_has_nothing_to_get_back() -> None:
    """Nobody is bothered."""
    till = await Till.opened()
    order, guest, _ = await till.order()
    await till.workshop.cancel(guest, order)
    await till.work()
    assert (till.gateway.given_back, await till.tasks()) == ([], [])


async def test_what_is_on_its_way_back_already_does_not_go_twice() -> None:
    """A part was given back just before the order was cancelled."""
    till = await Till.opened()
    order, guest, _ = await till.paid_order()
    await till.refund(order, 500)
    await till.workshop.cancel(guest, order)
    await till.work()
    assert till.gateway.given_back == [500, PRICE - 500]
    assert (await till.order_of(order)).payment_status is PaymentStatus.REFUNDED


async def test_late_money_for_what_is_gone_goes_back_once() -> None:
    """Somebody else has the last pair."""
    stock = [a_stock_item(each.sku, 1 if "sole" in each.sku else 99) for each in shelves_for(ROMA)]
    till = await Till.opened(await Workshop.opened(ROMA, stock=stock))
    order, _, at_gateway = await till.order()
    till.workshop.pass_time(minutes=31)
    await till.workshop.use.expire_unpaid_orders()()
    await till.workshop.order_waiting_for_money()
    paid = await till.gateway.fetch_payment(till.gateway.pay(at_gateway).provider_payment_id)
    for _ in range(3):
        await till.webhook(paid)
    till.workshop.pass_time(minutes=15)
    await till.reconcile_payments()
    await till.work()
    now = await till.order_of(order)
    assert (now.status, now.payment_status) == (OrderStatus.CANCELLED, PaymentStatus.REFUNDED)
    assert till.gateway.given_back == [PRICE]


async def test_money_for_shoes_that_came_back_goes_back() -> None:
    """All that the policy owes."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    await returned(till, order)
    assert till.gateway.given_back == [PRICE]
    assert (await till.order_of(order)).payment_status is PaymentStatus.REFUNDED


async def test_after_an_rto_the_shipping_fee_is_kept_whatever_is_on_its_way_back() -> None:
    """A part was given back just before the parcel came home: the rest goes, and no more."""
    till = await Till.opened()
    till.workshop.memory.shipping_rates.offer = replace(FREE, fee=Money(9_900))
    placed = await till.workshop.place(await till.workshop.guest_with(), form(PRICE + 9_900))
    order, guest = placed.order, Guest(order_token=placed.order_token)
    started = await till.workshop.start_payment(guest, order)
    await till.workshop.confirm(guest, order, till.gateway.pay(started.payment.provider_order_id))
    await till.refund(order, 5_000)
    now = till.workshop.memory.clock.now()
    async with till.workshop.memory.begin() as tx:
        mine = await tx.orders.get(order.id)
        mine.start_production(now)
        mine.mark_ready(now)
        mine.mark_shipped(a_waybill(), now)
        mine.start_return(now)
        mine.mark_returned(now)
        await tx.orders.save(mine)
    await till.work()
    assert till.gateway.given_back == [5_000, PRICE - 5_000]


async def test_cash_for_shoes_that_came_back_waits_for_a_person() -> None:
    """It can't go back the way it came."""
    till = await Till.opened()
    placed = await till.workshop.place(await till.workshop.guest_with(), form(PRICE + 4_900, COD))
    await returned(till, placed.order)
    [task] = await till.tasks()
    assert placed.order.payment_method is PaymentMethod.COD
    assert (task.kind, task.order_id, task.subject) == (
        TaskKind.REFUND_TO_DECIDE,
        placed.order.id,
        f"order {placed.order.ext_id}",
    )


async def test_shoes_whose_money_went_back_before_cost_nothing_more() -> None:
    """The customer was quicker than the parcel."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    await till.refund(order)
    await till.work()
    await returned(till, order)
    assert (till.gateway.given_back, await till.tasks()) == ([PRICE], [])
