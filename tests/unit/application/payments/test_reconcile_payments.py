"""A payment of which nothing was heard is asked about, and no money is lost that nobody told of."""

from __future__ import annotations

import logging
from asyncio import gather

import pytest

from application.payments.take_in_payment import decisive
from domain.money import Money
from domain.operations.task import TaskKind
from domain.ordering.status import OrderStatus, PaymentStatus
from ports.order_views import OrderView
from ports.payment_gateway import GatewayPayment, GatewayPaymentStatus, GatewayRejected, GatewayUnavailable
from tests.unit.application.till import CarelessGateway, Till
from tests.unit.application.workshop import PRICE

pytestmark = pytest.mark.anyio

CREATED, AUTHORIZED, CAPTURED, REFUNDED, FAILED = GatewayPaymentStatus


async def statuses(till: Till, order: OrderView) -> tuple[OrderStatus, PaymentStatus]:
    """Of the order and of its money."""
    now = await till.order_of(order)
    return now.status, now.payment_status


async def test_money_that_nobody_told_of_is_found_after_a_quarter_of_an_hour() -> None:
    """Neither the browser nor the gateway's call got through."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    till.gateway.pay(at_gateway)
    assert await till.reconcile_payments() == 0, "they may still come"
    till.workshop.pass_time(minutes=15)
    assert await till.reconcile_payments() == 1
    assert await statuses(till, order) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)


async def test_money_that_is_put_aside_is_captured() -> None:
    """Even when whoever was told of it gave up."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    till.gateway.pay(at_gateway, "authorized")
    till.workshop.pass_time(minutes=15)
    await till.reconcile_payments()
    assert await statuses(till, order) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)


@pytest.mark.parametrize("hours", [1, 24, 72, 144])
async def test_late_money_for_an_expired_order_is_found_for_days(hours: int) -> None:
    """A bank may take three days, and the gateway three more."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    till.workshop.pass_time(minutes=31)
    await till.workshop.use.expire_unpaid_orders()()
    await till.reconcile_payments()
    till.workshop.pass_time(hours=hours)
    await till.reconcile_payments()
    till.gateway.pay(at_gateway)
    till.workshop.pass_time(hours=24)
    await till.reconcile_payments()
    assert await statuses(till, order) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)


async def test_money_for_an_order_that_its_buyer_gave_up_is_found_and_goes_back_once() -> None:
    """Nobody's browser is open any more."""
    till = await Till.opened()
    order, guest, at_gateway = await till.order()
    await till.workshop.cancel(guest, order)
    till.gateway.pay(at_gateway)
    for _ in range(3):
        till.workshop.pass_time(hours=25)
        await till.reconcile_payments()
        await till.work()
    assert await statuses(till, order) == (OrderStatus.CANCELLED, PaymentStatus.REFUNDED)
    assert till.gateway.given_back == [PRICE]


async def test_an_order_that_was_paid_twice_is_found_out() -> None:
    """A captured payment is looked at once more."""
    till = await Till.opened()
    order, _, at_gateway = await till.paid_order()
    till.gateway.pay_again(at_gateway)
    till.workshop.pass_time(minutes=15)
    await till.reconcile_payments()
    await till.work()
    assert await statuses(till, order) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    assert till.gateway.given_back == [PRICE]
    till.workshop.pass_time(days=30)
    assert await till.reconcile_payments() == 0, "once more, and no more"


async def test_two_payments_that_nobody_told_of_are_one_too_many() -> None:
    """The first one counts."""
    till = await Till.opened()
    order, _, at_gateway = await till.order()
    first, _ = till.gateway.pay(at_gateway), till.gateway.pay_again(at_gateway)
    till.workshop.pass_time(minutes=15)
    await till.reconcile_payments()
    await till.work()
    assert (await till.payment_of(order)).provider_payment_id == first.provider_payment_id
    assert till.gateway.given_back == [PRICE]


async def test_a_failed_attempt_before_the_one_that_paid_is_not_told() -> None:
    """The buyer would get a letter that makes no sense."""
    till = await Till.opened()
    _, _, at_gateway = await till.order()
    till.gateway.pay(at_gateway, "failure")
    till.gateway.pay(at_gateway)
    till.workshop.pass_time(minutes=15)
    await till.reconcile_payments()
    assert till.workshop.told("payment.") == ["payment.captured"]


async def test_an_abandoned_payment_is_asked_about_ever_more_seldom_and_then_no_more() -> None:
    """Most checkouts are left; the gateway is not to be flooded for them."""
    till = await Till.opened()
    await till.order()
    looks = 0
    for _ in range(4 * 24 * 14):  # every quarter of an hour, for two weeks
        till.workshop.pass_time(minutes=15)
        looks += await till.reconcile_payments()
    assert looks == 14


