"""Rule 3 on the real database: whoever tells of money at the same moment, it is counted once."""

from __future__ import annotations

from asyncio import gather
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.db.engine import Database
from adapters.db.payment_views import SqlPaymentViews
from adapters.memory.clock import MemoryClock
from adapters.memory.payment_gateway import MemoryPaymentGateway
from adapters.system.ids import SystemIds
from application.operations.ask_operator import OperatorDesk
from application.payments.capture_payment import CapturePayment
from application.payments.reconcile_payments import ReconcilePayments
from application.payments.settle_payment import PaymentSettler
from application.payments.take_in_payment import PaymentIntake
from domain.inventory.reservation import ReservationStatus
from domain.ordering.order import Order
from domain.ordering.status import OrderStatus, PaymentStatus
from domain.payments.payment import Payment
from tests.builders import NOW, a_hold, a_product, an_order, catalogue_of, fresh_id
from tests.integration.db.direct import Direct

pytestmark = pytest.mark.anyio


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    """With a product, its stock and weeks."""
    database = Database(postgres_url, pool_size=20)
    async with database.begin() as tx:
        await tx.catalogue.apply(catalogue_of(a_product().build()))
    yield database
    await database.close()


async def announced_order(database: Database, gateway: MemoryPaymentGateway) -> tuple[Order, Payment]:
    """An order that holds its pair and waits for its money."""
    order = an_order().build()
    at_gateway = await gateway.create_order(amount=order.amounts.total, receipt=order.ext_id)
    payment = Payment.start(
        id=fresh_id(),
        order_id=order.id,
        provider=gateway.provider,
        provider_order_id=at_gateway.provider_order_id,
        amount=order.amounts.total,
        at=NOW,
    )
    async with database.begin() as tx:
        await tx.reservations.hold(a_hold().of(order).build())
        await tx.orders.add(order)
        await tx.payments.add(payment)
    return order, payment


async def test_captures_pollers_and_messages_at_once_count_the_money_once(database: Database, direct: Direct) -> None:
    """Nobody waits for ever, and nobody fails."""
    gateway, clock = MemoryPaymentGateway(), MemoryClock(NOW + timedelta(minutes=20))
    order, payment = await announced_order(database, gateway)
    proof = gateway.pay(payment.provider_order_id, "authorized")
    intake = PaymentIntake(PaymentSettler(clock, SystemIds()), OperatorDesk(clock, SystemIds()))
    capture = CapturePayment(database.begin, gateway, intake)
    poll = ReconcilePayments(database.begin, gateway, SqlPaymentViews(database), intake, capture, clock)

    async def hear() -> None:
        seen = await gateway.fetch_payment(proof.provider_payment_id)
        async with database.begin() as tx:
            await intake.take(tx, order.id, seen)

    await gather(*(each for _ in range(6) for each in (hear(), poll(), capture(order.id, proof.provider_payment_id))))

    async with database.begin() as tx:
        now = await tx.orders.get(order.id)
        reservation = await tx.reservations.get(order.id)
    assert (now.status, now.payment_status) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    assert reservation.status is ReservationStatus.COMMITTED
    told = [name for (name,) in await direct.rows("SELECT name FROM domain_event")]
    assert [told.count(name) for name in ("payment.captured", "order.paid", "order.confirmed")] == [1, 1, 1]
