"""A week of the workshop, for staff."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from adapters.http import links
from adapters.http.schemas.base import DesignCode, Href, Resource, WeekName
from adapters.http.schemas.cart import ChoiceResource
from application.fulfilment.plan_production import ProductionPlan
from domain.ordering.lines import OrderLine
from domain.ordering.status import FulfillmentStatus
from ports.order_views import OrderView


class PlannedLineResource(Resource):
    """Pairs of one design that are to be made."""

    design_code: DesignCode
    product_title: str
    choice: ChoiceResource
    quantity: int

    @classmethod
    def of(cls, line: OrderLine) -> PlannedLineResource:
        """A line."""
        return cls(
            design_code=line.design_code,
            product_title=line.product_title,
            choice=ChoiceResource.of(line.choice),
            quantity=line.quantity,
        )


class PlannedOrderLinks(Resource):
    """Where the order is."""

    self: Href


class PlannedOrderResource(Resource):
    """An order on the plan."""

    id: UUID
    ext_id: Annotated[str, Meta(description="The order number.", examples=["IS-2026-000042"])]
    fulfillment_status: FulfillmentStatus
    notes: Annotated[str | None, Meta(description="What the buyer wants the workshop to know.")]
    lines: list[PlannedLineResource]
    links: PlannedOrderLinks = field(name="_links")

    @classmethod
    def of(cls, order: OrderView) -> PlannedOrderResource:
        """An order."""
        return cls(
            id=order.id,
            ext_id=order.ext_id,
            fulfillment_status=order.fulfillment_status,
            notes=order.notes,
            lines=[PlannedLineResource.of(line) for line in order.lines],
            links=PlannedOrderLinks(self=links.admin_order(order.ext_id)),
        )


class ComponentResource(Resource):
    """What is to be taken from the shelf."""

    sku: str
    quantity: Annotated[int, Meta(description="dm² of leather, pairs of soles, boxes.")]


class ProductionPlanLinks(Resource):
    """The weeks around it."""

    self: Href
    next: Href


class ProductionPlanResource(Resource):
    """What was promised for a week and has not left the workshop."""

    week: WeekName
    pairs: int
    pairs_to_begin: Annotated[int, Meta(description="Of these, what nobody has begun yet.")]
    needs: Annotated[list[ComponentResource], Meta(description="What those take from the shelf.")]
    orders: Annotated[list[PlannedOrderResource], Meta(description="Oldest first.")]
    links: ProductionPlanLinks = field(name="_links")

    @classmethod
    def of(cls, plan: ProductionPlan) -> ProductionPlanResource:
        """A plan."""
        return cls(
            week=str(plan.week),
            pairs=plan.pairs,
            pairs_to_begin=plan.to_begin,
            needs=[ComponentResource(sku=sku, quantity=quantity) for sku, quantity in sorted(plan.needs.items())],
            orders=[PlannedOrderResource.of(order) for order in plan.orders],
            links=ProductionPlanLinks(
                self=links.admin_production(plan.week), next=links.admin_production(plan.week.next())
            ),
        )
