"""Whatever the gateway says, in whatever order and however often: money is counted once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.actor import Guest
from domain.inventory.reservation import ReservationStatus
from domain.money import Money
from domain.ordering.events import LatePaymentUnplaceable
from domain.ordering.status import OrderStatus, PaymentStatus
from domain.payments.errors import AmountMismatch
from domain.payments.payment import Payment, PaymentState
from ports.order_views import OrderView
from ports.payment_gateway import GatewayPayment, GatewayPaymentStatus
from tests.builders import a_product, a_stock_item, shelves_for, weeks_from
from tests.unit.application.workshop import PRICE, Workshop

CREATED, AUTHORIZED, CAPTURED, REFUNDED, FAILED = GatewayPaymentStatus
ROMA = a_product().build()
# What has gone back is not ours, whoever took it before.
STATUS_AFTER = {AUTHORIZED: PaymentStatus.AUTHORIZED, FAILED: PaymentStatus.FAILED, REFUNDED: PaymentStatus.FAILED}


@dataclass(frozen=True, slots=True)
class Sale:
    """An order whose payment was started, and what the gateway says of it."""

    workshop: Workshop
    order: OrderView
    guest: Guest
    provider_order_id: str

    @classmethod
    async def begun(cls, workshop: Workshop) -> Sale:
        """One pair, announced at the gateway."""
        order, guest = await workshop.order_waiting_for_money()
        started = await workshop.start_payment(guest, order)
        return cls(workshop, order, guest, started.payment.provider_order_id)

    async def hear(self, status: GatewayPaymentStatus, amount: int = PRICE, payment_id: str = "pay_1") -> None:
        """A webhook or a poll says so."""
        reason = "declined" if status is FAILED else None
        seen = GatewayPayment(payment_id, self.provider_order_id, Money(amount), status, reason)
        async with self.workshop.memory.begin() as tx:
            payment = await tx.payments.of_order(self.order.id)
            assert payment is not None
            await self.workshop.use.payment_settler().settle(tx, await tx.orders.get(self.order.id), payment, seen)

    async def now(self) -> OrderView:
        """The order by now."""
        return await self.workshop.order_now(self.order)

    async def payment(self) -> Payment:
        """The payment by now."""
        async with self.workshop.memory.begin() as tx:
            payment = await tx.payments.of_order(self.order.id)
        assert payment is not None
        return payment

    async def reservation(self) -> ReservationStatus:
        """What has become of what it held."""
        async with self.workshop.memory.begin() as tx:
            return (await tx.reservations.get(self.order.id)).status

    async def expire(self) -> None:
        """The customer takes too long."""
        self.workshop.pass_time(minutes=31)
        assert await self.workshop.use.expire_unpaid_orders()() >= 1


@pytest.fixture
async def sale(workshop: Workshop) -> Sale:
    """An order that is about to be paid."""
    return await Sale.begun(workshop)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(GatewayPaymentStatus), max_size=8))
def test_messages_in_any_order_and_number_lead_to_one_truth(messages: list[GatewayPaymentStatus]) -> None:
    """Paid exactly when the money was ever ours: once, with stock and week, told once."""

    async def play() -> None:
        sale = await Sale.begun(await Workshop.opened(ROMA))
        for message in messages:
            await sale.hear(message)
        now, payment, told = await sale.now(), await sale.payment(), sale.workshop.told
        paid = CAPTURED in messages
        assert (now.payment_status is PaymentStatus.PAID, payment.state is PaymentState.CAPTURED) == (paid, paid)
        assert now.status is (OrderStatus.CONFIRMED if paid else OrderStatus.PENDING)
        assert payment.captured == Money(PRICE if paid else 0)
        assert await sale.reservation() is (ReservationStatus.COMMITTED if paid else ReservationStatus.HELD)
        assert await sale.workshop.booked() == {"2026-W52": 1}
        for event in ("order.paid", "order.confirmed", "payment.captured"):
            assert told(event) == [event] * paid
        if not paid:
            decisive = [message for message in messages if message is not CREATED]
            last = STATUS_AFTER[decisive[-1]] if decisive else PaymentStatus.PENDING
            assert now.payment_status is last

    asyncio.run(play())


@settings(max_examples=30)
@given(st.lists(st.sampled_from(GatewayPaymentStatus), max_size=6))
def test_messages_after_the_order_expired_lead_to_one_truth_too(messages: list[GatewayPaymentStatus]) -> None:
    """Late money confirms the order once; without money it stays cancelled and holds nothing."""

    async def play() -> None:
        sale = await Sale.begun(await Workshop.opened(ROMA))
        await sale.expire()
        for message in messages:
            await sale.hear(message)
        paid = CAPTURED in messages
        assert (await sale.now()).status is (OrderStatus.CONFIRMED if paid else OrderStatus.CANCELLED)
        assert await sale.workshop.booked() == ({"2026-W52": 1} if paid else {})
        assert sale.workshop.told("order.confirmed") == ["order.confirmed"] * paid
        assert sale.workshop.told("order.late_payment_unplaceable") == []

    asyncio.run(play())


@pytest.mark.anyio
async def test_late_money_confirms_the_order_with_stock_and_week_of_its_own(sale: Sale) -> None:
    """As if it had been in time: same week, nothing left of the cancellation, nothing that expires again."""
    await sale.expire()
    await sale.hear(CAPTURED)
    now = await sale.now()
    assert (now.status, now.payment_status, now.cancellation_reason) == (
        OrderStatus.CONFIRMED,
        PaymentStatus.PAID,
        None,
    )
    assert (str(now.promised_week), now.hold_expires_at) == ("2026-W52", None)
    assert await sale.reservation() is ReservationStatus.COMMITTED
    assert (await sale.workshop.reserved())["sole:GOODYEAR:42"] == 1
    sale.workshop.pass_time(days=1)
    assert await sale.workshop.use.expire_unpaid_orders()() == 0


@pytest.mark.anyio
async def test_late_money_whose_week_has_gone_gets_the_next_one() -> None:
    """Somebody else has booked the promised one meanwhile: the promise moves, the order stands."""
    sale = await Sale.begun(await Workshop.opened(ROMA, weeks=weeks_from(capacity=1)))
    await sale.expire()
    rival, _ = await sale.workshop.order_waiting_for_money()
    await sale.hear(CAPTURED)
    assert (str(rival.promised_week), str((await sale.now()).promised_week)) == ("2026-W52", "2026-W53")
    assert await sale.workshop.booked() == {"2026-W52": 1, "2026-W53": 1}


@pytest.mark.anyio
async def test_money_that_comes_after_the_promised_week_gets_a_week_that_is_still_to_come(sale: Sale) -> None:
    """No pair is promised for the past."""
    await sale.expire()
    sale.workshop.memory.clock.advance(timedelta(weeks=8))
    await sale.hear(CAPTURED)
    assert str((await sale.now()).promised_week) >= "2027-W04"


@pytest.mark.anyio
@pytest.mark.parametrize("gone", ["stock", "weeks"])
async def test_late_money_for_what_is_gone_is_due_back_once(gone: str) -> None:
    """Somebody else has the last pair, or the last week: the order stays cancelled and says what it owes."""
    stock = [a_stock_item(each.sku, 1 if "sole" in each.sku else 99) for each in shelves_for(ROMA)]
    weeks = weeks_from(capacity=1, count=4)
    workshop = await (Workshop.opened(ROMA, stock=stock) if gone == "stock" else Workshop.opened(ROMA, weeks=weeks))
    sale = await Sale.begun(workshop)
    await sale.expire()
    rival, _ = await workshop.order_waiting_for_money()
    for _ in range(3):
        await sale.hear(CAPTURED)
    now = await sale.now()
    assert (now.status, now.payment_status) == (OrderStatus.CANCELLED, PaymentStatus.PAID)
    due = [event for event in workshop.memory.outbox if isinstance(event, LatePaymentUnplaceable)]
    assert [(event.aggregate_id, event.refund_due) for event in due] == [(sale.order.id, PRICE)]
    assert await workshop.booked() == {str(rival.promised_week): 1}
    assert (await sale.payment()).captured == Money(PRICE), "kept in the books until it goes back"


@pytest.mark.anyio
async def test_a_repeated_message_does_not_revive_a_paid_order_that_was_cancelled(sale: Sale) -> None:
    """The customer cancelled after paying: hearing of the old money again confirms nothing."""
    await sale.hear(CAPTURED)
    await sale.workshop.cancel(sale.guest, sale.order)
    await sale.hear(CAPTURED)
    assert (await sale.now()).status is OrderStatus.CANCELLED
    assert await sale.workshop.booked() == {}


@pytest.mark.anyio
@pytest.mark.parametrize("amount", [PRICE - 1, PRICE + 1, 1])
async def test_another_amount_than_the_order_s_changes_nothing(sale: Sale, amount: int) -> None:
    """Neither less nor more is taken for the order's money."""
    with pytest.raises(AmountMismatch):
        await sale.hear(CAPTURED, amount)
    now = await sale.now()
    assert (now.status, now.payment_status) == (OrderStatus.PENDING, PaymentStatus.PENDING)
    assert (await sale.payment()).captured == Money(0)
    assert sale.workshop.told() == ["order.placed"]


@pytest.mark.anyio
async def test_a_failed_attempt_says_why_and_leaves_the_order_open(sale: Sale) -> None:
    """Stock and week stay held until the time is up."""
    await sale.hear(FAILED)
    assert (await sale.payment()).failure == "declined"
    assert (await sale.now()).awaits_payment
    assert await sale.reservation() is ReservationStatus.HELD
    assert sorted(sale.workshop.told()) == ["order.payment_failed", "order.placed", "payment.failed"]


@pytest.mark.anyio
async def test_the_payment_that_captured_is_the_one_that_is_remembered(sale: Sale) -> None:
    """A refund has to go to that one, not to the attempt that failed or was put aside."""
    await sale.hear(FAILED, payment_id="pay_1")
    await sale.hear(AUTHORIZED, payment_id="pay_2")
    await sale.hear(CAPTURED, payment_id="pay_3")
    await sale.hear(CAPTURED, payment_id="pay_4")
    assert (await sale.payment()).provider_payment_id == "pay_3"
