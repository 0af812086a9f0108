"""An order whose money doesn't come in time makes room for the next."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest

from application.orders.expire_unpaid_orders import ExpireUnpaidOrders
from domain.actor import Actor, Guest
from domain.ordering.events import OrderCancelled
from domain.ordering.status import OrderStatus
from ports.order_views import OrderFilter, OrderSummary, OrderView, OrderViews, TimelineEntry
from ports.paging import Page, Position
from ports.payment_gateway import CheckoutProof
from tests.builders import a_product, a_stock_item, shelves_for
from tests.unit.application.workshop import PRICE, Workshop

pytestmark = pytest.mark.anyio


@dataclass(frozen=True, slots=True)
class SameViews(OrderViews):
    """Views that show what others show."""

    views: OrderViews

    async def find(self, reference: str, actor: Actor) -> OrderView | None:
        """See OrderViews."""
        return await self.views.find(reference, actor)

    async def list_orders(self, wanted: OrderFilter, *, limit: int, after: Position | None) -> Page[OrderSummary]:
        """See OrderViews."""
        return await self.views.list_orders(wanted, limit=limit, after=after)

    async def timeline(self, reference: str, actor: Actor) -> Sequence[TimelineEntry] | None:
        """See OrderViews."""
        return await self.views.timeline(reference, actor)

    async def expired_holds(self, now: datetime, limit: int) -> Sequence[UUID]:
        """See OrderViews."""
        return await self.views.expired_holds(now, limit)


@dataclass(frozen=True, slots=True)
class LaggingViews(SameViews):
    """Views of a shop in which something happens between the look and the deed."""

    meanwhile: Callable[[], Awaitable[object]]

    async def expired_holds(self, now: datetime, limit: int) -> Sequence[UUID]:
        """See OrderViews."""
        overdue = await self.views.expired_holds(now, limit)
        assert overdue, "found overdue before it was paid"
        await self.meanwhile()
        return overdue


@dataclass(frozen=True, slots=True)
class PhantomViews(SameViews):
    """Views that list an order which nobody can load, before all others."""

    phantom: UUID

    async def expired_holds(self, now: datetime, limit: int) -> Sequence[UUID]:
        """See OrderViews."""
        return [self.phantom, *await self.views.expired_holds(now, limit)]


async def sweep(workshop: Workshop) -> int:
    """Let the sweeper run."""
    return await workshop.use.expire_unpaid_orders()()


async def status(workshop: Workshop, order: OrderView) -> OrderStatus:
    """How the order is by now."""
    return (await workshop.order_now(order)).status


async def test_an_order_has_thirty_minutes_to_be_paid(workshop: Workshop) -> None:
    """To the last of them it is left alone; after that it is cancelled, says why, and holds nothing."""
    order, _ = await workshop.order_waiting_for_money()
    workshop.pass_time(minutes=30)
    assert await sweep(workshop) == 0
    assert await status(workshop, order) is OrderStatus.PENDING
    workshop.pass_time(seconds=1)
    assert await sweep(workshop) == 1
    now = await workshop.order_now(order)
    assert (now.status, now.cancellation_reason) == (OrderStatus.CANCELLED, "payment-timeout")
    assert (await workshop.reserved(), await workshop.booked()) == ({}, {})
    assert workshop.memory.outbox[-1] == OrderCancelled(
        aggregate_id=order.id,
        occurred_at=workshop.memory.clock.now(),
        order=order.ext_id,
        reason="payment-timeout",
        refund_due=0,
    )


async def test_a_second_sweep_finds_nothing(workshop: Workshop) -> None:
    """What is cancelled is cancelled once."""
    await workshop.order_waiting_for_money()
    workshop.pass_time(minutes=31)
    assert [await sweep(workshop) for _ in range(3)] == [1, 0, 0]
    assert workshop.told("order.cancelled") == ["order.cancelled"]


async def test_several_sweepers_at_once_cancel_each_order_once(workshop: Workshop) -> None:
    """Every process may run one."""
    for _ in range(5):
        await workshop.order_waiting_for_money()
    workshop.pass_time(minutes=31)
    assert sum(await gather(*(sweep(workshop) for _ in range(4)))) == 5
    assert workshop.told("order.cancelled") == ["order.cancelled"] * 5
    assert await workshop.booked() == {}


async def test_only_overdue_orders_are_cancelled(workshop: Workshop) -> None:
    """A younger one keeps its hold."""
    old, _ = await workshop.order_waiting_for_money()
    workshop.pass_time(minutes=20)
    young, _ = await workshop.order_waiting_for_money()
    workshop.pass_time(minutes=15)
    assert await sweep(workshop) == 1
    assert [await status(workshop, order) for order in (old, young)] == [OrderStatus.CANCELLED, OrderStatus.PENDING]
    assert await workshop.booked() == {"2026-W52": 1}


async def test_a_paid_order_is_left_alone(workshop: Workshop) -> None:
    """However long ago it was placed."""
    order, guest = await workshop.order_waiting_for_money()
    await workshop.confirm(guest, order, await workshop.customer_paid(guest, order))
    workshop.pass_time(days=365)
    assert await sweep(workshop) == 0
    assert await status(workshop, order) is OrderStatus.CONFIRMED


async def proven_to_a_silent_gateway(workshop: Workshop) -> tuple[OrderView, Guest, CheckoutProof]:
    """An order whose money the bank has put aside: its buyer has paid, only the gateway hasn't said so yet."""
    order, guest = await workshop.order_waiting_for_money()
    proof = await workshop.customer_paid(guest, order)
    workshop.memory.payment_gateway.unavailable = True
    await workshop.confirm(guest, order, proof)
    workshop.memory.payment_gateway.unavailable = False
    return order, guest, proof


