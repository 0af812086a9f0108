"""Resend's HTTP interface over a mailroom.

`/emails…` is Resend's. The pages and `/_control/…` are ours (see `control`), without authentication.
"""

from __future__ import annotations

import hmac
import logging
from typing import Annotated, Any, Final

from litestar import Litestar, Request, Response, Router, get, post
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.exceptions import HTTPException, MethodNotAllowedException, NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, HeaderParameter, QueryParams, RawBody

from sandbox.kit.faults import Faults
from sandbox.kit.webhooks import WebhookSender
from sandbox.resend import requests
from sandbox.resend.control import CONTROL, PAGES, Room
from sandbox.resend.entities import Email, EmailList, SentBatch, SentEmail
from sandbox.resend.errors import ErrorAnswer, Refused
from sandbox.resend.mailroom import Mailroom
from sandbox.resend.rate_limit import RateLimit

_LOG: Final = logging.getLogger(__name__)

AnyRequest = Request[Any, Any, Any]  # Litestar's generics name user, auth and state: nothing here reads them
AnyConnection = ASGIConnection[Any, Any, Any, Any]  # likewise
KeyHeader = Annotated[str | None, HeaderParameter(name="Idempotency-Key")]
ValidationHeader = Annotated[str, HeaderParameter(name="x-batch-validation")]


def create_app(mailroom: Mailroom, webhooks: WebhookSender, *, api_key: str, limit: RateLimit) -> Litestar:
    """The sandbox for one team, as an ASGI application."""
    faults = Faults()

    def told_of_limit(response: Response[Any]) -> Response[Any]:  # Any: of whatever content
        response.headers.update(limit.headers)
        return response

    resend = Router(
        "/emails",
        guards=[_ApiKey(api_key), lambda *_: limit.take()],
        middleware=[faults.middleware()],
        after_request=told_of_limit,
        route_handlers=[send_email, send_batch, list_emails, retrieve_email],
    )
    control = Router("/_control", route_handlers=[*CONTROL, faults.routes(), webhooks.routes()])
    return Litestar(
        route_handlers=[health, *PAGES, control, resend],
        dependencies={"mailroom": Provide(lambda: mailroom, sync_to_thread=False)},
        exception_handlers={Refused: _refuse, HTTPException: _refuse_by_status, Exception: _fail},
        lifespan=[webhooks.running],
        openapi_config=None,
        logging_config=None,
    )


# Resend's


@post("/", status_code=200, sync_to_thread=False)
def send_email(body: RawBody, mailroom: Room, key: KeyHeader = None) -> SentEmail:
    """Send a mail."""
    return mailroom.send(requests.new_email(body), None if key is None else requests.idempotency_key(key))


@post("/batch", status_code=200, sync_to_thread=False)
def send_batch(
    body: RawBody, mailroom: Room, key: KeyHeader = None, validation: ValidationHeader = "strict"
) -> SentBatch:
    """Send up to a hundred."""
    emails, errors = requests.new_batch(body, validation)
    return mailroom.send_batch(emails, errors, None if key is None else requests.idempotency_key(key))


@get("/", sync_to_thread=False)
def list_emails(query: QueryParams, mailroom: Room) -> EmailList:
    """What was sent, newest first."""
    return mailroom.emails(requests.page(query))


@get("/{email_id:str}", sync_to_thread=False)
def retrieve_email(email_id: FromPath[str], mailroom: Room) -> Email:
    """One mail."""
    return mailroom.email(email_id).email


@get("/health", sync_to_thread=False)
def health() -> dict[str, str]:
    """Whether the sandbox answers."""
    return {"status": "ok"}


class _ApiKey:
    """A guard: who doesn't know the API key is refused."""

    def __init__(self, api_key: str) -> None:
        self._expected = f"Bearer {api_key}".encode()

    def __call__(self, connection: AnyConnection, _: BaseRouteHandler) -> None:
        given = connection.headers.get("authorization")
        if given is None:
            raise Refused("missing_api_key", "Missing API key in the authorization header.")
        if not hmac.compare_digest(given.encode(), self._expected):
            raise Refused("invalid_api_key", "API key is invalid.")


def _refuse(_: AnyRequest, refused: Refused) -> Response[ErrorAnswer]:
    return Response(refused.answer, status_code=refused.answer.status_code, headers=refused.headers)


def _refuse_by_status(request: AnyRequest, error: HTTPException) -> Response[ErrorAnswer]:
    if isinstance(error, NotFoundException):
        return _refuse(request, Refused("not_found", "The requested endpoint does not exist."))
    if isinstance(error, MethodNotAllowedException):
        return _refuse(request, Refused("method_not_allowed", "This endpoint does not support that method."))
    answer = ErrorAnswer(error.status_code, "validation_error", error.detail)
    return Response(answer, status_code=error.status_code)


def _fail(request: AnyRequest, error: Exception) -> Response[ErrorAnswer]:
    _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _refuse(request, Refused("internal_server_error", "An unexpected error occurred."))
