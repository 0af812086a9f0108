"""The way into one process: keep-alive connections, cheap enough for hundreds of customers at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import urlsplit

from benchmarks.http1 import Response, ResponseReader, request

Json = dict[str, Any]  # Any: the documents of the HTTP contract, read by its names

_PATIENCE: Final = 60.0  # seconds that a customer waits for an answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and after how many seconds."""

    response: Response
    seconds: float

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status

    @property
    def document(self) -> Json:
        """The body."""
        document: Json = self.response.json()
        return document

    @property
    def data(self) -> Json:
        """What was asked for. AssertionError with the problem's own words when it was refused."""
        assert 200 <= self.status < 300, f"{self.status}: {self.response.body.decode()}"
        data: Json = self.document["data"]
        return data

    @property
    def verdict(self) -> tuple[int, str | None]:
        """The status and, of a refusal, the problem's code."""
        return self.status, None if self.status < 400 else self.document["code"]


class Door:
    """One server, seen from its customers: opens as many connections as are used at the same time, and keeps them."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._name = parts.netloc
        self._idle: list[_Connection] = []

    async def ask(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, body: object = None
    ) -> Answer:
        """Ask once. Raises ConnectionError when the server is gone before it has answered, TimeoutError."""
        asked = request(method, path, self._name, headers, body)
        began = time.perf_counter()
        connection = self._kept() or await self._open()
        try:
            response = await asyncio.wait_for(connection.ask(asked), _PATIENCE)
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        return Answer(response, time.perf_counter() - began)

    def close(self) -> None:
        """Hang up on all connections."""
        while self._idle:
            self._idle.pop().close()

    def _kept(self) -> _Connection | None:
        """The connection used last that the server has not closed meanwhile."""
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open:
                return connection
        return None

    async def _open(self) -> _Connection:
        _, connection = await asyncio.get_running_loop().create_connection(_Connection, self._host, self._port)
        return connection


class _Connection(asyncio.Protocol):
    """One request at a time."""

    __slots__ = ("_answer", "_reader", "_transport")

    def __init__(self) -> None:
        self._reader = ResponseReader()
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Response] | None = None

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    async def ask(self, asked: bytes) -> Response:
        if self._transport is None:
            raise ConnectionResetError("the server has hung up")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(asked)
        return await self._answer

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's transports are of its own kind

    def data_received(self, data: bytes) -> None:
        response = self._reader.feed(data)
        if response is not None and self._answer is not None and not self._answer.done():
            self._answer.set_result(response)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError("the server hung up"))
