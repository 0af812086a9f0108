"""Counters stay right however many hold at once, where there is plenty and where there is not."""

from __future__ import annotations

from asyncio import Event, create_task, gather
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from adapters.db.engine import Database
from adapters.db.errors import DatabaseUnavailable
from adapters.db.session import Statement
from domain.inventory.errors import CapacityExhausted, OutOfStock
from ports.catalogue_store import CatalogueChange
from ports.reservations import HoldRequest
from tests.builders import a_hold, a_stock_item, a_week, fresh_id, weeks_from
from tests.integration.db.direct import Direct

pytestmark = pytest.mark.anyio

BOX, SOLE, LEATHER = "box:standard", "sole:GOODYEAR:42", "leather:CALF-COGNAC"
PAIR = {LEATHER: 24, SOLE: 1, BOX: 1}
TICKETS = """
    SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
WAITING = TICKETS.replace("AND granted", "AND NOT granted")
COUNTED = """
    SELECT s.sku, s.reserved, coalesce(sum(i.quantity) FILTER (WHERE r.status <> 'RELEASED'), 0)
    FROM stock_item s LEFT JOIN reservation_item i USING (sku) LEFT JOIN reservation r USING (order_id)
    GROUP BY s.sku, s.reserved
    UNION ALL
    SELECT w.monday::text, w.booked, coalesce(sum(r.pairs) FILTER (WHERE r.status <> 'RELEASED'), 0)
    FROM week_capacity w LEFT JOIN reservation r ON r.week = w.monday GROUP BY w.monday, w.booked
