"""Keys last 24 hours, and nobody waits for one for ever."""

from __future__ import annotations

from asyncio import gather
from dataclasses import dataclass

import pytest

from adapters.db.engine import Database
from ports.idempotency import IdempotencyInFlight, IdempotencyKey
from tests.integration.db.direct import Direct

pytestmark = pytest.mark.anyio

KEY = IdempotencyKey("orders.place:guest", "a-key", "all that was asked")


@dataclass(frozen=True, slots=True)
class Done:
    """The result of some work."""

    number: int


async def do(database: Database, key: IdempotencyKey = KEY, number: int = 1) -> Done | None:
    """Do the work, unless it was done: then its first result."""
    async with database.begin() as tx:
        done = await tx.idempotency.claim(key, Done)
        if done is None:
            await tx.idempotency.complete(key, Done(number))
        return done


@pytest.mark.parametrize(("age", "first"), [("23 hours 59 minutes", Done(1)), ("24 hours 1 minute", None)])
async def test_a_key_is_kept_for_24_hours(database: Database, direct: Direct, age: str, first: Done | None) -> None:
    """Until then it gives the first result; after that the work is done anew, and kept anew."""
    await do(database)
    await direct.do(f"UPDATE idempotency_key SET created_at = now() - interval '{age}'")  # noqa: S608  # of this test

    assert await do(database, number=2) == first
    assert await do(database, number=3) == (first or Done(2))


async def test_an_old_key_may_be_used_for_something_else(database: Database, direct: Direct) -> None:
    """It counts as absent."""
    await do(database)
    await direct.do("UPDATE idempotency_key SET created_at = now() - interval '2 days'")

    assert await do(database, IdempotencyKey(KEY.scope, KEY.key, "something else")) is None


async def test_work_that_takes_too_long_is_told(postgres_url: str) -> None:
    """Who asks a second time meanwhile is not kept waiting for ever."""
    database = Database(postgres_url, lock_timeout=0.05)
    try:
        async with database.begin() as tx:
            await tx.idempotency.claim(KEY, Done)
            with pytest.raises(IdempotencyInFlight):
                await do(database)
    finally:
        await database.close()


async def test_a_result_is_given_to_many_at_once(database: Database, postgres_url: str) -> None:
    """Nobody who is told what was done holds up the next."""
    await do(database)
    impatient = Database(postgres_url, lock_timeout=0.05)
    try:
        async with database.begin() as tx:
            assert await tx.idempotency.claim(KEY, Done) == Done(1)
            assert await do(impatient) == Done(1)
    finally:
        await impatient.close()


async def test_work_that_was_never_completed_is_done_once(database: Database) -> None:
    """A claim that was committed without a result is somebody's to do, and only one's."""
    async with database.begin() as tx:
        await tx.idempotency.claim(KEY, Done)

    done = await gather(*(do(database) for _ in range(5)))

    assert sorted(done, key=str) == [Done(1)] * 4 + [None]


async def test_work_that_failed_is_done_by_who_waits(database: Database) -> None:
    """A claim that is rolled back was never made."""
    with pytest.raises(ZeroDivisionError):
        async with database.begin() as tx:
            1 // (await tx.idempotency.claim(KEY, Done) or 0)  # type: ignore[operator]  # fails, as work may

    assert await do(database) is None
