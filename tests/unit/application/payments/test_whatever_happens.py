"""Whatever people, banks and networks do, in the end the shop keeps exactly the money that it earned."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.actor import Guest
from domain.errors import DomainError
from domain.money import Money
from domain.operations.task import TaskKind
from domain.ordering.status import OrderStatus, PaymentStatus
from ports.errors import PortUnavailable
from ports.order_views import OrderView
from ports.payment_gateway import CheckoutProof, GatewayRefundStatus
from tests.builders import a_product, a_stock_item, shelves_for
from tests.unit.application.till import Till
from tests.unit.application.workshop import PRICE, Workshop

ROMA = a_product().build()
LAST_PAIR = [a_stock_item(each.sku, 1 if "sole" in each.sku else 99) for each in shelves_for(ROMA)]

UNPAID: Final = {PaymentStatus.PENDING, PaymentStatus.AUTHORIZED, PaymentStatus.FAILED}


@dataclass(slots=True)
class Story:
    """One order of the last pair, and everything that happens to it."""

    till: Till
    order: OrderView
    guest: Guest
    at_gateway: str
    proofs: list[CheckoutProof] = field(default_factory=list)

    @classmethod
    async def begun(cls) -> Story:
        """The buyer has the checkout open."""
        till = await Till.opened(await Workshop.opened(ROMA, stock=LAST_PAIR))
        return cls(till, *await till.order())

    async def happens(self, what: str) -> None:
        """It may be refused, or get no answer: that is how life is."""
        with suppress(DomainError, PortUnavailable):
            await HAPPENINGS[what](self)

    async def customer_pays(self, outcome: Literal["success", "authorized", "failure"]) -> None:
        """At the gateway, of which the shop knows nothing yet."""
        self.proofs.append(self.till.gateway.pay(self.at_gateway, outcome))

    async def customer_pays_again(self) -> None:
        """In another window."""
        self.proofs.append(self.till.gateway.pay_again(self.at_gateway))

    async def callback(self) -> None:
        """The browser tells of the last attempt."""
        for proof in self.proofs[-1:]:
            await self.till.workshop.confirm(self.guest, self.order, proof)

    async def poll(self) -> None:
        """Two hours later the gateway is asked."""
        self.till.workshop.pass_time(hours=2)
        await self.till.reconcile_payments()
        await self.till.reconcile_refunds()

    async def work(self) -> None:
        """Five minutes later the handlers do what is due."""
        self.till.workshop.pass_time(minutes=5)
        await self.till.work()

    async def expire(self) -> None:
        """The buyer's time is up."""
        self.till.workshop.pass_time(minutes=31)
        await self.till.workshop.use.expire_unpaid_orders()()

    async def outage(self) -> None:
        """The gateway goes down, or is back."""
        self.till.gateway.unavailable = not self.till.gateway.unavailable

    async def no_balance(self) -> None:
        """The account can't pay out, or can again."""
        self.till.gateway.refuses_refunds = not self.till.gateway.refuses_refunds

    async def slow_banks(self) -> None:
        """Refunds take days from now on."""
        self.till.gateway.new_refunds = GatewayRefundStatus.PENDING

    async def everything_is_told(self) -> None:
        """The gateway calls for each payment and each refund that it has."""
        for payment in self.till.gateway.payments:
            await self.till.webhook(payment)
        for refund in self.till.gateway.refunds:
            await self.till.webhook(refund)

    async def ends(self) -> None:
        """All is well again, banks and gateway finish what they began, and a few days pass."""
        gateway = self.till.gateway
        gateway.unavailable = gateway.refuses_refunds = False
        for _ in range(4):
            gateway.finish_refunds()
            await self.everything_is_told()
            await self.till.work()
            self.till.workshop.memory.clock.advance(timedelta(days=1))
            await self.till.reconcile_payments()
            await self.till.reconcile_refunds()
            await self.till.work()


HAPPENINGS: Final[dict[str, Callable[[Story], Awaitable[object]]]] = {
    "pay": lambda story: story.customer_pays("success"),
    "authorize": lambda story: story.customer_pays("authorized"),
    "fail": lambda story: story.customer_pays("failure"),
    "pay again": Story.customer_pays_again,
    "callback": Story.callback,
    "webhooks": Story.everything_is_told,
    "poll": Story.poll,
    "work": Story.work,
    "expire": Story.expire,
    "cancel": lambda story: story.till.workshop.cancel(story.guest, story.order),
    "rival": lambda story: story.till.workshop.order_waiting_for_money(),
    "refund": lambda story: story.till.refund(story.order, PRICE // 10),
    "slow banks": Story.slow_banks,
    "no balance": Story.no_balance,
    "outage": Story.outage,
}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(list(HAPPENINGS)), max_size=14))
def test_in_the_end_the_shop_keeps_what_it_earned_and_not_a_paisa_more(happenings: list[str]) -> None:
    """Nothing is lost, nothing counted twice, nothing given back twice, and nobody is called for it."""

    async def play() -> None:
        story = await Story.begun()
        for what in happenings:
            await story.happens(what)
        await story.ends()
        till = story.till
        order, payment = await till.order_of(story.order), await till.payment_of(story.order)
        kept = till.gateway.kept
        earned = order.status is OrderStatus.CONFIRMED
        assert kept == (Money(PRICE) - order.refunded if earned else Money(0)), till.workshop.told()
        assert earned or order.payment_status in {PaymentStatus.REFUNDED, *UNPAID}
        assert payment.refunded <= payment.captured
        assert till.workshop.told("order.paid").count("order.paid") <= 1
        assert {task.kind for task in await till.tasks()} <= {TaskKind.EVENT_STUCK}

    asyncio.run(play())
