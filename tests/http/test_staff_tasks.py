"""The operator sees what needs a person, and says when it is done."""

from __future__ import annotations

import pytest

from adapters.memory.shop import MemoryShop
from tests.http.guest import data, faults, problem
from tests.http.operator import NOBODYS, Operator, needed, placed

pytestmark = pytest.mark.anyio


async def test_a_task_is_listed_until_it_is_done(operator: Operator, memory: MemoryShop) -> None:
    """Finishing again is harmless."""
    order = await placed(memory)
    task_id = await needed(memory, "a parcel", order)
    finish = f"/api/v1/admin/tasks/{task_id}/finish"
    [task] = data(await operator.get("/tasks"))
    assert task == {
        "id": str(task_id),
        "kind": "parcel-lost",
        "subject": "a parcel",
        "detail": "no scan for a week",
        "orderId": str(order),
        "openedAt": "2026-12-01T10:00:00Z",
        "doneAt": None,
        "_links": {"finish": finish, "order": f"/api/v1/admin/orders/{order}"},
    }

    done = data(await operator.post(f"/tasks/{task_id}/finish"))

    assert done["doneAt"] == "2026-12-01T10:00:00Z"
    assert done["_links"] == {"order": f"/api/v1/admin/orders/{order}"}
    assert data(await operator.get("/tasks")) == []
    assert data(await operator.post(f"/tasks/{task_id}/finish")) == done


async def test_tasks_come_oldest_first_in_pages(operator: Operator, memory: MemoryShop) -> None:
    """What is done meanwhile is no place to get lost at."""
    tasks = [str(await needed(memory, f"parcel {number}")) for number in range(3)]
    first = await operator.get("/tasks?limit=2")
    assert [task["id"] for task in data(first)] == tasks[:2]
    await operator.post(f"/tasks/{tasks[1]}/finish")
    rest = await operator.get(first.json()["links"]["next"].removeprefix("/api/v1/admin"))
    assert [task["id"] for task in data(rest)] == tasks[2:]
    assert rest.json()["meta"]["pagination"] == {"limit": 2, "next_cursor": None, "has_more": False}
    assert faults(await operator.get("/tasks?limit=1000&state=open")) == {"/limit": "maximum", "/state": "unknown"}


@pytest.mark.parametrize("task", [NOBODYS, "1", "%00"])
async def test_a_task_that_is_not(task: str, operator: Operator) -> None:
    """Whatever it is called."""
    problem(await operator.post(f"/tasks/{task}/finish"), "resource-not-found")
