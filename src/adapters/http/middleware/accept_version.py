"""A caller may name the version of the API that it speaks."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Final

from litestar.types import ASGIApp, Receive, Scope, Send

from adapters.http.errors import Refusal
from adapters.http.exchange import exchange_of
from adapters.http.links import API

_SPOKEN: Final = (None, b"v1")


class AcceptVersion:
    """Refuses an `Accept-Version` other than v1 under the versioned routes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app: Final = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Raise Refusal, or go on."""
        if scope["path"].startswith(API) and exchange_of(scope).headers.get(b"accept-version") not in _SPOKEN:
            raise Refusal("not-acceptable", "This API is spoken in version v1 only.")
        return self._app(scope, receive, send)
