"""Money given back by many at once, on the real database: never more than came, and each amount once."""

from __future__ import annotations

from asyncio import gather
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.db.engine import Database
from adapters.db.order_views import SqlOrderViews
from adapters.db.payment_views import SqlPaymentViews
from adapters.memory.clock import MemoryClock
from adapters.memory.payment_gateway import MemoryPaymentGateway
from adapters.system.clock import SystemClock
from adapters.system.ids import SystemIds
from application.operations.ask_operator import OperatorDesk
from application.orders.get_order import GetOrder
from application.payments.reconcile_refunds import ReconcileRefunds
from application.payments.request_refund import RequestedRefund, RequestRefund, RequestRefundCommand
from application.payments.send_refund import SendRefund
from application.payments.settle_refund import RefundSettler
from domain.actor import System
from domain.money import Money
from domain.ordering.order import Order
from domain.ordering.status import PaymentStatus
from domain.payments.errors import RefundTooLarge
from domain.payments.payment import Payment
from domain.payments.refund import RefundState
from ports.idempotency import IdempotencyKey
from tests.builders import an_order, fresh_id

pytestmark = pytest.mark.anyio


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    """As many connections as there are people who ask."""
    database = Database(postgres_url, pool_size=20)
    yield database
    await database.close()


@pytest.fixture
def gateway() -> MemoryPaymentGateway:
    """Where the money is."""
    return MemoryPaymentGateway()


async def paid_order(database: Database, gateway: MemoryPaymentGateway) -> Order:
    """An order that was paid at the gateway."""
    order = an_order().paid().build()
    announced = await gateway.create_order(amount=order.amounts.total, receipt=order.ext_id)
    payment = Payment.start(
        id=fresh_id(),
        order_id=order.id,
        provider=gateway.provider,
        provider_order_id=announced.provider_order_id,
        amount=order.amounts.total,
        at=order.created_at,
    )
    proof = gateway.pay(announced.provider_order_id)
    payment.capture(proof.provider_payment_id, payment.amount, order.updated_at)
    async with database.begin() as tx:
        await tx.orders.add(order)
        await tx.payments.add(payment)
    return order


def sending(database: Database, gateway: MemoryPaymentGateway) -> SendRefund:
    """The use case that sends refunds."""
    clock = SystemClock()
    return SendRefund(database.begin, gateway, RefundSettler(clock, OperatorDesk(clock, SystemIds())))


async def ask(database: Database, order: Order, amount: Money, key: str) -> RequestedRefund | RefundTooLarge:
    """Somebody gives money back."""
    request = RequestRefund(database.begin, GetOrder(SqlOrderViews(database)), SystemClock(), SystemIds())
    command = RequestRefundCommand(System(), order.ext_id, amount, "does not fit", IdempotencyKey("staff", key, key))
    try:
        return await request(command)
    except RefundTooLarge as refusal:
        return refusal


async def payment_of(database: Database, order: Order) -> Payment:
    """The payment by now."""
    async with database.begin() as tx:
        payment = await tx.payments.of_order(order.id)
    assert payment is not None
    return payment


async def test_of_20_refunds_of_a_tenth_10_succeed(database: Database, gateway: MemoryPaymentGateway) -> None:
    """And those are what goes back, though each of them is sent by three workers."""
    order = await paid_order(database, gateway)
    tenth = Money(order.amounts.total.minor // 10)

    outcomes = await gather(*(ask(database, order, tenth, f"key {number}") for number in range(20)))

    granted = [outcome.refund.id for outcome in outcomes if isinstance(outcome, RequestedRefund)]
    assert len(granted) == 10
    send = sending(database, gateway)
    await gather(*(send(order.id, refund_id) for refund_id in granted * 3))
    payment = await payment_of(database, order)
    assert {refund.state for refund in payment.refunds} == {RefundState.PROCESSED}
    async with database.begin() as tx:
        now = await tx.orders.get(order.id)
    assert (now.payment_status, now.refunded) == (PaymentStatus.REFUNDED, tenth * 10)


async def test_one_request_is_granted_once_however_often_it_is_made(
    database: Database, gateway: MemoryPaymentGateway
) -> None:
    """At the same moment, with the same key."""
    order = await paid_order(database, gateway)

    outcomes = await gather(*(ask(database, order, Money(500), "the same") for _ in range(20)))

    refunds = [outcome.refund.id for outcome in outcomes if isinstance(outcome, RequestedRefund)]
    assert (len(refunds), len(set(refunds))) == (20, 1)
    assert (await payment_of(database, order)).refunded == Money(500)


async def test_pollers_that_run_side_by_side_send_each_refund_once(
    database: Database, gateway: MemoryPaymentGateway
) -> None:
    """Nobody told the gateway of them before."""
    order = await paid_order(database, gateway)
    for number in range(3):
        await ask(database, order, Money(500), f"key {number}")
    tomorrow = MemoryClock(SystemClock().now() + timedelta(days=1))
    views, send = SqlPaymentViews(database), sending(database, gateway)
    poll = ReconcileRefunds(database.begin, gateway, views, send, tomorrow)

    await gather(*(poll() for _ in range(4)))

    refunds = (await payment_of(database, order)).refunds
    assert [refund.state for refund in refunds] == [RefundState.PROCESSED] * 3
    async with database.begin() as tx:
        assert (await tx.orders.get(order.id)).refunded == Money(1_500)
