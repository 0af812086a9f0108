"""Those who may see an order see all of it, and to anybody else it doesn't exist."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.actor import Actor, Customer, Guest, Staff, System
from domain.ordering.order import Order
from domain.payments.refund import RefundState
from ports.order_views import OrderView, TimelineEntry
from tests.builders import HOLD, NOW, a_payment, a_product, an_order, fresh_id, id_of
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

ASHA, VIKRAM = fresh_id(), fresh_id()


async def kept(shop: ShopCase, *orders: Order) -> None:
    """Orders of the shop."""
    async with shop.begin() as tx:
        for order in orders:
            await tx.orders.add(order)


async def test_a_view_is_the_whole_order(shop: ShopCase) -> None:
    """To the paisa, to the last word."""
    product = a_product().with_monogram().build()
    order = (
        an_order()
        .of(product, pairs=2)
        .of_customer(ASHA)
        .discounted(5_000)
        .with_shipping_fee(9_900)
        .noting("Ring twice")
        .build()
    )
    await kept(shop, order)

    assert await shop.order_views.find(str(order.id), Customer(ASHA)) == OrderView.of(order)


@pytest.mark.parametrize(
    "actor", [pytest.param(Customer(ASHA), id="its customer"), pytest.param(System(), id="the shop itself")]
)
async def test_a_customers_order_is_found_by_id_and_number(shop: ShopCase, actor: Actor) -> None:
    """The number is what people read to each other on the phone."""
    order = an_order().of_customer(ASHA).build()
    await kept(shop, order)

    by_id = await shop.order_views.find(str(order.id), actor)
    by_number = await shop.order_views.find(order.ext_id, actor)

    assert by_id == by_number == OrderView.of(order)


async def test_a_guests_order_opens_with_its_token(shop: ShopCase) -> None:
    """The token is all that a guest has."""
    order = an_order().of_guest("secret").build()
    await kept(shop, order)

    assert await shop.order_views.find(order.ext_id, Guest(order_token="secret")) == OrderView.of(order)


@pytest.mark.parametrize(
    "actor",
    [
        pytest.param(Customer(VIKRAM), id="another customer"),
        pytest.param(Guest(order_token="guessed"), id="a guest with another token"),
        pytest.param(Guest(cart_token="secret"), id="a guest with a cart"),
        pytest.param(Guest(), id="a guest without any token"),
        pytest.param(Staff(ASHA), id="staff, whose routes are their own"),
    ],
)
async def test_somebody_elses_order_does_not_exist(shop: ShopCase, actor: Actor) -> None:
    """Rule 7: neither by id nor by number, neither the order nor its timeline."""
    of_customer, of_guest = an_order().of_customer(ASHA).build(), an_order().of_guest("secret").build()
    await kept(shop, of_customer, of_guest)

    for order in (of_customer, of_guest):
        for reference in (str(order.id), order.ext_id):
            assert await shop.order_views.find(reference, actor) is None
            assert await shop.order_views.timeline(reference, actor) is None


@pytest.mark.parametrize(
    "reference",
    [
        str(id_of("nobody")),
        pytest.param(str(id_of("an order")).upper(), id="an id in capitals"),
        pytest.param(id_of("an order").hex, id="an id without hyphens"),
        "IS-2026-999999",
        "IS-2026",
        "",
        "1",
        pytest.param("x" * 500, id="long"),
        pytest.param("IS-2026-\x00", id="null byte"),
        pytest.param("\ud800", id="lone surrogate"),
    ],
)
async def test_an_order_that_nobody_placed_does_not_exist(shop: ShopCase, reference: str) -> None:
    """Whatever is asked for; an id has one spelling."""
    await kept(shop, replace(an_order(), id=id_of("an order")).build())

    assert await shop.order_views.find(reference, System()) is None
    assert await shop.order_views.timeline(reference, System()) is None


async def test_a_timeline_tells_what_happened_so_far(shop: ShopCase) -> None:
    """Oldest first, of this order alone, with what each event told in short."""
    order = an_order().payment_failed("declined").paid().cancelled("Ordered twice").build()
    made = an_order().paid_on_delivery().in_production().build()
    await kept(shop, order, made)

    timeline = await shop.order_views.timeline(order.ext_id, System())
    production = await shop.order_views.timeline(made.ext_id, System())

    def after(minutes: int, event: str, detail: str | None = None) -> TimelineEntry:
        return TimelineEntry(NOW + timedelta(minutes=minutes), event, detail)

    assert list(timeline or []) == [
        after(0, "order.placed"),
        after(1, "order.payment_failed", "declined"),
        after(2, "order.paid"),
        after(2, "order.confirmed"),
        after(3, "order.cancelled", "Ordered twice"),
    ]
    assert list(production or []) == [
        after(0, "order.placed"),
        after(0, "order.confirmed"),
        after(1, "order.production_started"),
    ]


async def test_a_timeline_tells_how_the_shoes_travel(shop: ShopCase) -> None:
    """By which number to follow them, and why they came back."""
    order = an_order().paid().shipped().returned().build()
    await kept(shop, order)

    timeline = await shop.order_views.timeline(order.ext_id, System())

    assert [(entry.event, entry.detail) for entry in timeline or []][-5:] == [
        ("order.production_started", None),
        ("order.ready", None),
        ("order.shipped", "1904990001234"),
        ("order.return_started", "RTO"),
        ("order.returned", "RTO"),
    ]


async def test_a_timeline_tells_of_the_money_too(shop: ShopCase) -> None:
    """What happened to the payments of this order, and of no other, among the rest."""
    order, another = an_order().build(), an_order().build()
    await kept(shop, order, another)
    async with shop.begin() as tx:
        for each in (order, another):
            await tx.payments.add(a_payment().of(each).captured().refunding(100, RefundState.PROCESSED).build())

    timeline = await shop.order_views.timeline(order.ext_id, System())

    assert [(entry.event, entry.detail) for entry in timeline or []] == [
        ("order.placed", None),
        ("payment.captured", None),
        ("refund.requested", None),
        ("refund.settled", "PROCESSED"),
    ]


async def test_holds_expire_after_their_time_the_longest_overdue_first(shop: ShopCase) -> None:
    """Not at the very moment, and only so many at once."""
    first = an_order().placed(NOW - timedelta(minutes=2)).build()
    second = an_order().placed(NOW - timedelta(minutes=1)).payment_failed().build()
    third = an_order().placed(NOW).build()
    await kept(shop, third, first, second)

    assert list(await shop.order_views.expired_holds(NOW + HOLD, limit=10)) == [first.id, second.id]
    assert list(await shop.order_views.expired_holds(NOW + HOLD, limit=1)) == [first.id]
    assert list(await shop.order_views.expired_holds(NOW - timedelta(days=1), limit=10)) == []


async def test_what_is_paid_cancelled_or_paid_at_the_door_never_expires(shop: ShopCase) -> None:
    """Only an order that waits for its money can wait too long."""
    await kept(shop, an_order().paid().build(), an_order().cancelled().build(), an_order().paid_on_delivery().build())

    assert list(await shop.order_views.expired_holds(NOW + timedelta(days=365), limit=10)) == []
