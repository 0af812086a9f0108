"""What needs a person stays on the list until somebody has done it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.memory.shop import MemoryShop
from application.operations.finish_task import FinishTask
from application.operations.list_tasks import ListTasks
from domain.actor import Actor, Customer, Guest, Staff, System
from domain.errors import NotFound
from domain.operations.task import OperatorTask, TaskKind
from domain.permissions import Forbidden, Permission
from tests.builders import NOW, fresh_id

pytestmark = pytest.mark.anyio

ALL = frozenset(Permission)
CLERK = Staff(fresh_id(), ALL)


@pytest.fixture
def shop() -> MemoryShop:
    """A shop where nothing has happened."""
    return MemoryShop(NOW)


async def opened(shop: MemoryShop, subject: str) -> OperatorTask:
    """Something that needs a person, a minute after the one before."""
    shop.clock.advance(timedelta(minutes=1))
    task = OperatorTask.open(
        id=fresh_id(), kind=TaskKind.PARCEL_LOST, subject=subject, detail="no scan for a week", at=shop.clock.now()
    )
    async with shop.begin() as tx:
        await tx.tasks.add(task)
    return task


async def test_tasks_come_oldest_first(shop: MemoryShop) -> None:
    """As many as were asked for, and the others on the next page."""
    first, second, third = [await opened(shop, f"parcel {number}") for number in range(3)]
    list_tasks = ListTasks(shop.operator_task_views)
    page = await list_tasks(CLERK, 2)
    assert [task.id for task in page.items] == [first.id, second.id]
    rest = await list_tasks(CLERK, 2, page.next)
    assert ([task.id for task in rest.items], rest.next) == ([third.id], None)


async def test_a_task_is_done_after_it_was_opened(shop: MemoryShop) -> None:
    """Whatever the clock says of the machine on which somebody says so."""
    task = await opened(shop, "one parcel")
    shop.clock.advance(timedelta(seconds=-5))
    assert (await FinishTask(shop.begin, shop.clock)(CLERK, task.id)).done_at == task.opened_at


async def test_what_is_done_leaves_the_list(shop: MemoryShop) -> None:
    """With the moment; saying it again changes nothing."""
    first, second = await opened(shop, "one parcel"), await opened(shop, "another")
    finish = FinishTask(shop.begin, shop.clock)
    done = await finish(CLERK, first.id)
    shop.clock.advance(timedelta(hours=1))
    again = await finish(System(), first.id)
    assert done.done_at == again.done_at == NOW + timedelta(minutes=2)
    assert [task.id for task in (await ListTasks(shop.operator_task_views)(CLERK, 10)).items] == [second.id]


async def test_a_task_that_never_was(shop: MemoryShop) -> None:
    """Can't be done."""
    with pytest.raises(NotFound):
        await FinishTask(shop.begin, shop.clock)(CLERK, fresh_id())


@pytest.mark.parametrize(
    "actor",
    [Guest(), Customer(fresh_id()), Staff(fresh_id(), ALL - {Permission.TASKS_READ, Permission.TASKS_FINISH})],
    ids=lambda actor: type(actor).__name__,
)
async def test_who_may_not_sees_and_does_nothing(actor: Actor, shop: MemoryShop) -> None:
    """The task stays open."""
    task = await opened(shop, "a parcel")
    with pytest.raises(Forbidden):
        await ListTasks(shop.operator_task_views)(actor, 10)
    with pytest.raises(Forbidden):
        await FinishTask(shop.begin, shop.clock)(actor, task.id)
    assert len(await shop.operator_task_views.open_tasks(10)) == 1
