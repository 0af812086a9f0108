"""A live shop with everything that a test of faults does to it: levels, customers, a look into its books."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import asyncpg
import uvloop

from bootstrap.adapters import Adapters, opened
from bootstrap.catalogue import import_shipped
from bootstrap.container import Shop
from bootstrap.embedded import EmbeddedPostgres, EmbeddedRedis
from bootstrap.saga import Saga
from domain.catalogue.product import Product
from domain.inventory.capacity import Week, WeekCapacity, earliest_week
from domain.inventory.stock import StockItem
from ports.catalogue_store import CatalogueChange
from tests.faults.books import Books, contradictions, is_quiet, loose_ends, read_books
from tests.faults.door import Door
from tests.harness.live import SHOES, Cast, LiveShop, live_shop
from tests.harness.postgres import make_template
from tests.harness.slow_wire import Wire, slow_wire

T = TypeVar("T")

PROCESSES: Final = 3
LEAST, MOST = 0.005, 0.050  # seconds that everything sent over the slow wire waits
PLENTY: Final = 1_000_000_000  # dm², soles, boxes
ROOMY: Final = 10_000_000  # pairs a week
_LOOK_AGAIN: Final = 0.05  # seconds


@dataclass(frozen=True, slots=True)
class Ground:
    """What a market stands on. `wires` lead to its database, by the commands of those who go over them."""

    postgres: EmbeddedPostgres
    redis: EmbeddedRedis
    database_url: str
    wires: Mapping[str, Wire] = field(default_factory=dict)


class Market:
    """Several API processes on one database."""

    def __init__(
        self, shop: LiveShop, ground: Ground, adapters: Adapters, books: asyncpg.Connection, runner: asyncio.Runner
    ) -> None:
        self.shop = shop
        self.ground = ground
        self._doors: list[Door] = []
        self.doors = tuple(map(self.door_to, shop.urls))
        self.adapters = adapters
        self.saga = Saga(ports=adapters)
        self._books = books
        self._runner = runner

    def close(self) -> None:
        """Hang up."""
        for door in self._doors:
            door.close()
        self.run(self._books.close())

    def door_to(self, url: str) -> Door:
        """A way into some server, for as long as the market is open."""
        self._doors.append(Door(url))
        return self._doors[-1]

    def run(self, work: Coroutine[Any, Any, T]) -> T:  # Any: what a coroutine is sent and yields
        """Do something asynchronous to the end."""
        return self._runner.run(work)

    def run_during(self, act: Callable[[], None], work: Coroutine[Any, Any, T]) -> T:  # Any: as above
        """The same, while `act` goes on: in this thread, because it is the one that may start servers."""
        with ThreadPoolExecutor(1) as beside:
            going_on = beside.submit(self.run, work)
            act()
            return going_on.result()

    def books(self) -> Books:
        """What is promised and how many rows there are."""
        return self.run(read_books(self._books))

    def contradictions(self) -> dict[str, list[str]]:
        """What may never be in the database; empty in a shop in order."""
        return self.run(contradictions(self._books))

    def loose_ends(self) -> dict[str, list[str]]:
        """What may not be there any more once the shop has come to rest; empty when all is done."""
        return self.run(loose_ends(self._books, self.saga.subscriptions()))

    async def is_quiet(self) -> bool:
        """Whether nothing is left for relays and workers to do now."""
        return await is_quiet(self._books)

    def come_to_rest(
        self, is_at_rest: Callable[[], Coroutine[Any, Any, bool]] | None = None, *, within: float = 60.0
    ) -> float:
        """Wait until every event is handled; returns after how many seconds. AssertionError with what is left.

        Where third parties may have something to tell, `is_at_rest` knows when they have not.
        """
        try:
            return self.wait_until(is_at_rest or self.is_quiet, within)
        except AssertionError:
            raise AssertionError(f"not at rest after {within:.0f} s: {self.loose_ends()}") from None

    def wait_until(
        self, is_so: Callable[[], Coroutine[Any, Any, bool]], within: float = 60.0
    ) -> float:  # Any: as above
        """Look again and again; returns after how many seconds. AssertionError when it doesn't come to that."""
        began = time.monotonic()
        while not self.run(is_so()):
            assert time.monotonic() - began < within, f"not so after {within:.0f} s"
            time.sleep(_LOOK_AGAIN)
        return time.monotonic() - began

    def look(self, sql: str, *values: object) -> list[tuple[Any, ...]]:  # Any: what the columns hold
        """Rows of the database."""
        return [tuple(row) for row in self.run(self._books.fetch(sql, *values))]

    async def count(self, rows: str) -> int:
        """How many there are: a table, perhaps with a WHERE."""
        return int(await self._books.fetchval(f"SELECT count(*) FROM {rows}"))  # noqa: S608  # the tests' own words

    def reopen_books(self) -> None:
        """After the database was away."""
        self.run(self._reopen())

    async def _reopen(self) -> None:
        self._books.terminate()
        self._books = await asyncpg.connect(self.ground.database_url)

    def kept_under(self, keys: Iterable[str]) -> int:
        """How many of these idempotency keys the database knows."""
        [[known]] = self.look("SELECT count(*) FROM idempotency_key WHERE key = ANY($1)", list(keys))
        return int(known)

    def products(self) -> list[Product]:
        """Everything that is sold, by slug."""
        return self.run(self._products())

    def sell(self, products: Sequence[Product]) -> None:
        """Put further products on sale, made of options that are there."""
        self.run(self._apply(CatalogueChange(products=products)))

    def fill(self) -> Week:
        """Components and weeks for any number of orders; returns the first week that can be promised of them all."""
        return self.run(self._fill())

    def leave(self, sku: str, available: int) -> None:
        """Leave so much of one component."""
        self.run(self._leave(sku, available))

    def open_only(self, week: Week, pairs: int) -> None:
        """Leave room for `pairs` in that week, and none in any other."""
        self.run(self._open_only(week, pairs))

    def forget_carts_and_caches(self) -> None:
        """Empty Redis."""
        self.run(self._forget())

    async def _forget(self) -> None:
        await self.adapters.redis().flushall()

    async def _products(self) -> list[Product]:
        async with self.adapters.begin()() as tx:
            slugs = (await tx.catalogue.contents()).product_ids
        products = await self.adapters.products().named(slugs.keys())
        return [products[slug] for slug in sorted(products)]

    async def _apply(self, change: CatalogueChange) -> None:
        async with self.adapters.begin()() as tx:
            await tx.catalogue.apply(change)

    async def _stock(self) -> list[StockItem]:
        rows = await self._books.fetch("SELECT sku, unit, on_hand, reserved FROM stock_item")
        return [StockItem(row["sku"], row["unit"], row["on_hand"], row["reserved"]) for row in rows]

    async def _weeks(self) -> list[WeekCapacity]:
        rows = await self._books.fetch("SELECT monday, capacity, booked FROM week_capacity ORDER BY monday")
        return [WeekCapacity(Week(row["monday"]), row["capacity"], row["booked"]) for row in rows]

    async def _fill(self) -> Week:
        stock = [StockItem(item.sku, item.unit, PLENTY, item.reserved) for item in await self._stock()]
        weeks = [WeekCapacity(each.week, ROOMY, each.booked) for each in await self._weeks()]
        await self._apply(CatalogueChange(stock=stock, weeks=weeks))
        slowest = max(product.lead_time_days for product in await self._products())
        return earliest_week(datetime.now(UTC), slowest).next()  # not this one: midnight may pass meanwhile

    async def _leave(self, sku: str, available: int) -> None:
        [item] = [item for item in await self._stock() if item.sku == sku]
        level = StockItem(sku, item.unit, item.reserved + available, item.reserved)
        await self._apply(CatalogueChange(stock=[level]))

    async def _open_only(self, week: Week, pairs: int) -> None:
        weeks = await self._weeks()
        room = [
            WeekCapacity(each.week, each.booked + (pairs if each.week == week else 0), each.booked) for each in weeks
        ]
        await self._apply(CatalogueChange(weeks=room))