async def test_an_order_whose_money_is_put_aside_is_left_alone(workshop: Workshop) -> None:
    """Its buyer has done their part: it keeps stock and week until the gateway has decided."""
    order, guest, proof = await proven_to_a_silent_gateway(workshop)
    workshop.pass_time(days=1)
    assert await sweep(workshop) == 0
    assert await status(workshop, order) is OrderStatus.PENDING
    assert await workshop.booked() == {"2026-W52": 1}
    assert (await workshop.confirm(guest, order, proof)).order.status is OrderStatus.CONFIRMED


async def test_orders_that_are_left_alone_keep_no_other_from_expiring() -> None:
    """A hundred of them, longest overdue, don't fill every sweep to come."""
    roma = a_product().build()
    workshop = await Workshop.opened(roma, stock=shelves_for(roma, on_hand=9_999))
    for _ in range(100):
        await proven_to_a_silent_gateway(workshop)
    workshop.pass_time(minutes=1)
    unpaid, _ = await workshop.order_waiting_for_money()
    workshop.pass_time(minutes=31)
    assert await sweep(workshop) == 1
    assert await status(workshop, unpaid) is OrderStatus.CANCELLED


@pytest.mark.parametrize(
    ("gateway", "becomes"), [("answers", OrderStatus.CONFIRMED), ("is silent", OrderStatus.PENDING)]
)
async def test_an_order_that_is_paid_while_the_sweeper_is_at_work_is_left_alone(
    workshop: Workshop, gateway: str, becomes: OrderStatus
) -> None:
    """It had been found overdue already when the money came, or the proof that the bank has put it aside."""
    order, guest = await workshop.order_waiting_for_money()
    proof = await workshop.customer_paid(guest, order)
    workshop.memory.payment_gateway.unavailable = gateway == "is silent"
    workshop.pass_time(minutes=31)
    views = LaggingViews(workshop.memory.order_views, lambda: workshop.confirm(guest, order, proof))
    sweeper = ExpireUnpaidOrders(begin=workshop.memory.begin, views=views, clock=workshop.memory.clock)
    assert await sweeper() == 0
    assert await status(workshop, order) is becomes
    assert await workshop.booked() == {"2026-W52": 1}


@pytest.mark.parametrize("first", ["sweeper", "customer"])
async def test_money_and_sweeper_at_once_leave_one_truth(workshop: Workshop, first: str) -> None:
    """Whoever comes first: the order is confirmed with its stock and week, and paid once."""
    order, guest = await workshop.order_waiting_for_money()
    proof = await workshop.customer_paid(guest, order)
    workshop.pass_time(minutes=31)
    at_once = [sweep(workshop), workshop.confirm(guest, order, proof)]
    await gather(*(at_once if first == "sweeper" else at_once[::-1]))
    assert await status(workshop, order) is OrderStatus.CONFIRMED
    assert await workshop.booked() == {"2026-W52": 1}
    assert (await workshop.reserved())["box:standard"] == 1
    assert workshop.told("order.paid") == ["order.paid"]


async def test_the_last_pair_can_be_had_again() -> None:
    """Whoever was told that it is out of stock gets it after all."""
    roma = a_product().build()
    stock = [a_stock_item(each.sku, 1 if "sole" in each.sku else 99) for each in shelves_for(roma)]
    workshop = await Workshop.opened(roma, stock=stock)
    await workshop.order_waiting_for_money()
    workshop.pass_time(minutes=31)
    await sweep(workshop)
    order, _ = await workshop.order_waiting_for_money()
    assert order.total.minor == PRICE


async def test_hundreds_of_overdue_orders_are_cancelled_sweep_by_sweep() -> None:
    """A sweep is bounded, the longest overdue come first, and none is forgotten."""
    roma = a_product().build()
    workshop = await Workshop.opened(roma, stock=shelves_for(roma, on_hand=9_999))
    orders = []
    for number in range(103):
        orders.append((await workshop.order_waiting_for_money())[0])
        workshop.pass_time(seconds=number % 2)
    workshop.pass_time(minutes=31)
    assert await sweep(workshop) == 100
    assert [await status(workshop, order) for order in orders[-3:]] == [OrderStatus.PENDING] * 3
    assert await sweep(workshop) == 3
    assert await workshop.booked() == {}


async def test_an_order_that_cannot_be_cancelled_stands_in_no_other_s_way(workshop: Workshop) -> None:
    """One that is gone between the look and the deed is told in the log; the others are cancelled."""
    order, _ = await workshop.order_waiting_for_money()
    workshop.pass_time(minutes=31)
    use = workshop.use.expire_unpaid_orders()
    nobody = UUID("01980000-0000-7000-8000-000000000000")
    views = PhantomViews(use.views, nobody)
    assert await ExpireUnpaidOrders(use.begin, views, use.clock)() == 1
    assert await status(workshop, order) is OrderStatus.CANCELLED
