"""The pool gets over what happens to connections, and says in the shop's words what it can't get over."""

from __future__ import annotations

from asyncio import CancelledError, Event, create_task, gather, wait_for
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from adapters.db.carts import SqlCarts
from adapters.db.engine import Database, driver_url
from adapters.db.errors import ConnectionLost, DatabaseUnavailable, LockTimeout
from adapters.db.session import Statement
from bootstrap.embedded import free_port
from domain.design.design import Design
from domain.errors import InvalidValue, NotFound
from ports.transactions import Transaction
from tests.builders import NOW, a_cart, a_design, a_payment, an_order
from tests.integration.db.direct import Direct

pytestmark = pytest.mark.anyio

ONE = Statement("SELECT 1 AS one")
PID = Statement("SELECT pg_backend_pid() AS pid")
SLEEP = Statement("SELECT pg_sleep(60)")
END_ALL = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'shoes'
"""


@asynccontextmanager
async def a_database(url: str, *, pool_size: int = 2, **seconds: float) -> AsyncIterator[Database]:
    """A pool of its own settings."""
    database = Database(url, pool_size=pool_size, **seconds)  # type: ignore[arg-type]  # max_overflow is none of these
    try:
        yield database
    finally:
        await database.close()


async def is_saved(database: Database, design: Design) -> bool:
    """Whether a design is there, as others see it."""
    return bool(await database.fetch(Statement("SELECT FROM design WHERE code = :code"), code=design.code))


async def keep(tx: Transaction) -> Design:
    """Write something."""
    return (await tx.designs.save(a_design().build(), NOW)).design


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p@h:5433/d", "postgresql+asyncpg://u:p@h:5433/d"),
        ("postgresql+asyncpg://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgres://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql://u:p@h/d?sslmode=require", "postgresql+asyncpg://u:p@h/d?ssl=require"),
    ],
)
def test_urls_are_taken_as_people_have_them(url: str, expected: str) -> None:
    """With or without the driver's name, with libpq's word for TLS."""
    assert driver_url(url).render_as_string(hide_password=False) == expected


def test_another_database_is_refused_without_its_password() -> None:
    """A wrong setting is told, a secret isn't."""
    with pytest.raises(ValueError, match="not the URL of a PostgreSQL") as refusal:
        driver_url("mysql://u:secret@h/d")

    assert "secret" not in str(refusal.value)


async def test_lost_connections_are_replaced_before_a_transaction(database: Database, direct: Direct) -> None:
    """After a restart of the server the next transaction finds every pooled connection dead, and works."""
    await gather(*(database.ping() for _ in range(5)))
    await direct.do(END_ALL)

    async with database.begin() as tx:
        design = await keep(tx)

    assert await is_saved(database, design)


async def test_lost_connections_are_replaced_before_a_read(database: Database, direct: Direct) -> None:
    """A read is asked again."""
    await gather(*(database.ping() for _ in range(5)))
    await direct.do(END_ALL)

    assert await database.fetch(ONE)


async def test_a_connection_that_is_known_to_be_lost_is_not_handed_out(postgres_url: str, direct: Direct) -> None:
    """A single write is not tried again, because it may have been done; so it gets a living connection."""
    cart = a_cart().of_customer().build()
    async with a_database(postgres_url, pool_size=1) as database:
        async with database.connect() as session:
            driver: Any = session.driver  # a class of asyncpg, which has no types
            ended = Event()
            driver.add_termination_listener(lambda _: ended.set())
        await direct.do(END_ALL)
        await wait_for(ended.wait(), timeout=30)

        await SqlCarts(database).save(cart)

    assert cart.version == 1


async def test_a_connection_lost_within_a_transaction_keeps_nothing(database: Database, direct: Direct) -> None:
    """What was written before is rolled back; nothing is tried again behind the use case's back."""

    async def write_twice() -> None:
        async with database.begin() as tx:
            await keep(tx)
            await direct.do(END_ALL)
            await keep(tx)

    with pytest.raises(ConnectionLost):
        await write_twice()

    assert not await is_saved(database, a_design().build())


async def test_a_connection_lost_at_the_commit_is_said_to_be_unknown(database: Database, direct: Direct) -> None:
    """The caller must not take it for done, nor for undone."""

    async def write() -> None:
        async with database.begin() as tx:
            await keep(tx)
            await direct.do(END_ALL)

    with pytest.raises(ConnectionLost, match="unknown"):
        await write()


async def test_a_lost_connection_gives_its_place_back(postgres_url: str, direct: Direct) -> None:
    """Again and again: a pool of one never runs dry."""

    async def lose_it(database: Database) -> None:
        async with database.begin() as tx:
            await keep(tx)
            await direct.do(END_ALL)

    async with a_database(postgres_url, pool_size=1, pool_timeout=1.0) as database:
        for _ in range(3):
            with pytest.raises(ConnectionLost):
                await lose_it(database)

        assert not await is_saved(database, a_design().build())


