"""Staff leaf through all orders, newest first, and narrow them down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Final
from uuid import UUID

import pytest

from domain.ordering.order import Order
from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentStatus
from ports.order_views import OrderFilter, OrderSummary
from ports.paging import Position
from tests.builders import NOW, a_product, an_order, fresh_id
from tests.builders.orders import OrderBuilder
from tests.contracts.shop_fixtures import ShopCase
from tests.contracts.test_order_views import kept

pytestmark = pytest.mark.anyio

ANY: Final = OrderFilter()
A_MOMENT: Final = timedelta(milliseconds=1)


async def numbers(shop: ShopCase, wanted: OrderFilter) -> list[str]:
    """The numbers of all orders that are found."""
    page = await shop.order_views.list_orders(wanted, limit=100, after=None)
    assert page.next is None
    return [order.ext_id for order in page.items]


async def leaf(shop: ShopCase, wanted: OrderFilter, limit: int, after: Position | None = None) -> list[UUID]:
    """The ids of all orders on all pages, each of which is full but the last one."""
    seen: list[UUID] = []
    while True:
        page = await shop.order_views.list_orders(wanted, limit=limit, after=after)
        ids = [order.id for order in page.items]
        assert not set(ids) & set(seen), "a page begins where the one before ended"
        seen, after = seen + ids, page.next
        if after is None:
            return seen
        assert len(ids) == limit


def placed_at(moment: datetime) -> OrderBuilder:
    """An order as it is placed at a moment: with an id of that moment."""
    rest = fresh_id().int & (1 << 80) - 1
    milliseconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    return replace(an_order(), id=UUID(int=milliseconds << 80 | rest)).placed(moment)


async def test_a_list_tells_the_outlines(shop: ShopCase) -> None:
    """Of an order of several lines, to the paisa."""
    builder = an_order().of(a_product().build(), pairs=2).of(a_product().called("derby-roma").build(), pairs=3)
    order = builder.of_customer().paid_on_delivery(4_900).promised_in("2027-W01").in_production().build()
    await kept(shop, order)

    [summary] = (await shop.order_views.list_orders(ANY, limit=1, after=None)).items

    assert summary == OrderSummary.of(order)
    assert summary.pairs == 5


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 100])
async def test_orders_come_newest_first_in_pages(shop: ShopCase, limit: int) -> None:
    """Each once; an order that is placed while somebody leafs moves none to another page."""
    orders = [an_order().build() for _ in range(5)]
    await kept(shop, *orders[::2], *orders[1::2])

    first = await shop.order_views.list_orders(ANY, limit=limit, after=None)
    await kept(shop, an_order().build())
    rest = await leaf(shop, ANY, limit, first.next) if first.next else []

    assert [order.id for order in first.items] + rest == [order.id for order in reversed(orders)]


async def test_a_shop_without_orders_has_an_empty_list(shop: ShopCase) -> None:
    """And no second page of it."""
    page = await shop.order_views.list_orders(ANY, limit=20, after=None)

    assert (page.items, page.next) == ((), None)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (OrderFilter(status=OrderStatus.CONFIRMED), "b c"),
        (OrderFilter(payment_status=PaymentStatus.PAID), "c d"),
        (OrderFilter(payment_status=PaymentStatus.FAILED), "a"),
        (OrderFilter(fulfillment_status=FulfillmentStatus.READY_TO_SHIP), "b"),
        (OrderFilter(status=OrderStatus.CONFIRMED, payment_status=PaymentStatus.PAID), "c"),
        (OrderFilter(status=OrderStatus.DELIVERED, fulfillment_status=FulfillmentStatus.READY_TO_SHIP), ""),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
async def test_orders_are_narrowed_down_by_their_statuses(shop: ShopCase, wanted: OrderFilter, found: str) -> None:
    """All conditions must hold; pages of what is found go on in it."""
    orders: dict[str, Order] = {
        "a": an_order().payment_failed().build(),
        "b": an_order().paid_on_delivery().ready().build(),
        "c": an_order().paid().in_production().build(),
        "d": an_order().paid().delivered().build(),
    }
    await kept(shop, *orders.values())

    assert await leaf(shop, wanted, limit=1) == [orders[name].id for name in reversed(found.split())]


async def test_orders_are_narrowed_down_by_when_they_were_placed(shop: ShopCase) -> None:
    """From a moment on, until another one, to the microsecond, in whatever zone these are told."""
    noon = NOW + timedelta(microseconds=1)
    before, then, after = [placed_at(noon + late).build() for late in (-A_MOMENT, timedelta(0), A_MOMENT)]
    await kept(shop, before, then, after)
    in_india = noon.astimezone(timezone(timedelta(hours=5, minutes=30)))

    assert await numbers(shop, OrderFilter(since=in_india)) == [after.ext_id, then.ext_id]
    assert await numbers(shop, OrderFilter(until=in_india)) == [before.ext_id]
    assert await numbers(shop, OrderFilter(since=noon, until=noon + A_MOMENT)) == [then.ext_id]
    assert await numbers(shop, OrderFilter(since=NOW + 2 * A_MOMENT)) == []
    assert await numbers(shop, OrderFilter(since=noon, until=noon)) == []


async def test_time_has_no_edges(shop: ShopCase) -> None:
    """From the first moment to the last that can be written."""
    first, last = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    order = placed_at(NOW).build()
    await kept(shop, order)

    assert await numbers(shop, OrderFilter(since=first, until=last)) == [order.ext_id]
    assert await numbers(shop, OrderFilter(since=last)) == await numbers(shop, OrderFilter(until=first)) == []


async def test_an_order_is_found_though_its_id_is_a_little_older_or_younger(shop: ShopCase) -> None:
    """The clock of the ids is another one than the shop's."""
    early, late = [
        replace(placed_at(NOW + off), placed_at=NOW).build() for off in (-timedelta(hours=1), timedelta(hours=1))
    ]
    await kept(shop, early, late)

    assert await numbers(shop, OrderFilter(since=NOW, until=NOW + A_MOMENT)) == [late.ext_id, early.ext_id]
