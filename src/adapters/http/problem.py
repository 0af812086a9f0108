"""Problem documents (RFC 9457)."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import msgspec
from litestar import Response
from litestar.types import Scope

from adapters.http.errors import PROBLEM_TYPES, Fault, Refusal, refusal_of
from adapters.http.exchange import AnyRequest, exchange_of
from adapters.http.reply import NO_STORE, Header, Reply

PROBLEM_JSON: Final = "application/problem+json"
TYPES_AT: Final = "https://api.italianshoes.com/problems/"

_LOG: Final = logging.getLogger(__name__)


def problem_reply(scope: Scope, error: Exception) -> Reply:
    """The problem document of an error; errors of ours are logged, never told."""
    refusal = refusal_of(error)
    kind = PROBLEM_TYPES[refusal.code]
    _log(scope, error, kind.status)
    headers: list[Header] = [(b"content-type", PROBLEM_JSON.encode()), NO_STORE]
    headers += [(name.lower().encode(), value.encode("latin-1")) for name, value in refusal.headers.items()]
    if kind.status is HTTPStatus.UNAUTHORIZED:
        headers.append((b"www-authenticate", b"Bearer"))
    faults = refusal.faults if refusal is error else tuple(_within(fault, scope) for fault in refusal.faults)
    return Reply(kind.status.value, headers, _document(scope, refusal, faults))


def answer_error(request: AnyRequest, error: Exception) -> Response[bytes]:
    """Litestar's exception handler for everything."""
    reply = problem_reply(request.scope, error)
    headers = {name.decode(): value.decode("latin-1") for name, value in reply.headers if name != b"content-length"}
    media_type = headers.pop("content-type")
    return Response(reply.body, status_code=reply.status, headers=headers, media_type=media_type)


def _document(scope: Scope, refusal: Refusal, faults: tuple[Fault, ...]) -> bytes:
    kind = PROBLEM_TYPES[refusal.code]
    document: dict[str, object] = {
        "type": TYPES_AT + refusal.code,
        "title": kind.title,
        "status": kind.status.value,
        "detail": refusal.detail,
        "instance": quote(scope["path"], errors="replace"),
        "code": refusal.code,
        "trace_id": exchange_of(scope).request_id,
    }
    if faults:
        document["errors"] = faults
    return msgspec.json.encode(document | refusal.members)


def _within(fault: Fault, scope: Scope) -> Fault:
    """A fault that the core found, with a pointer into what was sent: "" (all of it) when its field was not."""
    field = fault.pointer.removeprefix("/").partition("/")[0]
    return fault if field in exchange_of(scope).sent else Fault("", fault.code, fault.message)


def _log(scope: Scope, error: Exception, status: HTTPStatus) -> None:
    where = (exchange_of(scope).request_id, scope.get("method", "-"), scope.get("path_template", "-"))
    if status is HTTPStatus.INTERNAL_SERVER_ERROR:
        _LOG.error("request %s failed: %s %s", *where, exc_info=error)
    elif status is HTTPStatus.SERVICE_UNAVAILABLE:
        _LOG.warning("request %s could not be served: %s %s: %s", *where, error)