async def test_two_tasks_on_one_transaction_are_a_mistake(database: Database) -> None:
    """It is told as one, not as a failure of the database that goes by."""
    async with database.begin() as tx:
        outcomes = await gather(keep(tx), keep(tx), return_exceptions=True)

    assert [type(outcome).__name__ for outcome in outcomes] == ["Design", "InterfaceError"]


async def test_text_that_cannot_be_kept_is_refused(database: Database) -> None:
    """PostgreSQL has no text with a null byte in it; an edge that lets one through gets a plain answer."""
    with pytest.raises(InvalidValue):
        async with database.begin() as tx:
            await tx.orders.add(an_order().noting("a null \x00 byte").build())


async def test_the_error_of_the_block_is_the_one_that_is_raised(database: Database, direct: Direct) -> None:
    """Even when rolling back fails too."""

    async def fail() -> None:
        async with database.begin() as tx:
            await keep(tx)
            await direct.do(END_ALL)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    assert await database.fetch(ONE)


async def test_a_failed_statement_cannot_be_committed(database: Database) -> None:
    """PostgreSQL would roll back and say so politely: here it is an error."""

    async def swallow_an_error() -> None:
        async with database.begin() as tx:
            await keep(tx)
            with suppress(NotFound):
                await tx.payments.add(a_payment().build())

    with pytest.raises(RuntimeError, match="can't be committed"):
        await swallow_an_error()

    assert not await is_saved(database, a_design().build())


async def test_no_server_is_said_so(postgres_url: str) -> None:
    """Neither the address nor the password gets into the message."""
    url = f"postgresql://shoes:secret@127.0.0.1:{free_port()}/shoes"
    async with a_database(url) as database:
        with pytest.raises(DatabaseUnavailable) as refusal:
            await database.ping()
        with pytest.raises(DatabaseUnavailable):
            async with database.begin():
                pass

    assert "secret" not in str(refusal.value)


async def test_a_server_that_lets_nobody_in_is_said_so(postgres_url: str) -> None:
    """It is shutting down, starting up, or does not know us."""
    async with a_database(f"{postgres_url}_of_nobody") as database:
        with pytest.raises(DatabaseUnavailable, match="InvalidCatalogNameError"):
            await database.fetch(ONE)
        with pytest.raises(DatabaseUnavailable):
            async with database.begin():
                pass


async def test_a_full_pool_refuses_after_a_while(postgres_url: str) -> None:
    """Who can't get a connection in time is told to come back."""
    async with a_database(postgres_url, pool_size=1, pool_timeout=0.05) as database:
        async with database.begin():
            with pytest.raises(DatabaseUnavailable, match="every connection is in use"):
                await database.ping()

        await database.ping()


async def test_a_slow_statement_is_given_up(postgres_url: str) -> None:
    """It doesn't hold a connection for ever, and the connection serves again."""
    async with a_database(postgres_url, pool_size=1, statement_timeout=0.05) as database:
        with pytest.raises(DatabaseUnavailable, match="took too long"):
            await database.fetch(SLEEP)

        await database.ping()


async def test_a_long_wait_for_a_row_is_given_up(postgres_url: str, direct: Direct) -> None:
    """A transaction that hangs doesn't take all others with it."""
    await direct.do("BEGIN; LOCK TABLE design")
    async with a_database(postgres_url, lock_timeout=0.05) as database:
        with pytest.raises(LockTimeout):
            async with database.begin() as tx:
                await keep(tx)


async def test_messages_say_nothing_of_the_statement(postgres_url: str, direct: Direct) -> None:
    """Neither SQL nor the values of a customer: they end up in logs."""
    await direct.do("BEGIN; LOCK TABLE design")
    async with a_database(postgres_url, lock_timeout=0.05) as database:
        with pytest.raises(DatabaseUnavailable) as refusal:
            async with database.begin() as tx:
                await keep(tx)

    told = f"{refusal.value} {refusal.value.__cause__} {refusal.value.__suppress_context__}"
    assert "INSERT" not in told
    assert "CAPTOE" not in told
    assert refusal.value.__suppress_context__, "a traceback would print what PostgreSQL said"


async def test_a_cancelled_statement_leaves_a_usable_connection(postgres_url: str) -> None:
    """A client that hangs up costs nobody else anything."""
    async with a_database(postgres_url, pool_size=1) as database:
        started = Event()

        async def sleep() -> None:
            async with database.connect() as session:
                started.set()
                await session.rows(SLEEP)

        task = create_task(sleep())
        await started.wait()
        task.cancel()
        with pytest.raises(CancelledError):
            await task

        await database.ping()


async def test_reads_begin_no_transaction(database: Database) -> None:
    """One round trip a read: two reads on a connection have two transaction ids at hand, not one open one."""
    async with database.connect() as session:
        await session.rows(ONE)
        assert not session.driver.is_in_transaction()


async def test_a_connection_is_used_again(postgres_url: str) -> None:
    """Connecting takes a hundred times as long as a small statement."""
    async with a_database(postgres_url, pool_size=3) as database:
        pids = {(await database.fetch(PID))[0]["pid"] for _ in range(10)}

    assert len(pids) == 1
