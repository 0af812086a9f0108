"""Shiprocket's HTTP interface over a ledger.

`/v1/external/…` is Shiprocket's. `…/_control/…` is ours; it stands both under `/v1/external`
(so that a base URL is enough to reach it) and at the root.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any, Final

from litestar import Litestar, Request, Response, Router, get
from litestar.di import Provide
from litestar.exceptions import HTTPException

from sandbox.kit.faults import Faults
from sandbox.kit.page import holdings_page
from sandbox.kit.webhooks import WebhookSender
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.routes import access as door
from sandbox.shiprocket.routes import couriers, orders, papers, tracking
from sandbox.shiprocket.routes.control import CONTROL, Books
from sandbox.shiprocket.rules.access import Access
from sandbox.shiprocket.traffic import Traffic
from sandbox.shiprocket.wire.errors import ErrorAnswer, Refused

_LOG: Final = logging.getLogger(__name__)

AnyRequest = Request[Any, Any, Any]  # Litestar's generics name user, auth and state: nothing here reads them


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiUser:
    """Who may log in."""

    email: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopWebhook:
    """Where the shop wants to hear of parcels, and the `x-api-key` by which it knows the caller. No URL: nowhere."""

    url: str | None
    key: str = field(repr=False)


def create_app(ledger: Ledger, user: ApiUser, webhook: ShopWebhook, *, step_seconds: float) -> Litestar:
    """The sandbox for one account, as an ASGI application. Parcels take `step_seconds` for a step, see Traffic."""
    access = Access(ledger, email=user.email, password=user.password)
    sender = WebhookSender(
        webhook.url,
        sign=lambda event_id, body, at: {"x-api-key": webhook.key},
        signature_header="x-api-key",
        acknowledged=(200,),
    )
    traffic, faults = Traffic(ledger, sender, step_seconds), Faults()
    control = Router("/_control", route_handlers=[*CONTROL, faults.routes(), sender.routes()])
    return Litestar(
        route_handlers=[
            *(health, page, papers.document, control),
            Router("/v1/external", route_handlers=[_shiprocket(access, faults), control]),
        ],
        dependencies={
            "ledger": Provide(lambda: ledger, sync_to_thread=False),
            "access": Provide(lambda: access, sync_to_thread=False),
            "traffic": Provide(lambda: traffic, sync_to_thread=False),
        },
        lifespan=[sender.running, traffic.running],
        exception_handlers={Refused: _refuse, HTTPException: _refuse_by_status, Exception: _fail},
        openapi_config=None,
        logging_config=None,
    )


def _shiprocket(access: Access, faults: Faults) -> Router:
    behind_the_door = Router(
        "/",
        guards=[door.bearer_guard(access)],
        route_handlers=[
            door.logout,
            *(orders.create_order, orders.create_channel_order, orders.create_return, orders.update_order),
            *(orders.readdress, orders.relocate, orders.cancel, orders.cancel_parcels),
            *(orders.list_orders, orders.list_returns, orders.show_order),
            *(couriers.serviceability, couriers.list_couriers, couriers.assign_awb, couriers.generate_pickup),
            *(couriers.wallet, couriers.list_locations, couriers.add_location),
            *(papers.generate_label, papers.generate_label_invoice, papers.generate_manifest),
            *(papers.print_manifest, papers.print_invoice),
            *(tracking.track_awb, tracking.track_shipment, tracking.track_order, tracking.track_awbs),
            *(tracking.list_shipments, tracking.show_shipment),
            *(tracking.list_undelivered, tracking.show_undelivered, tracking.answer_failed_delivery),
        ],
    )
    return Router("/", middleware=[faults.middleware()], route_handlers=[door.login, behind_the_door])


@get("/health", sync_to_thread=False)
def health() -> dict[str, str]:
    """Whether the sandbox answers."""
    return {"status": "ok"}


@get("/", sync_to_thread=False)
def page(ledger: Books) -> Response[str]:
    """What the sandbox holds, for people."""
    return holdings_page("Shiprocket's sandbox", ledger.holdings())


def _refuse(_: AnyRequest, refused: Refused) -> Response[Any]:  # Any: whatever body that refusal has
    return Response(refused.body, status_code=refused.status)


def _refuse_by_status(_: AnyRequest, error: HTTPException) -> Response[ErrorAnswer]:
    told = {404: "404 Not Found", 405: "405 Method Not Allowed"}.get(error.status_code, error.detail)
    return Response(ErrorAnswer(told, error.status_code), status_code=error.status_code)


def _fail(request: AnyRequest, error: Exception) -> Response[ErrorAnswer]:
    _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return Response(ErrorAnswer("Internal Server Error", 500), status_code=500)
