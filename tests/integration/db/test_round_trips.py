"""How often the shop asks the database: what every round trip costs is paid by every customer."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from adapters.db.carts import SqlCarts
from adapters.db.catalogue_views import SqlCatalogueViews
from adapters.db.engine import Database
from adapters.db.order_numbers import SqlOrderNumbers
from adapters.db.order_views import SqlOrderViews
from adapters.db.products import SqlProducts
from domain.actor import System
from domain.inventory.reservation import ReservationStatus
from domain.ordering.order import Order
from domain.ordering.status import OrderStatus
from ports.catalogue_views import ProductFilter, ProductSort
from ports.idempotency import IdempotencyKey
from ports.order_views import OrderFilter, OrderView
from tests.builders import NOW, a_cart, a_hold, a_product, an_order, catalogue_of, shelves_for, weeks_from

pytestmark = pytest.mark.anyio

PRODUCTS = [a_product().called(f"shoe-{number}").build() for number in range(30)]
PLENTY = shelves_for(*PRODUCTS, on_hand=1_000_000)


class Trips(list[str]):
    """The statements sent on a connection, one for each round trip."""


@pytest.fixture
async def shop(postgres_url: str) -> AsyncIterator[Database]:
    """Thirty products, on one connection that has prepared nothing yet."""
    database = Database(postgres_url, pool_size=1)
    async with database.begin() as tx:
        await tx.catalogue.apply(catalogue_of(*PRODUCTS, stock=PLENTY, weeks=weeks_from(capacity=10_000)))
    yield database
    await database.close()


@asynccontextmanager
async def counted(database: Database) -> AsyncIterator[Trips]:
    """What is asked of the database in the block."""
    trips = Trips()

    def remember(query: Any) -> None:  # a class of asyncpg, which has no types
        trips.append(query.query)

    async with database.connect() as session:
        driver: Any = session.driver  # as above
    driver.add_query_logger(remember)
    try:
        yield trips
        await sleep(0)  # the driver tells at the loop's next turn
    finally:
        driver.remove_query_logger(remember)


async def place(database: Database, products: SqlProducts, numbers: SqlOrderNumbers, order: Order) -> None:
    """What placing an order asks of the database."""
    key = IdempotencyKey("orders.place:guest", str(order.id), "all of it")
    await products.named([line.product_id for line in order.lines])
    await numbers.next(NOW)
    async with database.begin() as tx:
        assert await tx.idempotency.claim(key, OrderView) is None
        reservation = await tx.reservations.hold(a_hold().of(order).build())
        assert reservation.status is ReservationStatus.HELD
        await tx.orders.add(order)
        await tx.idempotency.complete(key, OrderView.of(order))


def an_order_of(products: int) -> Order:
    """So many different pairs."""
    builder = an_order()
    for product in PRODUCTS[:products]:
        builder = builder.of(product)
    return builder.build()


@pytest.mark.parametrize("lines", [1, 20])
async def test_an_order_is_placed_in_seven_round_trips(shop: Database, lines: int) -> None:
    """However many lines it has: revision, begin, claim, hold, add, complete, and count with commit."""
    products, numbers = SqlProducts(shop), SqlOrderNumbers(shop)
    await place(shop, products, numbers, an_order_of(30))

    async with counted(shop) as trips:
        await place(shop, products, numbers, an_order_of(lines))

    assert len(trips) == 7
    assert trips[-1].startswith("SELECT count_reservation(")
    assert trips[-1].endswith("COMMIT")


async def test_order_numbers_are_fetched_by_the_score(shop: Database) -> None:
    """Two round trips for 40 numbers."""
    numbers = SqlOrderNumbers(shop)

    async with counted(shop) as trips:
        given = {await numbers.next(NOW) for _ in range(40)}

    assert len(given) == 40
    assert len(trips) == 2


async def test_products_are_loaded_once_and_checked_ever_after(shop: Database) -> None:
    """One query for many products; then one small one that says that they are still true."""
    products = SqlProducts(shop)
    slugs = [product.product_id for product in PRODUCTS]

    async with counted(shop) as cold:
        assert len(await products.named(slugs)) == 30
    async with counted(shop) as warm:
        await products.named(slugs)
        await products.find(str(PRODUCTS[3].id))

    assert len(cold) == 3
    assert warm == ["SELECT revision FROM catalogue_revision"] * 2


@pytest.mark.parametrize("limit", [1, 25])
async def test_a_page_of_products_is_one_query(shop: Database, limit: int) -> None:
    """However long it is, and so are the facets beside it."""
    views = SqlCatalogueViews(shop)
    wanted = ProductFilter(q="shoe", material="LEATHER", color_family="BROWN", min_price=1)

    async with counted(shop) as trips:
        page = await views.list_products(wanted, ProductSort.TITLE, limit=limit, after=None)
        await views.list_products(wanted, ProductSort.TITLE, limit=limit, after=page.next)
        await views.facets(wanted)

    assert len(trips) == 3


async def test_an_order_is_read_in_one_query(shop: Database) -> None:
    """With all of its lines."""
    order = an_order_of(20)
    async with shop.begin() as tx:
        await tx.orders.add(order)

    async with counted(shop) as trips:
        view = await SqlOrderViews(shop).find(order.ext_id, System())

    assert view is not None
    assert len(view.lines) == 20
    assert len(trips) == 1


@pytest.mark.parametrize("limit", [1, 25])
async def test_a_page_of_orders_is_one_query(shop: Database, limit: int) -> None:
    """However long it is, and however many lines its orders have."""
    async with shop.begin() as tx:
        for lines in (1, 20):
            await tx.orders.add(an_order_of(lines))
    views, wanted = SqlOrderViews(shop), OrderFilter(status=OrderStatus.PENDING)

    async with counted(shop) as trips:
        page = await views.list_orders(wanted, limit=limit, after=None)

    assert page.items
    assert len(trips) == 1


async def test_a_cart_is_one_query_each_way(shop: Database) -> None:
    """Found, saved and removed: no transaction around a single statement."""
    carts = SqlCarts(shop)
    cart = a_cart().of_customer().holding().build()

    async with counted(shop) as trips:
        await carts.save(cart)
        found = await carts.find(cart.owner)
        assert found is not None
        await carts.save(found)
        await carts.remove(found)

    assert len(trips) == 4


async def test_a_catalogue_is_imported_in_few_statements(shop: Database) -> None:
    """As many for thirty products as for one."""

    async def trips_for(count: int) -> Sequence[str]:
        async with counted(shop) as trips, shop.begin() as tx:
            await tx.catalogue.apply(catalogue_of(*PRODUCTS[:count]))
        return trips

    assert len(await trips_for(30)) == len(await trips_for(1)) < 25
