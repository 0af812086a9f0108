"""What needs a person."""

from __future__ import annotations

from typing import Final

from litestar.params import FromPath

from adapters.http import links
from adapters.http.contract import STAFF, Contract, endpoint
from adapters.http.cursor import decode_cursor
from adapters.http.envelope import document, private
from adapters.http.exchange import AnyRequest
from adapters.http.operator import Admitted
from adapters.http.paging import page_document, pagination_of
from adapters.http.references import id_of
from adapters.http.reply import Reply
from adapters.http.schemas.tasks import TaskListQuery, TaskResource
from adapters.http.use_cases import Provided
from adapters.http.validation import read_query
from application.operations.finish_task import FinishTask
from application.operations.list_tasks import ListTasks

TAG: Final = "Staff: tasks"


@endpoint(
    "GET",
    "/admin/tasks",
    Contract(
        operation="listTasks",
        tag=TAG,
        summary="See what nobody has done yet, oldest first",
        query=TaskListQuery,
        answers=TaskResource,
        many=True,
        paged=True,
        traits=(STAFF,),
        problems=("invalid-cursor",),
    ),
)
async def list_tasks(request: AnyRequest, staff: Admitted, list_tasks: Provided[ListTasks]) -> Reply:
    """One page of the open tasks."""
    query = read_query(request, TaskListQuery)
    after = decode_cursor(query.question(), query.cursor) if query.cursor else None
    page = await list_tasks(staff, query.limit, after)
    resources = [TaskResource.of(each) for each in page.items]
    pagination = pagination_of(query.question(), query.limit, page.next)
    return private(request, page_document(resources, links.ADMIN_TASKS, query, pagination))


@endpoint(
    "POST",
    "/admin/tasks/{task:str}/finish",
    Contract(
        operation="finishTask",
        tag=TAG,
        summary="Say that a task is done",
        description="Again is harmless. No body is needed.",
        answers=TaskResource,
        traits=(STAFF,),
        problems=("conflict",),
    ),
)
async def finish_task(
    request: AnyRequest, staff: Admitted, task: FromPath[str], finish_task: Provided[FinishTask]
) -> Reply:
    """Close a task."""
    done = await finish_task(staff, id_of("operator task", task))
    told = document(TaskResource.of(done), f"{links.admin_task(done.id)}/finish", related={"tasks": links.ADMIN_TASKS})
    return private(request, told)


ROUTES: Final = (list_tasks, finish_task)
