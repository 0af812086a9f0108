"""A third party's end of the wire, played by answers that were written down before."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx

Wire = Callable[[httpx.Request], httpx.Response]


class Scripted:
    """A wire that gives these answers (or failures) in turn, the last one for ever, and counts."""

    def __init__(self, *script: httpx.Response | Exception) -> None:
        self._script = list(script)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def answering(status: int, body: object = None, *, raw: bytes | None = None, **headers: str) -> Scripted:
    """A wire that always gives that answer."""
    content = json.dumps(body).encode() if raw is None else raw
    return Scripted(httpx.Response(status, content=content, headers=headers))