"""


@pytest.fixture
async def processes(postgres_url: str) -> AsyncIterator[list[Database]]:
    """Three pools, as three processes have them."""
    async with AsyncExitStack() as stack:
        databases = [Database(postgres_url, pool_size=8) for _ in range(3)]
        for database in databases:
            stack.push_async_callback(database.close)
        yield databases


async def put(database: Database, change: CatalogueChange) -> None:
    """Set levels and weeks."""
    async with database.begin() as tx:
        await tx.catalogue.apply(change)


async def hold(database: Database, request: HoldRequest) -> str:
    """Hold in a transaction of its own: "held", or the code of the refusal, which names what is missing."""
    try:
        async with database.begin() as tx:
            await tx.reservations.hold(request)
    except OutOfStock as refusal:
        return refusal.code if refusal.skus else "out of what?"
    except CapacityExhausted as refusal:
        return refusal.code
    return "held"


async def assert_counted(direct: Direct) -> None:
    """Every counter is the sum of what is held."""
    rows = await direct.rows(COUNTED)
    assert rows
    assert [(name, counter) for name, counter, _ in rows] == [(name, held) for name, _, held in rows]


async def test_from_plenty_to_nothing_every_pair_is_counted_once(processes: list[Database], direct: Direct) -> None:
    """500 orders for 400 pairs, the first of them where nobody locks, the last where everybody does."""
    levels = [a_stock_item(LEATHER, 24 * 400), a_stock_item(SOLE, 1_000), a_stock_item(BOX, 1_000)]
    await put(processes[0], CatalogueChange(stock=levels, weeks=weeks_from(count=4, capacity=350)))

    ended = await gather(
        *(hold(processes[n % 3], a_hold().needing(PAIR).for_order(fresh_id()).build()) for n in range(500))
    )

    assert ended.count("held") == 400
    assert ended.count("out-of-stock") == 100
    await assert_counted(direct)
    assert await direct.value("SELECT sum(booked) FROM week_capacity") == 400


async def test_orders_of_different_queues_share_the_last_pieces(processes: list[Database], direct: Direct) -> None:
    """Who needs no box queues elsewhere, and takes the same leather: exactly what there is, without a deadlock."""
    levels = [a_stock_item(LEATHER, 24 * 50), a_stock_item(SOLE, 60), a_stock_item(BOX, 60)]
    await put(processes[0], CatalogueChange(stock=levels, weeks=weeks_from(count=2, capacity=200)))
    needs = [PAIR, {SOLE: 1, LEATHER: 24}, {LEATHER: 24}]

    ended = await gather(
        *(hold(processes[n % 3], a_hold().needing(needs[n % 3]).for_order(fresh_id()).build()) for n in range(90))
    )

    assert (ended.count("held"), ended.count("out-of-stock")) == (50, 40)
    await assert_counted(direct)


async def test_weeks_fill_up_one_after_the_other(processes: list[Database], direct: Direct) -> None:
    """Whoever finds a week filled by others takes the next; only after the last week is there none."""
    await put(processes[0], CatalogueChange(stock=[a_stock_item(BOX, 10_000)], weeks=weeks_from(count=3, capacity=30)))

    ended = await gather(*(hold(processes[n % 3], a_hold().for_order(fresh_id()).build()) for n in range(120)))

    assert (ended.count("held"), ended.count("capacity-exhausted")) == (90, 30)
    assert await direct.rows("SELECT booked FROM week_capacity") == [(30,)] * 3
    await assert_counted(direct)


async def test_holding_and_releasing_at_once_leaves_the_sum_right(processes: list[Database], direct: Direct) -> None:
    """Cancelled orders give back what others take, without a deadlock."""
    levels = [a_stock_item(sku, 5_000) for sku in PAIR]
    await put(processes[0], CatalogueChange(stock=levels, weeks=weeks_from(count=2, capacity=300)))
    kept = [fresh_id() for _ in range(60)]
    for order_id in kept:
        await hold(processes[0], a_hold().needing(PAIR).for_order(order_id).build())

    async def release(database: Database, number: int) -> None:
        async with database.begin() as tx:
            reservation = await tx.reservations.get(kept[number])
            reservation.release()
            await tx.reservations.save(reservation)

    backwards = dict(reversed(PAIR.items()))
    await gather(
        *(release(processes[n % 3], n) for n in range(60)),
        *(hold(processes[n % 3], a_hold().needing(backwards).for_order(fresh_id()).build()) for n in range(60)),
    )

    await assert_counted(direct)
    assert await direct.value("SELECT reserved FROM stock_item WHERE sku = $1", BOX) == 60


async def test_no_more_is_on_the_way_than_there_is(processes: list[Database], direct: Direct) -> None:
    """Four orders that are not committed yet may take everything: the fifth waits to hear what is left."""
    await put(processes[0], CatalogueChange(stock=[a_stock_item(BOX, 64)], weeks=[a_week(capacity=1_000)]))
    sixteen = a_hold().needing({BOX: 16})

    async with AsyncExitStack() as on_the_way:
        for _ in range(4):
            tx = await on_the_way.enter_async_context(processes[0].begin())
            await tx.reservations.hold(sixteen.for_order(fresh_id()).build())
        fifth = create_task(hold(processes[1], a_hold().needing({BOX: 1}).build()))
        while not (fifth.done() or await direct.value(WAITING)):
            pass
        assert not fifth.done()

    assert await fifth == "out-of-stock"
    await assert_counted(direct)


async def test_the_last_pieces_are_not_waited_for_by_who_needs_others(processes: list[Database]) -> None:
    """The last soles of one size hold up the orders for these soles, and no other order."""
    stock = [a_stock_item(SOLE, 1), a_stock_item("sole:RUBBER:42", 1_000), a_stock_item(BOX, 1_000)]
    await put(processes[0], CatalogueChange(stock=stock, weeks=[a_week(capacity=1_000)]))

    async with processes[0].begin() as tx:
        await tx.reservations.hold(a_hold().needing({SOLE: 1, BOX: 1}).build())

        assert await hold(processes[1], a_hold().needing({"sole:RUBBER:42": 1, BOX: 1}).build()) == "held"


async def test_where_there_is_plenty_nobody_waits_for_anybody(processes: list[Database]) -> None:
    """An order that takes its time does not hold up the box and the week that every other needs."""
    await put(processes[0], CatalogueChange(stock=[a_stock_item(BOX, 1_000)], weeks=[a_week(capacity=1_000)]))
    held, finish = Event(), Event()

    async def slow() -> None:
        async with processes[0].begin() as tx:
            await tx.reservations.hold(a_hold().for_order(fresh_id()).build())
            held.set()
            await finish.wait()

    task = create_task(slow())
    await held.wait()

    assert await hold(processes[1], a_hold().build()) == "held"
    finish.set()
    await task


@pytest.mark.parametrize("left", [{LEATHER: 100, SOLE: 100, BOX: 2}, dict.fromkeys(PAIR, 100)], ids=["box", "week"])
async def test_who_is_refused_holds_nobody_up(processes: list[Database], direct: Direct, left: dict[str, int]) -> None:
    """Who hears that it is too late keeps no ticket, not even until the end of the transaction."""
    levels = [a_stock_item(sku, on_hand) for sku, on_hand in left.items()]
    await put(processes[0], CatalogueChange(stock=levels, weeks=[a_week(capacity=2)]))
    two_pairs = a_hold().needing({**PAIR, BOX: 2}).of_pairs(2)

    async def refused() -> None:
        async with processes[1].begin() as tx:
            with pytest.raises((OutOfStock, CapacityExhausted)):
                await tx.reservations.hold(two_pairs.for_order(fresh_id()).build())
            assert await direct.value(TICKETS) == 0

    async with processes[0].begin() as tx:
        await tx.reservations.hold(two_pairs.for_order(fresh_id()).build())
        waiting = create_task(refused())
        while not (waiting.done() or await direct.value(WAITING)):
            pass
    await waiting


async def test_plenty_that_is_gone_at_the_commit_keeps_nothing(processes: list[Database], direct: Direct) -> None:
    """Should the stock be counted down meanwhile, nothing is promised twice: the order is to be tried again."""
    await put(processes[0], CatalogueChange(stock=[a_stock_item(BOX, 1_000)], weeks=[a_week(capacity=1_000)]))

    async def overtaken() -> None:
        async with processes[0].begin() as tx:
            await tx.reservations.hold(a_hold().for_order(fresh_id()).build())
            await put(processes[1], CatalogueChange(stock=[a_stock_item(BOX, 0)]))

    with pytest.raises(DatabaseUnavailable, match="lost a race"):
        await overtaken()

    assert await direct.value("SELECT count(*) FROM reservation") == 0
    await processes[0].ping()


async def test_what_was_put_off_is_done_before_it_is_read(processes: list[Database], direct: Direct) -> None:
    """Within the transaction, too, the counters tell what is held: holding and letting go adds up to nothing."""
    await put(processes[0], CatalogueChange(stock=[a_stock_item(BOX, 1_000)], weeks=[a_week(capacity=1_000)]))

    async with processes[0].begin() as tx:
        reservation = await tx.reservations.hold(a_hold().build())
        assert (await tx.catalogue.contents()).reserved == {BOX: 1}
        reservation.release()
        await tx.reservations.save(reservation)

    assert await direct.rows("SELECT reserved FROM stock_item") == [(0,)]
    await assert_counted(direct)


async def test_a_hold_that_is_rolled_back_is_not_counted(processes: list[Database], direct: Direct) -> None:
    """What was put off for the commit is forgotten without one, also by the next who has the connection."""
    await put(processes[0], CatalogueChange(stock=[a_stock_item(BOX, 1_000)], weeks=[a_week(capacity=1_000)]))

    async def fail() -> None:
        async with processes[0].begin() as tx:
            await tx.reservations.hold(a_hold().build())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with processes[0].begin():
        pass

    await assert_counted(direct)
    assert await processes[0].fetch(Statement("SELECT FROM reservation")) == []
