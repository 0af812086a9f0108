"""Every place where payments are kept gives them back as they were, refunds and all."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.money import Money
from domain.ordering.errors import PaymentNotAllowed
from domain.ordering.order import Order
from domain.payments.errors import RefundTooLarge
from domain.payments.payment import Payment
from domain.payments.refund import Refund, RefundState
from ports.errors import StaleAggregate
from ports.transactions import Transaction
from tests.builders import NOW, a_payment, an_order, fresh_id
from tests.contracts.aggregates import never_set, state_of
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio


@pytest.fixture
async def order(shop: ShopCase) -> Order:
    """An order of the shop, to be paid."""
    order = an_order().build()
    async with shop.begin() as tx:
        await tx.orders.add(order)
    return order


def refunded_payment(order: Order) -> Payment:
    """Captured, even twice, with refunds asked for, under way, done, refused and tried again."""
    return (
        a_payment()
        .of(order)
        .authorized()
        .captured()
        .refunding(100)
        .refunding(250, RefundState.PROCESSED)
        .refunding(300, RefundState.PENDING)
        .refunding(999, RefundState.FAILED)
        .then(lambda payment: payment.retry_refund(payment.refunds[-1].id, fresh_id(), payment.updated_at))
        .paid_twice(1_299_900)
        .build()
    )


def failed_payment(order: Order) -> Payment:
    """Failed, for a reason."""
    return a_payment().of(order).started(NOW + timedelta(microseconds=1)).failed("insufficient_funds").build()


def test_the_samples_leave_no_field_at_its_default() -> None:
    """A field that a mapper forgot would come back with its default, and so be found out."""
    order = an_order().build()

    assert never_set([refunded_payment(order), failed_payment(order)]) == set()
    refunds = refunded_payment(order).refunds
    assert not {
        field.name
        for field in fields(Refund)
        if field.default is not MISSING and all(getattr(refund, field.name) == field.default for refund in refunds)
    }


@pytest.mark.parametrize(
    "sample", [pytest.param(refunded_payment, id="refunded"), pytest.param(failed_payment, id="failed")]
)
async def test_a_payment_comes_back_as_it_was_added(
    shop: ShopCase, order: Order, sample: Callable[[Order], Payment]
) -> None:
    """Nothing of a payment is lost or altered on the way."""
    payment = sample(order)

    async with shop.begin() as tx:
        await tx.payments.add(payment)

    async with shop.begin() as tx:
        assert state_of(await latest(tx, order)) == state_of(payment)


async def test_a_change_comes_back_as_it_was_saved(shop: ShopCase, order: Order) -> None:
    """All that may change of a payment is kept: state, money, refunds and what became of them."""
    async with shop.begin() as tx:
        await tx.payments.add(a_payment().of(order).build())

    async with shop.begin() as tx:
        payment = await latest(tx, order)
        payment.capture("pay_1", payment.amount, NOW + timedelta(minutes=1))
        refund = payment.request_refund(fresh_id(), Money(100), "too small", NOW + timedelta(minutes=2))
        await tx.payments.save(payment)
    async with shop.begin() as tx:
        payment = await latest(tx, order)
        payment.accept_refund(refund.id, "rfnd_1", NOW + timedelta(minutes=3))
        payment.note_refund_look(refund.id, NOW + timedelta(hours=3))
        failed = payment.request_refund(fresh_id(), Money(200), "too big", NOW + timedelta(minutes=4))
        payment.return_surplus(fresh_id(), "pay_2", payment.amount, NOW + timedelta(minutes=6))
        payment.note_look(NOW + timedelta(minutes=7))
        await tx.payments.save(payment)
    async with shop.begin() as tx:
        payment = await latest(tx, order)
        payment.complete_refund(refund.id, "rfnd_1", NOW + timedelta(minutes=8))
        payment.fail_refund(failed.id, "no balance", NOW + timedelta(minutes=8))
        payment.retry_refund(failed.id, fresh_id(), NOW + timedelta(minutes=9))
        await tx.payments.save(payment)

    async with shop.begin() as tx:
        assert state_of(await latest(tx, order)) == state_of(payment)


async def test_the_latest_payment_of_an_order_counts(shop: ShopCase, order: Order) -> None:
    """A second attempt takes the place of the first."""
    first = a_payment().of(order).started(NOW).failed().build()
    second = a_payment().of(order).started(NOW + timedelta(minutes=10)).build()
    async with shop.begin() as tx:
        await tx.payments.add(first)
        await tx.payments.add(second)

    async with shop.begin() as tx:
        assert (await latest(tx, order)).id == second.id


async def test_an_order_without_payment_has_none(shop: ShopCase, order: Order) -> None:
    """Nobody has started one, or the order is paid at the door."""
    async with shop.begin() as tx:
        assert await tx.payments.of_order(order.id) is None


async def test_there_is_no_payment_without_its_order(shop: ShopCase) -> None:
    """Money always belongs to an order."""
    with pytest.raises(NotFound):
        async with shop.begin() as tx:
            await tx.payments.add(a_payment().build())


async def test_an_order_at_the_gateway_has_one_payment(shop: ShopCase, order: Order) -> None:
    """Rule 3: money that comes for it has one place to go to."""
    payment = a_payment().of(order).build()
    twin = a_payment().of(order).build()
    twin.provider_order_id = payment.provider_order_id
    async with shop.begin() as tx:
        await tx.payments.add(payment)

    with pytest.raises(PaymentNotAllowed):
        async with shop.begin() as tx:
            await tx.payments.add(twin)


async def test_a_payment_at_the_gateway_counts_once(shop: ShopCase, order: Order) -> None:
    """Rule 3: the same money doesn't pay for two orders."""
    another = an_order().build()
    async with shop.begin() as tx:
        await tx.orders.add(another)
        await tx.payments.add(a_payment().of(order).build())
        await tx.payments.add(a_payment().of(another).build())

    async def capture(of: Order) -> None:
        async with shop.begin() as tx:
            payment = await latest(tx, of)
            payment.capture("pay_1", payment.amount, NOW)
            await tx.payments.save(payment)

    await capture(order)
    with pytest.raises(PaymentNotAllowed):
        await capture(another)


