"""What the database in memory does beyond the contract that it shares with PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from adapters.memory.clock import MemoryClock
from adapters.memory.database import MemoryDatabase
from domain.ordering.events import OrderPlaced
from ports.idempotency import IdempotencyKey
from tests.builders import NOW, an_order

pytestmark = pytest.mark.anyio

KEY = IdempotencyKey("orders.place:guest", "a-key", "all that was asked")


@dataclass(frozen=True, slots=True)
class Result:
    """The result of some work."""

    text: str


@pytest.fixture
def clock() -> MemoryClock:
    """The database's clock."""
    return MemoryClock(NOW)


@pytest.fixture
def database(clock: MemoryClock) -> MemoryDatabase:
    """An empty database."""
    return MemoryDatabase(clock)


async def test_a_transaction_inside_another_is_a_mistake_that_is_told(database: MemoryDatabase) -> None:
    """It would wait for itself for ever; afterwards the database works as before."""

    async def nested() -> None:
        async with database.begin(), database.begin():
            pass

    with pytest.raises(RuntimeError):
        await nested()

    async with database.begin() as tx:
        await tx.orders.add(an_order().build())


async def test_committed_events_can_be_read_as_they_were_recorded(database: MemoryDatabase) -> None:
    """Tests look into the outbox; later they deliver it."""
    order = an_order().build()

    async with database.begin() as tx:
        await tx.orders.add(order)
        told_too_early = database.outbox

    assert told_too_early == ()
    (event,) = database.outbox
    assert isinstance(event, OrderPlaced)
    assert (event.order, event.total) == (order.ext_id, order.amounts.total.minor)


async def test_an_idempotency_key_is_kept_for_a_day(database: MemoryDatabase, clock: MemoryClock) -> None:
    """After that it is a new one."""
    async with database.begin() as tx:
        await tx.idempotency.claim(KEY, Result)
        await tx.idempotency.complete(KEY, Result("done"))

    clock.advance(timedelta(hours=24) - timedelta(seconds=1))
    async with database.begin() as tx:
        assert await tx.idempotency.claim(KEY, Result) == Result("done")
    clock.advance(timedelta(seconds=1))
    async with database.begin() as tx:
        assert await tx.idempotency.claim(KEY, Result) is None


async def test_a_result_of_another_type_is_a_mistake_that_is_told(database: MemoryDatabase) -> None:
    """Two use cases must not share a scope."""
    async with database.begin() as tx:
        await tx.idempotency.claim(KEY, Result)
        await tx.idempotency.complete(KEY, Result("done"))

    async with database.begin() as tx:
        with pytest.raises(TypeError):
            await tx.idempotency.claim(KEY, MemoryClock)


async def test_only_a_claimed_key_can_be_completed(database: MemoryDatabase) -> None:
    """A use case that forgets its claim is found out."""
    async with database.begin() as tx:
        with pytest.raises(LookupError):
            await tx.idempotency.complete(KEY, Result("done"))