class PatchyGateway(CarelessGateway):
    """Says nothing about some orders, and denies others."""

    def __init__(self) -> None:
        super().__init__()
        self.silent: set[str] = set()
        self.denied: set[str] = set()
        self.asked = 0

    async def payments_of(self, provider_order_id: str) -> list[GatewayPayment]:
        """See PaymentGateway."""
        self.asked += 1
        if provider_order_id in self.silent:
            raise GatewayUnavailable("the answer does not have the documented shape")
        if provider_order_id in self.denied:
            raise GatewayRejected(self.provider, "The id provided does not exist")
        return await super().payments_of(provider_order_id)


async def test_a_payment_that_cannot_be_asked_about_stands_in_no_other_s_way() -> None:
    """Neither now, nor at the next round."""
    gateway = PatchyGateway()
    till = (await Till.opened()).at(gateway)
    bad = [(await till.order())[2] for _ in range(2)]
    order, _, good = await till.order()
    gateway.silent = set(bad)
    gateway.pay(good)
    till.workshop.pass_time(minutes=15)
    assert await till.reconcile_payments() == 1
    assert await statuses(till, order) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    assert await till.reconcile_payments() == 0
    assert gateway.asked == 3


async def test_an_order_that_the_gateway_denies_stands_in_no_other_s_way(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged, and asked about again later."""
    gateway = PatchyGateway()
    till = (await Till.opened()).at(gateway)
    gateway.denied = {(await till.order())[2]}
    order, _, good = await till.order()
    gateway.pay(good)
    till.workshop.pass_time(minutes=15)
    with caplog.at_level(logging.INFO):
        assert await till.reconcile_payments() == 1
    assert await statuses(till, order) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    assert len(caplog.records) == 1


async def test_a_gateway_that_is_down_is_left_alone_with_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """All payments are asked about when it is back."""
    gateway = PatchyGateway()
    till = (await Till.opened()).at(gateway)
    orders = [await till.order() for _ in range(10)]
    for _, _, at_gateway in orders:
        gateway.pay(at_gateway)
    gateway.silent = {at_gateway for _, _, at_gateway in orders}
    till.workshop.pass_time(minutes=15)
    with caplog.at_level(logging.INFO):
        assert await till.reconcile_payments() == 0
    assert (gateway.asked, len(caplog.records)) == (3, 1)
    gateway.silent = set()
    till.workshop.pass_time(minutes=15)
    assert await till.reconcile_payments() == 10


async def test_money_of_another_amount_goes_to_a_person_and_is_not_asked_about_again() -> None:
    """They would be asked every day."""

    class Miscounting(CarelessGateway):
        """Has another amount in its books."""

        async def payments_of(self, provider_order_id: str) -> list[GatewayPayment]:
            """See PaymentGateway."""
            return [GatewayPayment("pay_1", provider_order_id, Money(1), CAPTURED, None)]

    till = (await Till.opened()).at(Miscounting())
    await till.order()
    till.workshop.pass_time(minutes=15)
    await till.reconcile_payments()
    assert [task.kind for task in await till.tasks()] == [TaskKind.PAYMENT_UNEXPLAINED]
    till.workshop.pass_time(days=30)
    assert await till.reconcile_payments() == 0


async def test_it_may_run_in_several_places_at_once() -> None:
    """The money is counted once all the same."""
    till = await Till.opened()
    _, _, at_gateway = await till.order()
    till.gateway.pay(at_gateway)
    till.workshop.pass_time(minutes=15)
    await gather(*(till.reconcile_payments() for _ in range(5)))
    assert till.workshop.told("payment.captured") == ["payment.captured"]


def attempts(*statuses: GatewayPaymentStatus) -> list[GatewayPayment]:
    """Newest first, named by their age."""
    return [GatewayPayment(f"pay_{age}", "order_1", Money(1), status, None) for age, status in enumerate(statuses)]


@pytest.mark.parametrize(
    ("given", "counting"),
    [
        ([], []),
        ([CREATED, FAILED], ["pay_1"]),
        ([FAILED, FAILED], ["pay_0"]),
        ([FAILED, AUTHORIZED, AUTHORIZED], ["pay_1"]),
        ([CAPTURED, AUTHORIZED, CAPTURED], ["pay_2", "pay_0"]),
        ([REFUNDED, FAILED], ["pay_1"]),
        ([REFUNDED], ["pay_0"]),
    ],
)
def test_of_many_attempts_all_money_counts_or_the_one_that_got_furthest(
    given: list[GatewayPaymentStatus], counting: list[str]
) -> None:
    """Of two that got as far, the newer one; of money, all, the oldest first."""
    assert [seen.provider_payment_id for seen in decisive(attempts(*given))] == counting
