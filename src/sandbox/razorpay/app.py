"""Razorpay's HTTP interface over a ledger.

`/v1/…` is Razorpay's. `…/_control/…` is ours (see `control`), without authentication, and
stands both under `/v1` (so that a base URL is enough to reach it) and at the root.
"""

from __future__ import annotations

import base64
import hmac
import logging
from typing import Annotated, Any, Final

from litestar import Litestar, Request, Response, Router, get, patch, post
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, HeaderParameter, QueryParams, RawBody

from sandbox.kit.faults import Faults
from sandbox.kit.page import holdings_page
from sandbox.kit.webhooks import WebhookSender
from sandbox.razorpay import requests
from sandbox.razorpay.control import CONTROL, Books
from sandbox.razorpay.entities import Collection, Order, Payment, Refund
from sandbox.razorpay.errors import ErrorAnswer, ErrorDetails, Refused, bad_request, unauthenticated
from sandbox.razorpay.ledger import Ledger

_LOG: Final = logging.getLogger(__name__)

AnyRequest = Request[Any, Any, Any]  # Litestar's generics name user, auth and state: nothing here reads them
AnyConnection = ASGIConnection[Any, Any, Any, Any]  # likewise
RefundKeyHeader = Annotated[str | None, HeaderParameter(name="X-Refund-Idempotency")]


def create_app(ledger: Ledger, webhooks: WebhookSender, *, key_id: str, key_secret: str) -> Litestar:
    """The sandbox for one account, as an ASGI application."""
    faults = Faults()
    control = Router("/_control", route_handlers=[*CONTROL, faults.routes(), webhooks.routes()])
    razorpay = Router(
        "/",
        guards=[_BasicAuth(key_id, key_secret)],
        middleware=[faults.middleware()],
        route_handlers=[
            *(create_order, list_orders, fetch_order, fetch_payments_of_order, change_order),
            *(list_payments, fetch_payment, capture_payment),
            *(create_refund, list_refunds_of_payment, fetch_refund, change_refund),
        ],
    )
    return Litestar(
        route_handlers=[health, page, control, Router("/v1", route_handlers=[razorpay, control])],
        dependencies={"ledger": Provide(lambda: ledger, sync_to_thread=False)},
        exception_handlers={Refused: _refuse, HTTPException: _refuse_by_status, Exception: _fail},
        lifespan=[webhooks.running],
        openapi_config=None,
        logging_config=None,
    )


# orders


@post("/orders", status_code=200, sync_to_thread=False)
def create_order(body: RawBody, ledger: Books) -> Order:
    """Announce a payment."""
    return ledger.create_order(requests.new_order(body))


@get("/orders", sync_to_thread=False)
def list_orders(query: QueryParams, ledger: Books) -> Collection[Order]:
    """All orders, or those of a receipt."""
    return ledger.orders(requests.page(query), query.get("receipt"))


@get("/orders/{order_id:str}", sync_to_thread=False)
def fetch_order(order_id: FromPath[str], ledger: Books) -> Order:
    """One order."""
    return ledger.order(order_id)


@get("/orders/{order_id:str}/payments", sync_to_thread=False)
def fetch_payments_of_order(order_id: FromPath[str], ledger: Books) -> Collection[Payment]:
    """Every attempt to pay an order."""
    return ledger.payments_of(order_id)


@patch("/orders/{order_id:str}", sync_to_thread=False)
def change_order(order_id: FromPath[str], body: RawBody, ledger: Books) -> Order:
    """Its notes, that is."""
    return ledger.annotate_order(order_id, requests.changed_notes(body))


# payments


@get("/payments", sync_to_thread=False)
def list_payments(query: QueryParams, ledger: Books) -> Collection[Payment]:
    """Payments of all orders."""
    return ledger.payments(requests.page(query))


@get("/payments/{payment_id:str}", sync_to_thread=False)
def fetch_payment(payment_id: FromPath[str], ledger: Books) -> Payment:
    """One payment."""
    return ledger.payment(payment_id)


@post("/payments/{payment_id:str}/capture", status_code=200, sync_to_thread=False)
def capture_payment(payment_id: FromPath[str], body: RawBody, ledger: Books) -> Payment:
    """Take what was authorised."""
    return ledger.capture(payment_id, requests.capture(body))


# refunds


@post("/payments/{payment_id:str}/refund", status_code=200, sync_to_thread=False)
def create_refund(payment_id: FromPath[str], body: RawBody, ledger: Books, key: RefundKeyHeader = None) -> Refund:
    """Give back a part, or the rest."""
    return ledger.refund(payment_id, requests.new_refund(body), None if key is None else requests.refund_key(key))


@get("/payments/{payment_id:str}/refunds", sync_to_thread=False)
def list_refunds_of_payment(payment_id: FromPath[str], query: QueryParams, ledger: Books) -> Collection[Refund]:
    """The refunds of a payment."""
    return ledger.refunds_of(payment_id, requests.page(query))


@get("/refunds/{refund_id:str}", sync_to_thread=False)
def fetch_refund(refund_id: FromPath[str], ledger: Books) -> Refund:
    """One refund."""
    return ledger.refund_of(refund_id)


@patch("/refunds/{refund_id:str}", sync_to_thread=False)
def change_refund(refund_id: FromPath[str], body: RawBody, ledger: Books) -> Refund:
    """Its notes, that is."""
    return ledger.annotate_refund(refund_id, requests.changed_notes(body))


# ours


@get("/health", sync_to_thread=False)
def health() -> dict[str, str]:
    """Whether the sandbox answers."""
    return {"status": "ok"}


@get("/", sync_to_thread=False)
def page(ledger: Books) -> Response[str]:
    """What the sandbox holds, for people."""
    return holdings_page("Razorpay's sandbox", ledger.contents())


class _BasicAuth:
    """A guard: who doesn't know the key id and secret is refused."""

    def __init__(self, key_id: str, key_secret: str) -> None:
        self._expected = b"Basic " + base64.b64encode(f"{key_id}:{key_secret}".encode())

    def __call__(self, connection: AnyConnection, _: BaseRouteHandler) -> None:
        given = connection.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), self._expected):
            raise unauthenticated()


def _refuse(_: AnyRequest, refused: Refused) -> Response[ErrorAnswer]:
    return Response(ErrorAnswer(refused.details), status_code=refused.status)


def _refuse_by_status(request: AnyRequest, error: HTTPException) -> Response[ErrorAnswer]:
    if error.status_code in (404, 405):  # a wrong method is a wrong address too
        return _refuse(request, bad_request("The requested URL was not found on the server.", 404))
    return _refuse(request, bad_request(error.detail, error.status_code))


def _fail(request: AnyRequest, error: Exception) -> Response[ErrorAnswer]:
    _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    details = ErrorDetails(code="SERVER_ERROR", description="We are facing some trouble completing your request.")
    return Response(ErrorAnswer(details), status_code=500)
