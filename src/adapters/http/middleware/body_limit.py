"""No body is larger than a limit, however it is sent."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, ReceiveMessage, Scope, Send

from adapters.http.errors import Refusal
from adapters.http.exchange import exchange_of
from adapters.http.links import WEBHOOKS
from domain.operations.webhooks import LONGEST_MESSAGE

MOST_BYTES: Final = 1 << 20
_MOST_DIGITS: Final = 10
_BODILESS: Final = frozenset({"GET", "HEAD"})


class BodyLimit:
    """Refuses a body by its announced length, and one without a length as soon as it is too long."""

    def __init__(self, app: ASGIApp) -> None:
        self._app: Final = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Raise Refusal, here or out of `receive`."""
        if scope["type"] == ScopeType.WEBSOCKET or scope["method"] in _BODILESS:
            return self._app(scope, receive, send)
        most = LONGEST_MESSAGE if scope["path"].startswith(WEBHOOKS) else MOST_BYTES
        length = exchange_of(scope).headers.get(b"content-length")
        if length is not None and length.isdigit() and (len(length) > _MOST_DIGITS or int(length) > most):
            raise _too_large(most)
        received = 0

        async def counted() -> ReceiveMessage:
            nonlocal received
            message: ReceiveMessage = await receive()
            if message["type"] == "http.request":
                received += len(message.get("body", b""))
            if received > most:
                raise _too_large(most)
            return message

        return self._app(scope, counted, send)


def _too_large(most: int) -> Refusal:
    return Refusal("payload-too-large", f"A body has at most {most} bytes here.")
