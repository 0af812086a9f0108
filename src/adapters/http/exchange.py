"""One request and its answer: what is known of them from the first byte to the last."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import Any, Final, cast

from litestar import Request
from litestar.types import Scope

AnyRequest = Request[Any, Any, Any]  # Litestar's generics name user, auth and state: nothing here reads them

_REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,128}")
_KEY: Final = "exchange"


@dataclass(slots=True)
class Exchange:
    """A request that is being answered.

    `headers` are those of the request by their names in lower case; of several of one name
    the last counts. `at` is when it came (UTC), `sent` the names of the members of its
    body, once that was read: an error points only into what was sent.
    """

    request_id: str
    headers: Mapping[bytes, bytes]
    at: datetime
    sent: frozenset[str] = frozenset()
    _started: float = field(default_factory=perf_counter)

    @property
    def took_ms(self) -> int:
        """Whole milliseconds since the request came."""
        return int((perf_counter() - self._started) * 1000)


def open_exchange(scope: Scope, at: datetime) -> Exchange:
    """Note that a request came. Its X-Request-Id is kept when it is well formed, else replaced."""
    headers = dict(scope["headers"])
    given = headers.get(b"x-request-id")
    known = given is not None and _REQUEST_ID.fullmatch(given)
    exchange = Exchange(given.decode() if given and known else os.urandom(16).hex(), headers, at)
    scope.setdefault("state", {})[_KEY] = exchange
    return exchange


def exchange_of(scope: Scope) -> Exchange:
    """The exchange of a request that came through `Stamp`."""
    return cast(Exchange, scope["state"][_KEY])


def header(request: AnyRequest, name: bytes) -> str | None:
    """A header as text. Never fails: every byte is a character of latin-1."""
    value = exchange_of(request.scope).headers.get(name)
    return None if value is None else value.decode("latin-1")
