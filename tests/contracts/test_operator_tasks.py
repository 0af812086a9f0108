"""Work for people is kept once, and told of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.operations.task import OperatorTask, TaskKind
from ports.errors import StaleAggregate
from tests.builders import NOW, an_order, fresh_id
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio


def a_task(subject: str = "order IS-2026-000001", kind: TaskKind = TaskKind.BOOKING_IMPOSSIBLE) -> OperatorTask:
    """A task of which nobody knows yet."""
    return OperatorTask.open(id=fresh_id(), kind=kind, subject=subject, detail="no courier goes there", at=NOW)


async def add(shop: ShopCase, task: OperatorTask) -> None:
    """Keep a task."""
    async with shop.begin() as tx:
        await tx.tasks.add(task)


async def test_a_task_comes_back_as_it_was_kept(shop: ShopCase) -> None:
    """With every field."""
    order = an_order().build()
    task = OperatorTask.open(
        id=fresh_id(), kind=TaskKind.REFUND_FAILED, subject="a refund", detail="why", at=NOW, order_id=order.id
    )
    async with shop.begin() as tx:
        await tx.orders.add(order)
        await tx.tasks.add(task)

    async with shop.begin() as tx:
        kept = await tx.tasks.get(task.id)

    fields = ("id", "kind", "subject", "order_id", "detail", "opened_at", "done_at", "version")
    assert [getattr(kept, name) for name in fields] == [getattr(task, name) for name in fields]


async def test_the_operator_is_told(shop: ShopCase) -> None:
    """By an event, in the same transaction."""
    task = a_task()
    await add(shop, task)

    told = await shop.outbox()

    assert [(event.name, event.aggregate_id) for event in told] == [("operator_task.opened", task.id)]


async def test_the_same_thing_is_asked_for_once(shop: ShopCase) -> None:
    """While it is open: a second task of its kind and subject is neither kept nor told."""
    first = a_task()
    for task in (first, a_task(), a_task(kind=TaskKind.PARCEL_LOST), a_task(subject="order IS-2026-000002")):
        await add(shop, task)

    assert len(await shop.operator_task_views.open_tasks(10)) == 3
    assert len(await shop.outbox()) == 3

    async with shop.begin() as tx:
        kept = await tx.tasks.get(first.id)
        kept.finish(NOW + timedelta(hours=1))
        await tx.tasks.save(kept)
    await add(shop, a_task())

    assert len(await shop.operator_task_views.open_tasks(10)) == 3
    assert len(await shop.outbox()) == 4


async def test_open_tasks_come_oldest_first(shop: ShopCase) -> None:
    """And no more than are asked for."""
    for minutes in (2, 1, 3):
        at = NOW + timedelta(minutes=minutes)
        kind = TaskKind.PARCEL_LOST
        await add(shop, OperatorTask.open(id=fresh_id(), kind=kind, subject=f"{minutes}", detail="", at=at))

    assert [task.subject for task in await shop.operator_task_views.open_tasks(2)] == ["1", "2"]


async def test_open_tasks_go_on_after_one(shop: ShopCase) -> None:
    """Of one moment, too, and when that one was done meanwhile; after none of ours there are none."""
    tasks = sorted([a_task(f"parcel {number}") for number in range(3)], key=lambda task: task.id)
    for task in reversed(tasks):
        await add(shop, task)
    async with shop.begin() as tx:
        done = await tx.tasks.get(tasks[0].id)
        done.finish(NOW)
        await tx.tasks.save(done)
    views = shop.operator_task_views

    assert [task.id for task in await views.open_tasks(1, after=tasks[0].id)] == [tasks[1].id]
    assert [task.id for task in await views.open_tasks(9, after=tasks[1].id)] == [tasks[2].id]
    assert list(await views.open_tasks(9, after=tasks[2].id)) == []
    assert list(await views.open_tasks(9, after=fresh_id())) == []


async def test_a_task_that_was_changed_meanwhile_is_stale(shop: ShopCase) -> None:
    """Two people press the button."""
    task = a_task()
    await add(shop, task)
    async with shop.begin() as tx:
        kept = await tx.tasks.get(task.id)
        kept.finish(NOW)
        await tx.tasks.save(kept)

    task.finish(NOW)
    with pytest.raises(StaleAggregate):
        async with shop.begin() as tx:
            await tx.tasks.save(task)


async def test_an_unknown_task_is_not_found(shop: ShopCase) -> None:
    """By id."""
    with pytest.raises(NotFound):
        async with shop.begin() as tx:
            await tx.tasks.get(fresh_id())