@contextmanager
def open_market(
    directory: Path,
    *,
    slow: bool,
    saga: Sequence[str] = (),
    program: Sequence[str] = SHOES,
    wired: Collection[str] = (),
    **settings: str,
) -> Iterator[Market]:
    """A new shop with servers of its own: catalogue imported, processes running.

    `saga` and `program` as in Cast. All processes of each command in `wired` share a wire to the database, which
    can be cut; `slow`: the APIs are wired, and every wire delays. The servers that other tests
    share would have too few connections for three processes.
    """
    with ExitStack() as stack:
        # What they keep survives their own death, though not that of the machine.
        durable = {"synchronous_commit": "on"}
        postgres = EmbeddedPostgres.throwaway(directory / "postgres", max_connections="200", **durable)
        redis = EmbeddedRedis.throwaway(directory / "redis", appendonly="yes")
        for server in (postgres, redis):
            stack.callback(server.stop)
            server.start()
        database_url = make_template(postgres.url)
        least, most = (LEAST, MOST) if slow else (0.0, 0.0)
        commands = {*wired, "serve"} if slow else {*wired}
        wires = {each: stack.enter_context(slow_wire(database_url, least=least, most=most)) for each in commands}
        shop = stack.enter_context(
            live_shop(
                directory,
                database_url=database_url,
                redis_url=redis.url,
                cast=Cast(apis=PROCESSES, saga=saga, program=program),
                detours={command: wire.url for command, wire in wires.items()},
                **settings,
            )
        )
        runner = stack.enter_context(asyncio.Runner(loop_factory=uvloop.new_event_loop))
        closing = AsyncExitStack()
        stack.callback(lambda: runner.run(closing.aclose()))
        adapters = Adapters(settings=shop.settings)
        books = runner.run(_open(closing, adapters, database_url))
        market = Market(shop, Ground(postgres, redis, database_url, wires), adapters, books, runner)
        stack.callback(market.close)
        yield market


async def _open(closing: AsyncExitStack, adapters: Adapters, database_url: str) -> asyncpg.Connection:
    await closing.enter_async_context(opened(adapters))
    await import_shipped(Shop(ports=adapters))
    return await asyncpg.connect(database_url)
