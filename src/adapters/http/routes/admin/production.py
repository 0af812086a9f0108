"""What is to be made."""

from __future__ import annotations

from typing import Final

from litestar.params import FromPath

from adapters.http import links
from adapters.http.contract import STAFF, Contract, endpoint
from adapters.http.envelope import document, private
from adapters.http.exchange import AnyRequest
from adapters.http.operator import Admitted
from adapters.http.reply import Reply
from adapters.http.schemas.production import ProductionPlanResource
from adapters.http.use_cases import Provided
from application.fulfilment.plan_production import PlanProduction
from domain.errors import InvalidValue, NotFound
from domain.inventory.capacity import Week

TAG: Final = "Staff: orders"


@endpoint(
    "GET",
    "/admin/production/{week:str}",
    Contract(
        operation="planProduction",
        tag=TAG,
        summary="See what was promised for a week, such as 2026-W51",
        description="An order is on it from the moment that it is confirmed until it is shipped.",
        answers=ProductionPlanResource,
        traits=(STAFF,),
    ),
)
async def plan_production(
    request: AnyRequest, staff: Admitted, week: FromPath[str], plan_production: Provided[PlanProduction]
) -> Reply:
    """The orders of a week, and what they take."""
    plan = await plan_production(staff, _week(week))
    return private(request, document(ProductionPlanResource.of(plan), links.admin_production(plan.week)))


ROUTES: Final = (plan_production,)


def _week(text: str) -> Week:
    try:
        return Week.parse(text)
    except InvalidValue:
        raise NotFound("week", text) from None
