"""What the workshop does with orders: looks through them, makes them, gives them up, gives money back."""

from __future__ import annotations

from typing import Final

from litestar.params import FromPath

from adapters.http import links
from adapters.http.contract import CREATES, IDEMPOTENT, STAFF, Contract, endpoint
from adapters.http.cursor import decode_cursor
from adapters.http.envelope import document, location, private
from adapters.http.exchange import AnyRequest
from adapters.http.idempotency import REPLAYED, idempotency_key
from adapters.http.operator import Admitted
from adapters.http.paging import page_document, pagination_of
from adapters.http.references import order_reference
from adapters.http.reply import Header, Reply
from adapters.http.schemas.order_links import OrderLinks
from adapters.http.schemas.order_list import OrderListQuery, OrderSummaryResource
from adapters.http.schemas.orders import CancelOrderForm, OrderResource
from adapters.http.schemas.refunds import RefundForm, RefundResource
from adapters.http.use_cases import Provided
from adapters.http.validation import read_body, read_query
from application.fulfilment.mark_ready import MarkReady
from application.fulfilment.start_production import StartProduction
from application.orders.cancel_for_buyer import CancelForBuyer
from application.orders.cancel_order import CancelOrderCommand
from application.orders.list_orders import ListOrders, ListOrdersQuery
from application.orders.show_order import ShowOrder
from application.payments.request_refund import RequestRefund, RequestRefundCommand
from ports.order_views import OrderView

TAG: Final = "Staff: orders"


@endpoint(
    "GET",
    "/admin/orders",
    Contract(
        operation="listOrders",
        tag=TAG,
        summary="Look through all orders, newest first",
        query=OrderListQuery,
        answers=OrderSummaryResource,
        many=True,
        paged=True,
        traits=(STAFF,),
        problems=("invalid-cursor",),
    ),
)
async def list_orders(request: AnyRequest, staff: Admitted, list_orders: Provided[ListOrders]) -> Reply:
    """One page of the orders that are wanted."""
    query = read_query(request, OrderListQuery)
    wanted = query.filter()
    after = decode_cursor(wanted, query.cursor) if query.cursor else None
    page = await list_orders(ListOrdersQuery(staff, wanted, after, query.limit))
    resources = [OrderSummaryResource.of(each) for each in page.items]
    pagination = pagination_of(wanted, query.limit, page.next)
    return private(request, page_document(resources, links.ADMIN_ORDERS, query, pagination))


@endpoint(
    "GET",
    "/admin/orders/{order:str}",
    Contract(operation="showOrder", tag=TAG, summary="Look at any order", answers=OrderResource, traits=(STAFF,)),
)
async def show_order(
    request: AnyRequest, staff: Admitted, order: FromPath[str], show_order: Provided[ShowOrder]
) -> Reply:
    """An order by its number or id."""
    return _order(request, await show_order(staff, order_reference(order)))


@endpoint(
    "POST",
    "/admin/orders/{order:str}/start-production",
    Contract(
        operation="startProduction",
        tag=TAG,
        summary="Say that the leather is being cut",
        description="From now on nobody can cancel the order. Again is harmless. No body is needed.",
        answers=OrderResource,
        traits=(STAFF,),
        problems=("conflict",),
    ),
)
async def start_production(
    request: AnyRequest, staff: Admitted, order: FromPath[str], start_production: Provided[StartProduction]
) -> Reply:
    """The workshop begins."""
    return _order(request, await start_production(staff, order_reference(order)))


@endpoint(
    "POST",
    "/admin/orders/{order:str}/ready",
    Contract(
        operation="markReady",
        tag=TAG,
        summary="Say that the pairs are finished and boxed",
        description="A courier may be booked. Again is harmless. No body is needed.",
        answers=OrderResource,
        traits=(STAFF,),
        problems=("conflict",),
    ),
)
async def mark_ready(
    request: AnyRequest, staff: Admitted, order: FromPath[str], mark_ready: Provided[MarkReady]
) -> Reply:
    """The workshop is done."""
    return _order(request, await mark_ready(staff, order_reference(order)))


@endpoint(
    "POST",
    "/admin/orders/{order:str}/cancel",
    Contract(
        operation="cancelForBuyer",
        tag=TAG,
        summary="Give an order up for its buyer",
        description="Until production starts. What was paid goes back by itself.",
        body=(CancelOrderForm,),
        answers=OrderResource,
        traits=(STAFF, IDEMPOTENT),
        problems=("order-not-cancellable", "conflict"),
    ),
)
async def cancel_for_buyer(
    request: AnyRequest, staff: Admitted, order: FromPath[str], cancel_for_buyer: Provided[CancelForBuyer]
) -> Reply:
    """Cancel an order, and give back what it held."""
    reference = order_reference(order)
    form = await read_body(request, CancelOrderForm)
    key = idempotency_key(request, "staff.orders.cancel", str(staff.staff_id), form)
    cancelled = await cancel_for_buyer(CancelOrderCommand(staff, reference, form.reason, key))
    return _order(request, cancelled.order, headers=[REPLAYED] if cancelled.replayed else [])


@endpoint(
    "POST",
    "/admin/orders/{order:str}/refunds",
    Contract(
        operation="requestRefund",
        tag=TAG,
        summary="Give money back",
        description="The gateway hears of it next; never more goes back than was paid.",
        body=(RefundForm,),
        answers=RefundResource,
        status=201,
        traits=(STAFF, IDEMPOTENT, CREATES),
        problems=("payment-not-allowed", "conflict"),
    ),
)
async def request_refund(
    request: AnyRequest, staff: Admitted, order: FromPath[str], request_refund: Provided[RequestRefund]
) -> Reply:
    """Set money aside to go back."""
    reference = order_reference(order)
    form = await read_body(request, RefundForm)
    key = idempotency_key(request, "staff.refunds.request", str(staff.staff_id), form)
    requested = await request_refund(RequestRefundCommand(staff, reference, form.money(), form.reason, key))
    here = links.admin_order(reference)
    told = document(RefundResource.of(requested.refund), f"{here}/refunds", related={"order": here})
    return private(request, told, status=201, headers=[location(here), *([REPLAYED] if requested.replayed else [])])


ROUTES: Final = (list_orders, show_order, start_production, mark_ready, cancel_for_buyer, request_refund)


def _order(request: AnyRequest, order: OrderView, *, headers: list[Header] | None = None) -> Reply:
    told = document(OrderResource.of(order, OrderLinks.for_staff(order)), links.admin_order(order.ext_id))
    return private(request, told, headers=headers or [])
