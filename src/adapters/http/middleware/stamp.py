"""Every answer carries its request's id and the security headers, whoever gives it."""

from __future__ import annotations

from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from adapters.http.exchange import open_exchange
from adapters.http.links import DOCS
from adapters.http.problem import problem_reply
from adapters.http.reply import Header
from ports.clock import Clock

_EVERYWHERE: Final[tuple[Header, ...]] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
)
_API: Final[tuple[Header, ...]] = (
    *_EVERYWHERE,
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
# Swagger UI writes style attributes and shows its icons as data: URLs; its scripts are files of ours.
_DOCS: Final[tuple[Header, ...]] = (
    *_EVERYWHERE,
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        b"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
)


class Stamp:
    """The outermost layer. Whatever gets past all others is answered here as a 500."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app: Final = app
        self._clock: Final = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Open the exchange, and stamp its answer."""
        if scope["type"] == ScopeType.WEBSOCKET:
            await send({"type": "websocket.close", "code": 1008, "reason": "there is nothing to talk about"})
            return
        exchange = open_exchange(scope, self._clock.now())
        stamps: list[Header] = [(b"x-request-id", exchange.request_id.encode())]
        stamps += _DOCS if scope["path"].startswith(DOCS) else _API
        bodiless = scope["method"] == "HEAD"
        started = False

        async def stamped(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], *stamps]
            elif bodiless and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        try:
            await self._app(scope, receive, stamped)
        except Exception as error:  # the last resort: nothing of it may reach the caller
            if started:
                raise
            await problem_reply(scope, error)(scope, receive, stamped)
