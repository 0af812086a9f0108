"""Every place where orders are kept gives them back as they were, once, and never an older version."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.cart.errors import CartAlreadyOrdered
from domain.errors import NotFound
from domain.money import Money
from domain.ordering.order import Order
from domain.ordering.status import PaymentStatus
from ports.errors import StaleAggregate
from tests.builders import NOW, a_design, a_product, an_address, an_order, fresh_id
from tests.contracts.aggregates import never_set, state_of
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

OXFORD = a_product().with_monogram().build()
DERBY = a_product().called("derby-roma").priced(240_000).build()
MUMBAI = an_address().in_mumbai().of("Vikram Shah").on("7 Marine Drive", "Flat 3").build()


def unpaid_order() -> Order:
    """Prepaid, two lines with a monogram and surcharges, other state, discount, fees, notes, GSTIN."""
    fancy = a_design().of(OXFORD).in_style("BROGUE").on_sole("RUBBER").monogrammed("MB").build()
    return (
        an_order()
        .of(OXFORD, fancy, pairs=2)
        .of(DERBY, pairs=3)
        .of_customer()
        .shipped_to(MUMBAI)
        .billed_to(an_address().of("Shah Traders").build(), gstin="29ABCDE1234F1ZW")
        .discounted(12_345)
        .with_shipping_fee(16_900)
        .noting("Ring the second bell — धन्यवाद")
        .promised_in("2026-W53")
        .placed(NOW + timedelta(microseconds=123_456))
        .payment_failed("insufficient_funds")
        .build()
    )


def cancelled_order() -> Order:
    """Paid, cancelled for a reason, refunded in part."""
    return an_order().of(OXFORD).paid().cancelled("Ordered twice").refunded(100).build()


def returned_order() -> Order:
    """A guest's, paid at the door for a fee, sent, and back again."""
    return an_order().of(OXFORD, pairs=10).of_guest("token").paid_on_delivery(fee=9_900).delivered().returned().build()


SAMPLES = [
    pytest.param(unpaid_order, id="unpaid"),
    pytest.param(cancelled_order, id="cancelled"),
    pytest.param(returned_order, id="returned"),
]


def test_the_samples_leave_no_field_at_its_default() -> None:
    """A field that a mapper forgot would come back with its default, and so be found out."""
    assert never_set([unpaid_order(), cancelled_order(), returned_order()]) == set()


@pytest.mark.parametrize("sample", SAMPLES)
async def test_an_order_comes_back_as_it_was_added(shop: ShopCase, sample: Callable[[], Order]) -> None:
    """Nothing of an order is lost or altered on the way, to the microsecond and the paisa."""
    order = sample()

    async with shop.begin() as tx:
        await tx.orders.add(order)

    async with shop.begin() as tx:
        assert state_of(await tx.orders.get(order.id)) == state_of(order)


async def test_a_change_comes_back_as_it_was_saved(shop: ShopCase) -> None:
    """All that may change of an order is kept."""
    order = an_order().of(OXFORD).build()
    async with shop.begin() as tx:
        await tx.orders.add(order)

    async with shop.begin() as tx:
        changed = await tx.orders.get(order.id)
        changed.mark_paid(NOW + timedelta(minutes=5))
        changed.cancel("Ordered twice", NOW + timedelta(minutes=6))
        changed.record_refund(changed.amounts.total, NOW + timedelta(minutes=7))
        await tx.orders.save(changed)

    async with shop.begin() as tx:
        assert state_of(await tx.orders.get(order.id)) == state_of(changed)


async def test_an_unknown_order_is_not_found(shop: ShopCase) -> None:
    """There is no order that nobody placed."""
    async with shop.begin() as tx:
        with pytest.raises(NotFound):
            await tx.orders.get(fresh_id())


async def test_a_changed_object_means_nothing_until_it_is_saved(shop: ShopCase) -> None:
    """Neither the object added nor the one loaded is the one that is kept."""
    order = an_order().build()
    async with shop.begin() as tx:
        await tx.orders.add(order)
        order.notes = "written after add"
        (await tx.orders.get(order.id)).notes = "written after get"

    async with shop.begin() as tx:
        assert (await tx.orders.get(order.id)).notes is None


