"""Money that the bank has put aside is taken when the order still wants it, once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from domain.money import Money
from domain.operations.task import TaskKind
from domain.ordering.status import OrderStatus, PaymentStatus
from ports.order_views import OrderView
from ports.payment_gateway import GatewayPayment, GatewayPaymentStatus, GatewayRejected
from tests.builders import a_product, a_stock_item, shelves_for
from tests.unit.application.till import CarelessGateway, Till
from tests.unit.application.workshop import PRICE, Workshop

pytestmark = pytest.mark.anyio

ROMA = a_product().build()


async def authorized(till: Till, at_gateway: str) -> GatewayPayment:
    """The bank puts the money aside."""
    return await till.gateway.fetch_payment(till.gateway.pay(at_gateway, "authorized").provider_payment_id)


async def at_the_gateway(till: Till, seen: GatewayPayment) -> GatewayPaymentStatus:
    """How far it is there."""
    return (await till.gateway.fetch_payment(seen.provider_payment_id)).status


async def is_paid(till: Till, order: OrderView) -> bool:
    """Whether the order has its money and is going to be made."""
    now = await till.order_of(order)
    return (now.status, now.payment_status) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)


async def test_authorised_money_is_captured_and_confirms_the_order() -> None:
    """However often it is told, it is taken once."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    seen = await authorized(till, at_gateway)
    for _ in range(3):
        await till.webhook(seen)
    await till.work()
    assert await is_paid(till, order)
    assert till.gateway.captures == 1
    assert till.workshop.told("payment.") == ["payment.authorized", "payment.captured"]


async def test_a_callback_whose_payment_is_only_authorised_has_it_captured_too() -> None:
    """The customer sees the order confirmed a moment later."""
    till = await Till.opened()
    order, guest, at_gateway = await till.order()
    await till.workshop.confirm(guest, order, till.gateway.pay(at_gateway, "authorized"))
    assert (await till.order_of(order)).payment_status is PaymentStatus.AUTHORIZED
    await till.work()
    assert await is_paid(till, order)


async def test_a_callback_during_an_outage_is_captured_when_the_gateway_is_back() -> None:
    """The proof alone put it aside; the handler asks again and again."""
    till = await Till.opened()
    order, guest, at_gateway = await till.order()
    proof = till.gateway.pay(at_gateway)
    till.gateway.unavailable = True
    await till.workshop.confirm(guest, order, proof)
    await till.work()
    till.gateway.unavailable = False
    till.workshop.pass_time(minutes=1)
    await till.work()
    assert await is_paid(till, order)
    assert till.gateway.captures == 0, "it had been captured already"


async def test_money_for_an_order_that_its_buyer_gave_up_is_left_to_go_back_by_itself() -> None:
    """Taking it would only mean to give it back."""
    till = await Till.opened()
    order, guest, at_gateway = await till.order()
    await till.workshop.cancel(guest, order)
    seen = await authorized(till, at_gateway)
    await till.webhook(seen)
    await till.work()
    assert await at_the_gateway(till, seen) is GatewayPaymentStatus.AUTHORIZED
    assert (await till.order_of(order)).status is OrderStatus.CANCELLED


async def test_money_for_an_order_that_only_the_clock_gave_up_is_taken_and_confirms_it() -> None:
    """Late authorisation: stock and a week can still be had."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    failed = till.gateway.pay(at_gateway, "failure")
    till.workshop.pass_time(minutes=31)
    await till.workshop.use.expire_unpaid_orders()()
    await till.webhook(till.gateway.authorize_late(failed.provider_payment_id))
    await till.work()
    assert await is_paid(till, order)
    assert await till.workshop.booked() == {"2026-W52": 1}


async def test_a_second_authorisation_beside_the_first_is_not_taken() -> None:
    """It goes back by itself."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    first, second = await authorized(till, at_gateway), await authorized(till, at_gateway)
    for seen in (first, second):
        await till.webhook(seen)
    await till.work()
    assert await is_paid(till, order)
    assert await at_the_gateway(till, second) is GatewayPaymentStatus.AUTHORIZED
    assert (await till.payment_of(order)).refunds == ()


async def test_money_beside_money_that_could_not_be_placed_is_not_taken() -> None:
    """What came first is on its way back: the order has no use for more."""
    stock = [a_stock_item(each.sku, 1 if "sole" in each.sku else 99) for each in shelves_for(ROMA)]
    till = await Till.opened(await Workshop.opened(ROMA, stock=stock))
    order, _, at_gateway = await till.order()
    aside = await authorized(till, at_gateway)
    paid = await till.gateway.fetch_payment(till.gateway.pay(at_gateway).provider_payment_id)
    till.workshop.pass_time(minutes=31)
    await till.workshop.use.expire_unpaid_orders()()
    await till.workshop.order_waiting_for_money()
    await till.webhook(paid)
    await till.work()
    await till.capture(order.id, aside.provider_payment_id)
    assert (till.gateway.captures, till.gateway.given_back) == (0, [PRICE])


async def test_a_refusal_because_another_attempt_has_paid_is_good_news() -> None:
    """Its own message is still on the way: nobody has to look."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    aside = await authorized(till, at_gateway)
    paid = till.gateway.pay(at_gateway)
    await till.webhook(aside)
    await till.work()
    assert await is_paid(till, order)
    assert (await till.payment_of(order)).provider_payment_id == paid.provider_payment_id
    assert await till.tasks() == []


class ChangedItsMind(CarelessGateway):
    """Refuses to hand over what it has put aside."""

    async def capture(self, provider_payment_id: str, amount: Money) -> GatewayPayment:
        """See PaymentGateway."""
        self.captures += 1
        raise GatewayRejected(self.provider, "Capture is not enabled")


async def test_money_that_cannot_be_taken_goes_to_a_person() -> None:
    """Asking again would be refused again."""
    opened = await Till.opened()
    till = opened.at(ChangedItsMind())
    order, _, at_gateway = await till.order()
    seen = await authorized(till, at_gateway)
    await till.webhook(seen)
    await till.work()
    [task] = await till.tasks()
    assert (task.kind, task.order_id) == (TaskKind.PAYMENT_UNEXPLAINED, order.id)
    assert "Capture is not enabled" in task.detail
    assert till.gateway.captures == 1


class SlowGateway(CarelessGateway):
    """Something happens while the money is being taken."""

    def __init__(self, meanwhile: Callable[[], Awaitable[object]]) -> None:
        super().__init__()
        self.meanwhile = meanwhile

    async def capture(self, provider_payment_id: str, amount: Money) -> GatewayPayment:
        """See PaymentGateway."""
        taken = await super().capture(provider_payment_id, amount)
        await self.meanwhile()
        return taken


async def test_money_taken_while_the_buyer_cancels_goes_back_once() -> None:
    """Nobody could have known."""
    opened = await Till.opened()
    till = opened.at(SlowGateway(lambda: opened.workshop.cancel(guest, order)))
    order, guest, at_gateway = await till.order()
    await till.webhook(await authorized(till, at_gateway))
    await till.work()
    now = await till.order_of(order)
    assert (now.status, now.payment_status) == (OrderStatus.CANCELLED, PaymentStatus.REFUNDED)
    assert till.gateway.given_back == [PRICE]
