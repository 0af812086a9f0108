"""Requests to Shiprocket and answers from it, whatever they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import httpx
import msgspec

from ports.carrier import CarrierUnavailable

_TIMEOUT: Final = httpx.Timeout(10.0, connect=2.0)
_LONGEST_ANSWER: Final = 1 << 20  # bytes
_PAUSE_WHEN_RATIONED: Final = 30  # seconds; Shiprocket documents neither its rates nor a header

_Failures = tuple[type[Exception], ...]
# What only reads does no harm twice; anything else is sent again only if it can't have arrived.
_READS_MAY_REPEAT: Final[_Failures] = (httpx.TransportError,)
_NEVER_SENT: Final[_Failures] = (httpx.ConnectError,)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. `body` is encoded as JSON; a request without one is a GET."""

    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: object | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `retry_after` is in seconds."""

    status: int
    body: bytes = field(repr=False)
    retry_after: int

    @property
    def is_success(self) -> bool:
        """By its status alone: Shiprocket tells failures with 200 too."""
        return 200 <= self.status < 300


class Wire:
    """Sends requests over a client that is given in, so that its connections are reused.

    No deadline for a whole answer: the caller sets one.
    """

    def __init__(self, client: httpx.AsyncClient, base_url: str) -> None:
        self._client = client
        self._base_url = base_url.rstrip("/")

    async def ask(self, request: Request, token: str | None) -> Answer:
        """The answer, of any status. Raises CarrierUnavailable when there is none."""
        built = self._built(request, token)
        repeated_after = _READS_MAY_REPEAT if request.body is None else _NEVER_SENT
        try:
            try:
                return await self._sent(built)
            except repeated_after:
                return await self._sent(built)
        except httpx.HTTPError as failure:
            raise CarrierUnavailable(type(failure).__name__) from failure

    def _built(self, request: Request, token: str | None) -> httpx.Request:
        headers = {"accept": "application/json"}
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        content = None if request.body is None else msgspec.json.encode(request.body)
        if content is not None:
            headers["content-type"] = "application/json"
        return self._client.build_request(
            "GET" if content is None else "POST",
            self._base_url + request.path,
            params=request.query or None,
            content=content,
            headers=headers,
            timeout=_TIMEOUT,
        )

    async def _sent(self, request: httpx.Request) -> Answer:
        response = await self._client.send(request, stream=True, follow_redirects=False)
        try:
            body = bytearray()
            async for part in response.aiter_bytes():
                body += part
                if len(body) > _LONGEST_ANSWER:
                    raise CarrierUnavailable("the answer is too long")
            return Answer(response.status_code, bytes(body), _retry_after(response))
        finally:
            await response.aclose()


def _retry_after(response: httpx.Response) -> int:
    """Seconds to leave Shiprocket alone: its own wish within reason, else what befits the status."""
    wish = response.headers.get("retry-after", "")
    if wish.isascii() and wish.isdigit() and len(wish) < 10:
        return min(max(int(wish), 1), 600)
    return _PAUSE_WHEN_RATIONED if response.status_code == httpx.codes.TOO_MANY_REQUESTS else 5