async def test_a_changed_object_means_nothing_until_it_is_saved(shop: ShopCase, order: Order) -> None:
    """Neither the object added nor the one loaded is the one that is kept."""
    payment = a_payment().of(order).build()
    async with shop.begin() as tx:
        await tx.payments.add(payment)
        payment.failure = "written after add"
        (await latest(tx, order)).failure = "written after of_order"

    async with shop.begin() as tx:
        assert (await latest(tx, order)).failure is None


async def test_a_change_of_an_old_version_is_refused(shop: ShopCase, order: Order) -> None:
    """Who loaded a payment before somebody else saved it doesn't overwrite that change."""
    async with shop.begin() as tx:
        await tx.payments.add(a_payment().of(order).build())
    async with shop.begin() as tx:
        old = await latest(tx, order)
    async with shop.begin() as tx:
        newer = await latest(tx, order)
        newer.capture("pay_1", newer.amount, NOW)
        await tx.payments.save(newer)

    old.fail("pay_1", "declined", NOW)
    with pytest.raises(StaleAggregate):
        async with shop.begin() as tx:
            await tx.payments.save(old)

    async with shop.begin() as tx:
        assert state_of(await latest(tx, order)) == state_of(newer)


async def test_refunds_never_exceed_what_was_captured(shop: ShopCase, order: Order) -> None:
    """Rule 4: of 20 refunds of a tenth that are asked for at once, 10 are granted."""
    payment = a_payment().of(order).captured().build()
    tenth = Money(payment.amount.minor // 10)
    async with shop.begin() as tx:
        await tx.payments.add(payment)

    async def refund() -> bool:
        try:
            async with shop.begin() as tx:
                mine = await latest(tx, order)
                mine.request_refund(fresh_id(), tenth, "does not fit", NOW)
                await tx.payments.save(mine)
        except RefundTooLarge:
            return False
        return True

    granted = await gather(*(refund() for _ in range(20)))

    assert sum(granted) == 10
    async with shop.begin() as tx:
        assert (await latest(tx, order)).refundable == Money(0)


async def test_events_are_told_once_and_in_order(shop: ShopCase, order: Order) -> None:
    """Rule 5: what happened to the money is in the outbox as soon as the change is."""
    payment = a_payment().of(order).captured().refunding(100).build()
    async with shop.begin() as tx:
        await tx.payments.add(payment)
    async with shop.begin() as tx:
        again = await latest(tx, order)
        again.complete_refund(again.refunds[0].id, "rfnd_1", NOW + timedelta(hours=1))
        await tx.payments.save(again)

    told = [event for event in await shop.outbox() if event.aggregate == "payment"]

    assert [event.name for event in told] == ["payment.captured", "refund.requested", "refund.settled"]
    assert {event.aggregate_id for event in told} == {payment.id}


async def latest(tx: Transaction, order: Order) -> Payment:
    """The order's payment, which there is."""
    payment = await tx.payments.of_order(order.id)
    assert payment is not None
    return payment
