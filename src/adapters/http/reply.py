"""What goes back over the wire."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from litestar.types import Receive, Scope, Send

Header = tuple[bytes, bytes]
"""Name in lower case and value, as ASGI has them."""

JSON: Final[Header] = (b"content-type", b"application/json")
NO_STORE: Final[Header] = (b"cache-control", b"no-store")


class Reply:
    """A finished answer: routes return it, and Litestar sends it without another look at it."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, headers: Iterable[Header], body: bytes = b"") -> None:
        self.status = status
        self.headers = [*headers, (b"content-length", b"%d" % len(body))] if body else [*headers]
        self.body = body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})
