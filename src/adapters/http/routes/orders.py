"""Orders: placed, seen and cancelled by the guest who holds their token."""

from __future__ import annotations

from typing import Final

from litestar.params import FromPath

from adapters.http import links
from adapters.http.actor import guest, order_holder
from adapters.http.contract import (
    CART_HOLDER,
    CREATES,
    IDEMPOTENT,
    ORDER_HOLDER,
    ORDER_OPENER,
    Contract,
    endpoint,
)
from adapters.http.envelope import document, location, private
from adapters.http.exchange import AnyRequest
from adapters.http.idempotency import REPLAYED, idempotency_key
from adapters.http.references import order_reference
from adapters.http.reply import Header, Reply
from adapters.http.schemas.order_links import OrderLinks
from adapters.http.schemas.orders import CancelOrderForm, OrderResource, PlaceOrderForm, TimelineEntryResource
from adapters.http.use_cases import Provided
from adapters.http.validation import read_body
from application.orders.cancel_order import CancelOrder, CancelOrderCommand
from application.orders.get_order import GetOrder
from application.orders.get_timeline import GetTimeline
from application.orders.place_order import PlaceOrder, PlaceOrderCommand
from ports.order_views import OrderView

TAG: Final = "Orders"


@endpoint(
    "POST",
    "/orders",
    Contract(
        operation="placeOrder",
        tag=TAG,
        summary="Order what is in the cart",
        description="Holds stock and a week of the workshop. Done once for each key, and once for each cart.",
        body=(PlaceOrderForm,),
        answers=OrderResource,
        status=201,
        traits=(CART_HOLDER, IDEMPOTENT, CREATES, ORDER_OPENER),
        problems=(
            "cart-empty",
            "price-changed",
            "out-of-stock",
            "capacity-exhausted",
            "conflict",
            "design-not-buildable",
            "not-serviceable",
            "cod-not-available",
        ),
    ),
)
async def place_order(request: AnyRequest, place_order: Provided[PlaceOrder]) -> Reply:
    """Place the caller's cart."""
    caller = guest(request)
    form = await read_body(request, PlaceOrderForm)
    key = idempotency_key(request, "orders.place", caller.cart_token, form)
    placed = await place_order(PlaceOrderCommand(caller, form.order_form(), key))
    headers = [location(links.order(placed.order.ext_id))]
    if placed.order_token is not None:
        headers.append((b"x-order-token", placed.order_token.encode()))
    return _order(request, placed.order, status=201, headers=headers, replayed=placed.replayed)


@endpoint(
    "GET",
    "/orders/{order:str}",
    Contract(
        operation="getOrder",
        tag=TAG,
        summary="Look at an order",
        answers=OrderResource,
        traits=(ORDER_HOLDER,),
    ),
)
async def get_order(request: AnyRequest, order: FromPath[str], get_order: Provided[GetOrder]) -> Reply:
    """An order by its number or id."""
    caller = order_holder(request, order)
    return _order(request, await get_order(caller, order_reference(order)))


@endpoint(
    "POST",
    "/orders/{order:str}/cancel",
    Contract(
        operation="cancelOrder",
        tag=TAG,
        summary="Give an order up",
        description="Free until production starts.",
        body=(CancelOrderForm,),
        answers=OrderResource,
        traits=(ORDER_HOLDER, IDEMPOTENT),
        problems=("order-not-cancellable", "conflict"),
    ),
)
async def cancel_order(request: AnyRequest, order: FromPath[str], cancel_order: Provided[CancelOrder]) -> Reply:
    """Cancel an order, and give back what it held."""
    caller = order_holder(request, order)
    reference = order_reference(order)
    form = await read_body(request, CancelOrderForm)
    key = idempotency_key(request, "orders.cancel", caller.order_token, form)
    cancelled = await cancel_order(CancelOrderCommand(caller, reference, form.reason, key))
    return _order(request, cancelled.order, replayed=cancelled.replayed)


@endpoint(
    "GET",
    "/orders/{order:str}/timeline",
    Contract(
        operation="getTimeline",
        tag=TAG,
        summary="See what happened to an order",
        answers=TimelineEntryResource,
        many=True,
        traits=(ORDER_HOLDER,),
    ),
)
async def get_timeline(request: AnyRequest, order: FromPath[str], get_timeline: Provided[GetTimeline]) -> Reply:
    """What happened so far, oldest first."""
    caller = order_holder(request, order)
    entries = await get_timeline(caller, order_reference(order))
    here = links.order(order)
    told = document([TimelineEntryResource.of(each) for each in entries], f"{here}/timeline", related={"order": here})
    return private(request, told)


ROUTES: Final = (place_order, get_order, cancel_order, get_timeline)


def _order(
    request: AnyRequest,
    order: OrderView,
    *,
    status: int = 200,
    headers: list[Header] | None = None,
    replayed: bool = False,
) -> Reply:
    told = document(OrderResource.of(order, OrderLinks.for_buyer(order)), links.order(order.ext_id))
    given = [*(headers or []), *([REPLAYED] if replayed else [])]
    return private(request, told, status=status, headers=given)