async def test_every_save_raises_the_version(shop: ShopCase) -> None:
    """The version tells a client whether an order has changed."""
    order = an_order().build()
    async with shop.begin() as tx:
        await tx.orders.add(order)
    first = order.version

    async with shop.begin() as tx:
        order = await tx.orders.get(order.id)
        order.mark_paid(NOW)
        await tx.orders.save(order)

    assert first > 0
    assert order.version == first + 1


async def test_a_change_of_an_old_version_is_refused(shop: ShopCase) -> None:
    """Who loaded an order before somebody else saved it doesn't overwrite that change."""
    order = an_order().build()
    async with shop.begin() as tx:
        await tx.orders.add(order)
    async with shop.begin() as tx:
        old = await tx.orders.get(order.id)
    async with shop.begin() as tx:
        newer = await tx.orders.get(order.id)
        newer.mark_paid(NOW)
        await tx.orders.save(newer)

    old.cancel("too late", NOW)
    with pytest.raises(StaleAggregate):
        async with shop.begin() as tx:
            await tx.orders.save(old)

    async with shop.begin() as tx:
        assert state_of(await tx.orders.get(order.id)) == state_of(newer)


async def test_an_order_that_was_never_added_can_not_be_saved(shop: ShopCase) -> None:
    """`save` changes, it never creates."""
    order = an_order().build()
    order.version = 1

    with pytest.raises(StaleAggregate):
        async with shop.begin() as tx:
            await tx.orders.save(order)


async def test_a_cart_becomes_an_order_once(shop: ShopCase) -> None:
    """The refusal names the order that the cart has become, also when that was cancelled since."""
    first = an_order().cancelled().build()
    async with shop.begin() as tx:
        await tx.orders.add(first)

    with pytest.raises(CartAlreadyOrdered) as refusal:
        async with shop.begin() as tx:
            await tx.orders.add(an_order().from_cart(first.cart_id).build())

    assert refusal.value.order_id == first.id


async def test_a_cart_becomes_an_order_once_however_many_try(shop: ShopCase) -> None:
    """Rule 1: an order is placed at most once per cart."""
    cart_id = fresh_id()
    orders = [an_order().from_cart(cart_id).build() for _ in range(20)]

    async def place(order: Order) -> Order | None:
        try:
            async with shop.begin() as tx:
                await tx.orders.add(order)
        except CartAlreadyOrdered:
            return None
        return order

    placed = [order for order in await gather(*map(place, orders)) if order is not None]

    assert len(placed) == 1
    assert [told.aggregate_id for told in await shop.outbox()] == [placed[0].id]


async def test_who_gets_an_order_to_change_it_is_alone_with_it(shop: ShopCase) -> None:
    """Changes that are made at once come one after the other: none is lost, none refused."""
    order = an_order().paid().build()
    async with shop.begin() as tx:
        await tx.orders.add(order)

    async def refund() -> None:
        async with shop.begin() as tx:
            mine = await tx.orders.get(order.id)
            mine.record_refund(Money(100), NOW)
            await tx.orders.save(mine)

    await gather(*(refund() for _ in range(20)))

    async with shop.begin() as tx:
        after = await tx.orders.get(order.id)
    assert (after.refunded, after.payment_status) == (Money(2_000), PaymentStatus.PARTIALLY_REFUNDED)


async def test_events_are_told_once_and_in_order(shop: ShopCase) -> None:
    """Rule 5: what happened is in the outbox as soon as the change is, and only once."""
    order = an_order().build()
    async with shop.begin() as tx:
        await tx.orders.add(order)
    async with shop.begin() as tx:
        changed = await tx.orders.get(order.id)
        changed.mark_paid(NOW + timedelta(minutes=1))
        await tx.orders.save(changed)

    told = await shop.outbox()

    assert [event.name for event in told] == ["order.placed", "order.paid", "order.confirmed"]
    assert {(event.aggregate, event.aggregate_id) for event in told} == {("order", order.id)}
    assert [event.occurred_at for event in told] == [NOW, NOW + timedelta(minutes=1), NOW + timedelta(minutes=1)]
