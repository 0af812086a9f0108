"""All of a transaction is kept, or nothing of it, and nobody sees half of one."""

from __future__ import annotations

from asyncio import CancelledError, Event, create_task, gather, wait_for
from dataclasses import dataclass
from uuid import UUID

import pytest

from domain.actor import System
from domain.errors import NotFound
from ports.idempotency import IdempotencyKey
from ports.transactions import Transaction
from tests.builders import NOW, a_design, a_hold, a_payment, a_product, a_shipment, an_order, catalogue_of
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

PRODUCT = a_product().build()
DESIGN = a_design().of(PRODUCT).build()
KEY = IdempotencyKey("orders.place:guest", "a-key", "all that was asked")
BOX = "box:standard"


@dataclass(frozen=True, slots=True)
class Done:
    """The result of the work."""

    order_id: UUID


async def write_everything(tx: Transaction) -> UUID:
    """Write by every repository; gives the order's id."""
    order = an_order().of(PRODUCT).build()
    await tx.idempotency.claim(KEY, Done)
    await tx.reservations.hold(a_hold().of(order).build())
    await tx.orders.add(order)
    await tx.payments.add(a_payment().of(order).captured().build())
    await tx.shipments.add(a_shipment().of(order).build())
    await tx.designs.save(DESIGN, NOW)
    await tx.catalogue.apply(catalogue_of(a_product().called("derby-roma").build(), stock=[], weeks=[]))
    await tx.idempotency.complete(KEY, Done(order.id))
    return order.id


async def is_untouched(shop: ShopCase, order_id: UUID) -> bool:
    """Whether the shop is as it was before anything was written, as far as anybody can see."""
    return (
        await shop.order_views.find(str(order_id), System()) is None
        and await shop.design_views.find(DESIGN.code) is None
        and await shop.products.find("derby-roma") is None
        and await shop.stock_views.available([BOX]) == {BOX: 1_000}
        and list(await shop.outbox()) == []
    )


@pytest.fixture(autouse=True)
async def catalogue(shop: ShopCase) -> None:
    """A product, and everything that it needs."""
    await shop.fill(catalogue_of(PRODUCT))


async def test_all_of_a_transaction_is_kept(shop: ShopCase) -> None:
    """At the end of the block everything is there at once."""
    async with shop.begin() as tx:
        order_id = await write_everything(tx)

    assert await shop.order_views.find(str(order_id), System()) is not None
    assert await shop.design_views.find(DESIGN.code) is not None
    assert await shop.products.find("derby-roma") is not None
    assert await shop.stock_views.available([BOX]) == {BOX: 999}
    assert [event.name for event in await shop.outbox()] == ["order.placed", "payment.captured", "shipment.requested"]
    async with shop.begin() as tx:
        assert await tx.idempotency.claim(KEY, Done) == Done(order_id)


async def test_nothing_of_a_failed_transaction_is_kept(shop: ShopCase) -> None:
    """Whatever the error, and however late."""
    order_id = None
    async with shop.failing() as tx:
        order_id = await write_everything(tx)

    assert order_id is not None
    assert await is_untouched(shop, order_id)
    async with shop.begin() as tx:
        assert await tx.idempotency.claim(KEY, Done) is None
        with pytest.raises(NotFound):
            await tx.reservations.get(order_id)


async def test_nothing_is_seen_before_it_is_committed(shop: ShopCase) -> None:
    """Views read what is certain."""
    async with shop.begin() as tx:
        order_id = await write_everything(tx)
        assert await is_untouched(shop, order_id)


async def test_nothing_of_a_cancelled_transaction_is_kept(shop: ShopCase) -> None:
    """A client that hangs up, or a task that runs out of time, leaves nothing behind and blocks nobody."""
    order_ids: list[UUID] = []
    written, never = Event(), Event()

    async def work() -> None:
        async with shop.begin() as tx:
            order_ids.append(await write_everything(tx))
            written.set()
            await never.wait()

    task = create_task(work())
    await wait_for(written.wait(), timeout=30)
    task.cancel()
    with pytest.raises(CancelledError):
        await task

    assert await is_untouched(shop, order_ids[0])
    async with shop.begin() as tx:
        await write_everything(tx)


async def test_a_transaction_reads_what_it_has_written(shop: ShopCase) -> None:
    """Before anybody else does."""
    async with shop.begin() as tx:
        order_id = await write_everything(tx)

        assert (await tx.orders.get(order_id)).id == order_id
        assert (await tx.reservations.get(order_id)).order_id == order_id
        assert await tx.payments.of_order(order_id) is not None
        assert len(await tx.shipments.of_order(order_id)) == 1
        assert "derby-roma" in (await tx.catalogue.contents()).product_ids


async def test_transactions_may_be_many_at_once(shop: ShopCase) -> None:
    """More than there are connections: each gets its turn."""

    async def place() -> UUID:
        order = an_order().of(PRODUCT).build()
        async with shop.begin() as tx:
            await tx.reservations.hold(a_hold().of(order).build())
            await tx.orders.add(order)
        return order.id

    placed = await gather(*(place() for _ in range(40)))

    assert await shop.stock_views.available([BOX]) == {BOX: 960}
    assert sorted(event.aggregate_id for event in await shop.outbox()) == sorted(placed)
