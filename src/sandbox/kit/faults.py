"""Faults to order: what a third party does on a bad day, done to the next calls that match.

    POST   …/_control/faults  {"kind": "timeout_after", "method": "POST", "path": "*/refund", "seconds": 30}
    GET    …/_control/faults  those that have not struck yet
    DELETE …/_control/faults  forget them

A POST takes one fault or a list. The first that matches a call strikes it, once for each of
its `times`. `path` is a pattern over the whole path, in which `*` stands for anything.
"""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Annotated, Final

import anyio
import msgspec
from litestar import Router, delete, get, post
from litestar.di import NamedDependency, Provide
from litestar.enums import ScopeType
from litestar.params import RawBody
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from msgspec.structs import replace

from sandbox.kit.control import read_wish

_Seconds = Annotated[float, msgspec.Meta(ge=0, le=600)]
_JSON: Final = {b"content-type": b"application/json"}
_HTML: Final = {b"content-type": b"text/html; charset=utf-8"}


class _Answer(msgspec.Struct):
    """What the sandbox would have said."""

    status: int = 500
    headers: dict[bytes, bytes] = {}
    body: bytes = b""


class _Call:
    """A call that a fault strikes, and what can become of it."""

    def __init__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        self._app = app
        self._scope = scope
        self._receive = receive
        self._send = send

    async def work(self) -> _Answer:
        """Have it done, and keep the answer back."""
        answer = _Answer()

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status, answer.headers = message["status"], dict(message["headers"])
            elif message["type"] == "http.response.body":
                answer.body += message["body"]

        await self._app(self._scope, self._receive, keep)
        return answer

    async def pause(self, seconds: float) -> None:
        """Say nothing for a while, or until the caller has gone."""
        with anyio.move_on_after(seconds):
            while (await self._receive())["type"] != "http.disconnect":
                pass

    async def say(self, answer: _Answer) -> None:
        """Answer; with the length that the body has now."""
        await self._start(answer.status, answer.headers | {b"content-length": str(len(answer.body)).encode()})
        await self._send({"type": "http.response.body", "body": answer.body, "more_body": False})

    async def cut(self) -> None:
        """Drop the connection in the middle of an answer: the only way that ASGI has."""
        await self._start(200, _JSON | {b"content-length": b"2"})
        await self._send({"type": "http.response.body", "body": b"{", "more_body": True})

    async def _start(self, status: int, headers: dict[bytes, bytes]) -> None:
        await self._send({"type": "http.response.start", "status": status, "headers": [*headers.items()]})


class _Fault(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True):
    method: str = "*"
    path: str = "*"
    times: Annotated[int, msgspec.Meta(ge=1)] = 1

    def matches(self, method: str, path: str) -> bool:
        """Whether that call is one to strike."""
        return fnmatchcase(method, self.method.upper()) and fnmatchcase(path, self.path)


class TimeoutBefore(_Fault, frozen=True, kw_only=True, tag="timeout_before"):
    """Nothing is done, nothing is said, and after `seconds` the connection is cut."""

    seconds: _Seconds = 30.0

    async def strike(self, call: _Call) -> None:
        """Do that to a call."""
        await call.pause(self.seconds)
        await call.cut()


class TimeoutAfter(_Fault, frozen=True, kw_only=True, tag="timeout_after"):
    """The work is done, nothing is said, and after `seconds` the connection is cut."""

    seconds: _Seconds = 30.0

    async def strike(self, call: _Call) -> None:
        """Do that to a call."""
        await call.work()
        await call.pause(self.seconds)
        await call.cut()


class Slow(_Fault, frozen=True, kw_only=True, tag="slow"):
    """The work is done, and told after `seconds`."""

    seconds: _Seconds

    async def strike(self, call: _Call) -> None:
        """Do that to a call."""
        answer = await call.work()
        await call.pause(self.seconds)
        await call.say(answer)


class Reset(_Fault, frozen=True, kw_only=True, tag="reset"):
    """Nothing is done, and the connection is cut."""

    async def strike(self, call: _Call) -> None:
        """Do that to a call."""
        await call.cut()


class Malformed(_Fault, frozen=True, kw_only=True, tag="malformed"):
    """The work is done, but only the first half of the answer's JSON arrives."""

    async def strike(self, call: _Call) -> None:
        """Do that to a call."""
        answer = await call.work()
        answer.body = answer.body[: len(answer.body) // 2] or b"{"
        await call.say(answer)


class Status(_Fault, frozen=True, kw_only=True, tag="status"):
    """Nothing is done, and this is the answer. A `body` that is a text is sent as HTML, any other as JSON."""

    status: Annotated[int, msgspec.Meta(ge=200, le=599)]
    body: msgspec.Raw = msgspec.Raw(b'""')
    headers: dict[str, str] = {}

    async def strike(self, call: _Call) -> None:
        """Do that to a call."""
        body, kind = bytes(self.body), _JSON
        if body.startswith(b'"'):
            body, kind = msgspec.json.decode(body, type=str).encode(), _HTML
        headers = {name.lower().encode(): value.encode() for name, value in self.headers.items()}
        await call.say(_Answer(self.status, kind | headers, body))


class OkWithError(_Fault, frozen=True, kw_only=True, tag="ok_with_error"):
    """Nothing is done, yet the status is 200; `body` (JSON) says what went wrong."""

    body: msgspec.Raw

    async def strike(self, call: _Call) -> None:
        """Do that to a call."""
        await call.say(_Answer(200, _JSON, bytes(self.body)))


Fault = TimeoutBefore | TimeoutAfter | Slow | Reset | Malformed | Status | OkWithError

_WISHES: Final = msgspec.json.Decoder(Fault | list[Fault])


class Faults:
    """The faults that were ordered; the middleware that lets them strike, and the routes to order them."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    @property
    def ordered(self) -> list[Fault]:
        """Those that have not struck yet, with the `times` that are left."""
        return [*self._ordered]

    def order(self, *faults: Fault) -> None:
        """Have them strike, in this order, after those that were ordered before."""
        self._ordered += faults

    def forget(self) -> None:
        """Let nothing strike any more."""
        self._ordered.clear()

    def middleware(self) -> Callable[[ASGIApp], ASGIApp]:
        """What goes around the third party's routes. A function: of an object, Litestar's routers keep a deep copy."""

        def around(app: ASGIApp) -> ASGIApp:
            async def struck(scope: Scope, receive: Receive, send: Send) -> None:
                fault = self._next(scope["method"], scope["path"]) if scope["type"] == ScopeType.HTTP else None
                if fault is None:
                    await app(scope, receive, send)
                else:
                    await fault.strike(_Call(app, scope, receive, send))

            return struck

        return around

    def routes(self) -> Router:
        """`/faults`, for the control router."""
        provided = {"faults": Provide(lambda: self, sync_to_thread=False)}
        return Router("/faults", route_handlers=[_order, _list, _forget], dependencies=provided)

    def _next(self, method: str, path: str) -> Fault | None:
        for place, fault in enumerate(self._ordered):
            if fault.matches(method, path):
                self._ordered[place : place + 1] = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                return fault
        return None


Ordered = NamedDependency[Faults]


@post("/", sync_to_thread=False)
def _order(body: RawBody, faults: Ordered) -> list[Fault]:
    wishes = read_wish(body, _WISHES)
    faults.order(*(wishes if isinstance(wishes, list) else [wishes]))
    return faults.ordered


@get("/", sync_to_thread=False)
def _list(faults: Ordered) -> list[Fault]:
    return faults.ordered


@delete("/", sync_to_thread=False)
def _forget(faults: Ordered) -> None:
    faults.forget()
