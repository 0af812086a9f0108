"""`/orders/…`."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParams, RawBody

from sandbox.shiprocket.entities import Order
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.rules import orders
from sandbox.shiprocket.rules.search import matching, returns
from sandbox.shiprocket.wire import bookings_asked, orders_asked
from sandbox.shiprocket.wire.errors import refused
from sandbox.shiprocket.wire.order_shown import OrderAnswer, shown
from sandbox.shiprocket.wire.orders import (
    CancelledOrders,
    CancellingParcels,
    CreatedOrder,
    CreatedReturn,
    Relocated,
    UpdatedOrder,
    created,
    created_return,
    updated,
)
from sandbox.shiprocket.wire.orders_listed import ListedOrder, ListedReturn, listed, listed_return
from sandbox.shiprocket.wire.pages import PageAnswer, page

AnyRequest = Request[Any, Any, Any]  # Litestar's generics name user, auth and state: nothing here reads them
Books = NamedDependency[Ledger]

_MOST_AWBS = 2_000


@post("/orders/create/adhoc", status_code=200, sync_to_thread=False)
def create_order(body: RawBody, ledger: Books) -> CreatedOrder:
    """A new order, or the one that has this reference."""
    order = orders.create(ledger, orders_asked.new_order(body))
    return created(order, ledger.shipment_of(order))


@post("/orders/create", status_code=200, sync_to_thread=False)
def create_channel_order(body: RawBody) -> None:
    """Always refused: the account has no such channel."""
    orders.create_in_channel(orders_asked.new_channel_order(body))


@post("/orders/create/return", status_code=200, sync_to_thread=False)
def create_return(body: RawBody, ledger: Books) -> CreatedReturn:
    """A new return order."""
    return created_return(orders.create_return(ledger, orders_asked.new_return(body)))


@post("/orders/update/adhoc", status_code=200, sync_to_thread=False)
def update_order(body: RawBody, ledger: Books) -> UpdatedOrder:
    """Other lines."""
    return updated(orders.change_items(ledger, *orders_asked.changed_items(body)))


@post("/orders/address/update", status_code=202, sync_to_thread=False)
def readdress(body: RawBody, ledger: Books) -> None:
    """Another recipient."""
    orders.readdress(ledger, orders_asked.readdressing(body))


@patch("/orders/address/pickup", sync_to_thread=False)
def relocate(body: RawBody, ledger: Books) -> Relocated:
    """Another place to be fetched from."""
    orders.relocate(ledger, orders_asked.relocation(body))
    return Relocated()


@post("/orders/cancel", status_code=200, sync_to_thread=False)
def cancel(body: RawBody, ledger: Books) -> Response[CancelledOrders | None]:
    """For good. 204 as documented, or 200 as often seen."""
    orders.cancel(ledger, orders_asked.order_ids(body))
    status = ledger.settings.cancel_status
    return Response(None if status == 204 else CancelledOrders(), status_code=status)


@post("/orders/cancel/shipment/awbs", status_code=200, sync_to_thread=False)
def cancel_parcels(body: RawBody, ledger: Books) -> CancellingParcels:
    """Soon."""
    orders.cancel_parcels(ledger, bookings_asked.awbs(body, _MOST_AWBS))
    return CancellingParcels()


@get("/orders", sync_to_thread=False)
def list_orders(query: QueryParams, request: AnyRequest, ledger: Books) -> PageAnswer[ListedOrder]:
    """All orders, or those that are searched for; returns have a list of their own."""

    def row(order: Order) -> ListedOrder:
        return listed(order, ledger.shipment_of(order))

    return page(matching(ledger, query), query, request.url, row)


@get("/orders/processing/return", sync_to_thread=False)
def list_returns(query: QueryParams, request: AnyRequest, ledger: Books) -> PageAnswer[ListedReturn]:
    """All return orders, or those of some days."""

    def row(order: Order) -> ListedReturn:
        return listed_return(order, ledger.shipment_of(order))

    return page(returns(ledger, query), query, request.url, row)


@get("/orders/show/{order_id:str}", sync_to_thread=False)
def show_order(order_id: FromPath[str], ledger: Books) -> OrderAnswer:
    """One order."""
    order = ledger.order(int(order_id)) if order_id.isascii() and order_id.isdigit() else None
    if order is None:
        raise refused(400, "Order ID not found")
    return shown(order, ledger.shipment_of(order), ledger.location(order.asked.pickup_location))
