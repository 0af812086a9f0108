"""The migrations make what the tables say, from nothing and back, whoever runs them at the same time."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Iterator
from typing import Any, Final

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, pool
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.db.engine import Database, driver_url
from adapters.db.migrations import downgrade, is_current, upgrade
from adapters.db.tables import METADATA
from domain.payments.refund import RefundState
from tests.builders import NOW, a_hold, a_payment, a_product, a_shipment, an_order, catalogue_of
from tests.harness.postgres import Databases
from tests.integration.db.direct import Direct

pytestmark = pytest.mark.anyio

# Everything that PostgreSQL knows about the schema, in its own words.
_COLUMNS: Final = """
    SELECT table_name, column_name, ordinal_position, data_type, udt_name, is_nullable, column_default,
           generation_expression
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> 'alembic_version' ORDER BY 1, 3
"""
_CONSTRAINTS: Final = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version' ORDER BY 1, 2
"""
_INDEXES: Final = """
    SELECT tablename, indexname, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1, 2
"""
_SEQUENCES: Final = "SELECT sequencename, start_value, increment_by FROM pg_sequences"
_STORAGE: Final = "SELECT relname, reloptions::text FROM pg_class WHERE reloptions IS NOT NULL ORDER BY 1"
_TABLES: Final = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"


@pytest.fixture
def blank_url(databases: Databases) -> Iterator[str]:
    """A database with nothing in it."""
    with databases.blank() as url:
        yield url


async def schema_of(url: str) -> list[Any]:
    """The schema, as it is compared."""
    direct = await Direct.to(url)
    try:
        return [await direct.rows(sql) for sql in (_COLUMNS, _CONSTRAINTS, _INDEXES, _SEQUENCES, _STORAGE)]
    finally:
        await direct.close()


async def on_engine(url: str, run: Any) -> Any:  # a function of a sync connection, and what it gives
    """Run something that SQLAlchemy and Alembic only do on a synchronous connection."""
    engine = create_async_engine(driver_url(url), poolclass=pool.NullPool)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(run)
    finally:
        await engine.dispose()


async def fill(url: str) -> None:
    """A row in about every table."""
    order = an_order().build()
    database = Database(url)
    try:
        async with database.begin() as tx:
            await tx.catalogue.apply(catalogue_of(a_product().with_everything().build()))
            await tx.reservations.hold(a_hold().of(order).build())
            await tx.orders.add(order)
            refunded = a_payment().of(order).captured().refunding(100).refunding(50, RefundState.PENDING)
            await tx.payments.add(refunded.paid_twice(100).build())
            await tx.shipments.add(a_shipment().of(order).booked().build())
            await tx.mail_addresses.mark_undeliverable(order.buyer.email, "bounced", NOW)
    finally:
        await database.close()


async def test_up_down_and_up_again_with_data(blank_url: str) -> None:
    """Going back leaves nothing, and coming again makes the same schema."""
    await upgrade(blank_url)
    first = await schema_of(blank_url)
    await fill(blank_url)

    await downgrade(blank_url)
    direct = await Direct.to(blank_url)
    assert await direct.value(_TABLES) == 0
    await direct.close()

    await upgrade(blank_url)
    assert await schema_of(blank_url) == first
    await fill(blank_url)


async def test_refunds_of_an_older_shop_are_followed_up(blank_url: str) -> None:
    """They were first attempts at the money that counts; a later shop's surplus is none of an older one's business."""
    await upgrade(blank_url)
    await fill(blank_url)
    direct = await Direct.to(blank_url)
    await downgrade(blank_url, "0002")
    assert await direct.rows("SELECT amount, state FROM refund ORDER BY amount") == [
        (50, "REQUESTED"),
        (100, "REQUESTED"),
    ]

    await upgrade(blank_url)

    followed = await direct.rows("""
        SELECT r.attempt, r.is_surplus, r.failure, r.ask_at <= now(), r.provider_payment_id = p.provider_payment_id
        FROM refund r JOIN payment p ON p.id = r.payment_id
    """)
    assert followed == [(1, False, None, True, True)] * 2
    await direct.close()


async def test_upgrading_twice_changes_nothing(blank_url: str) -> None:
    """Every start of the shop migrates; data stays."""
    await upgrade(blank_url)
    await fill(blank_url)

    await upgrade(blank_url)

    direct = await Direct.to(blank_url)
    assert await direct.value("SELECT count(*) FROM orders") == 1
    await direct.close()


async def test_an_old_schema_is_told_from_the_current_one(blank_url: str) -> None:
    """Who serves or diagnoses asks before the first statement fails."""
    assert not await is_current(blank_url)

    await upgrade(blank_url)

    assert await is_current(blank_url)


async def test_processes_that_start_together_take_turns(blank_url: str) -> None:
    """Each finds the schema made when its call returns; none fails on what another is making."""
    await gather(*(upgrade(blank_url) for _ in range(6)))

    await fill(blank_url)


async def test_the_migrated_schema_is_that_of_the_tables(blank_url: str, fresh_postgres_url: str) -> None:
    """Columns, keys, CHECKs word for word, indexes, sequences: made by the migrations as by the tables."""
    await on_engine(blank_url, METADATA.create_all)

    for migrated, declared in zip(await schema_of(fresh_postgres_url), await schema_of(blank_url), strict=True):
        assert migrated == declared


async def test_alembic_finds_no_difference(fresh_postgres_url: str) -> None:
    """The next revision can be begun by autogeneration without old differences in it."""

    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, METADATA))

    assert await on_engine(fresh_postgres_url, differences) == []


def test_every_constraint_is_named_by_the_convention() -> None:
    """Names are what `errors.CONSTRAINTS` and messages go by: none is left to PostgreSQL."""
    names = [constraint.name for table in METADATA.tables.values() for constraint in table.constraints]

    assert all(names)
    assert {str(name).partition("_")[0] for name in names} <= {"pk", "fk", "uq", "ck"}
