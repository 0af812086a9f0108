"""Every view of payments finds what a gateway speaks of, and what it has to be asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.payments.payment import Payment
from domain.payments.refund import RefundState
from ports.payment_views import OpenPayment, OpenRefund
from tests.builders import NOW, a_payment, an_order, fresh_id
from tests.builders.payments import PaymentBuilder
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

HERE = "razorpay"
A_DAY_LATER = NOW + timedelta(days=1)


async def kept(shop: ShopCase, builder: PaymentBuilder | None = None) -> Payment:
    """A payment of an order of its own."""
    order = an_order().build()
    payment = (builder or a_payment()).of(order).build()
    async with shop.begin() as tx:
        await tx.orders.add(order)
        await tx.payments.add(payment)
    return payment


async def test_an_order_is_found_by_what_the_gateway_calls_it(shop: ShopCase) -> None:
    """Only by that gateway's own name for it."""
    payment = await kept(shop)
    await kept(shop)

    assert await shop.payment_views.order_of(HERE, payment.provider_order_id) == payment.order_id
    assert await shop.payment_views.order_of("elsewhere", payment.provider_order_id) is None
    for unknown in ("order_unknown", "", "\x00", "\ud800"):
        assert await shop.payment_views.order_of(HERE, unknown) is None


async def test_an_order_is_found_by_the_payment_that_brought_its_money(shop: ShopCase) -> None:
    """What was only put aside has brought none."""
    paid, authorized = await kept(shop, a_payment().captured()), await kept(shop, a_payment().authorized())

    assert await shop.payment_views.order_paid_by(HERE, paid.provider_payment_id or "") == paid.order_id
    assert await shop.payment_views.order_paid_by("elsewhere", paid.provider_payment_id or "") is None
    assert await shop.payment_views.order_paid_by(HERE, authorized.provider_payment_id or "") is None


async def test_an_order_is_found_by_a_refund_of_its_money(shop: ShopCase) -> None:
    """By our own id of it."""
    payment = await kept(shop, a_payment().captured().refunding(100).refunding(200))
    await kept(shop, a_payment().captured().refunding(100))

    assert await shop.payment_views.order_of_refund(payment.refunds[1].id) == payment.order_id
    assert await shop.payment_views.order_of_refund(fresh_id()) is None


async def test_payments_are_asked_about_when_their_time_has_come(shop: ShopCase) -> None:
    """Longest overdue first, so many at a time, and not those of another gateway."""
    second, first = await kept(shop, a_payment().started(NOW + timedelta(hours=1))), await kept(shop)
    await kept(shop, PaymentBuilder(provider="elsewhere"))
    found = [OpenPayment(each.order_id, each.provider_order_id) for each in (first, second)]

    assert first.ask_at is not None
    assert await shop.payment_views.open_payments(HERE, first.ask_at - timedelta(seconds=1), 10) == []
    assert await shop.payment_views.open_payments(HERE, first.ask_at, 10) == found[:1]
    assert await shop.payment_views.open_payments(HERE, A_DAY_LATER, 10) == found
    assert await shop.payment_views.open_payments(HERE, A_DAY_LATER, 1) == found[:1]


async def test_a_payment_that_needs_no_more_looks_is_left_alone(shop: ShopCase) -> None:
    """Its money is here, and it was looked at since."""
    payment = await kept(shop, a_payment().captured())
    async with shop.begin() as tx:
        mine = await tx.payments.of_order(payment.order_id)
        assert mine is not None
        mine.note_look(NOW)
        await tx.payments.save(mine)

    assert await shop.payment_views.open_payments(HERE, A_DAY_LATER, 10) == []


async def test_refunds_are_asked_about_while_they_are_open(shop: ShopCase) -> None:
    """Those asked for and those under way, longest overdue first, of this gateway."""
    builder = a_payment().captured().refunding(100)
    builder = builder.refunding(200, RefundState.PENDING).refunding(300, RefundState.PROCESSED)
    payment = await kept(shop, builder.refunding(400, RefundState.FAILED))
    await kept(shop, PaymentBuilder(provider="elsewhere").captured().refunding(100))
    found = [OpenRefund(payment.order_id, refund.id) for refund in payment.refunds[:2]]

    assert await shop.payment_views.open_refunds(HERE, NOW, 10) == []
    assert await shop.payment_views.open_refunds(HERE, A_DAY_LATER, 10) == found
    assert await shop.payment_views.open_refunds(HERE, A_DAY_LATER, 1) == found[:1]
