"""A circuit breaker around an HTTP transport, so that no adapter need know of it.

Our own, because the libraries at hand don't do the half of it: purgatory reads `time.time()`
itself, counts failures without a window and lets every caller through once it is half open;
pybreaker is made for Tornado; aiobreaker has not moved since 2021; and none is a transport.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import httpx

_LOG: Final = logging.getLogger(__name__)


class CircuitOpen(httpx.TransportError):
    """Nothing was sent: the host has failed too often of late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerPolicy:
    """A host that fails `failures` times in a row within `window` is left alone for `pause`, then tried by one call.

    Failing is: no connection, no (whole) answer, a status of 5xx, or having kept a caller
    waiting for `patience` until it gave up. All in seconds.
    """

    failures: int = 5
    window: float = 30.0
    pause: float = 10.0
    patience: float = 5.0


class _Circuit:
    """What is known of a host."""

    def __init__(self, host: str, policy: BreakerPolicy, clock: Callable[[], float]) -> None:
        self._host = host
        self._policy = policy
        self._clock = clock
        self._failures: deque[float] = deque(maxlen=policy.failures)
        self._open_until: float | None = None

    def enter(self) -> None:
        """Raise CircuitOpen, unless the caller may try."""
        if self._open_until is None:
            return
        now = self._clock()
        if now < self._open_until:
            raise CircuitOpen(f"{self._host} is left alone for a while")
        self._open_until = now + self._policy.pause  # for all but this one, who tries

    @contextmanager
    def watching(self) -> Iterator[None]:
        """What fails in here is the host's failure."""
        since = self._clock()
        try:
            yield
        except httpx.TransportError:
            self.failed()
            raise
        except asyncio.CancelledError:
            if self._clock() - since >= self._policy.patience:
                self.failed()
            raise

    def failed(self) -> None:
        """It could not do what was asked of it."""
        now = self._clock()
        self._failures.append(now)
        is_too_often = len(self._failures) == self._policy.failures and now - self._failures[0] <= self._policy.window
        if is_too_often:
            if self._open_until is None:
                _LOG.warning("circuit of %s opened", self._host)
            self._open_until = now + self._policy.pause

    def succeeded(self) -> None:
        """It answered, whatever it said."""
        self._failures.clear()
        if self._open_until is not None:
            _LOG.info("circuit of %s closed", self._host)
            self._open_until = None


class _Watched(httpx.AsyncByteStream):
    """The body of an answer: only its end makes it one."""

    def __init__(self, body: httpx.AsyncByteStream, circuit: _Circuit) -> None:
        self._body = body
        self._circuit = circuit

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with self._circuit.watching():
            async for part in self._body:
                yield part
        self._circuit.succeeded()

    async def aclose(self) -> None:
        await self._body.aclose()


class BreakerTransport(httpx.AsyncBaseTransport):
    """Sends through `inner`, but not to hosts that are failing. Each process finds that out for itself."""

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        *,
        policy: BreakerPolicy = BreakerPolicy(),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inner = inner
        self._policy = policy
        self._clock = clock
        self._circuits: dict[str, _Circuit] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As `inner` does. Raises CircuitOpen."""
        host = request.url.netloc.decode()
        circuit = self._circuits.setdefault(host, _Circuit(host, self._policy, self._clock))
        circuit.enter()
        with circuit.watching():
            response = await self._inner.handle_async_request(request)
        if response.is_server_error:
            circuit.failed()
        elif isinstance(response.stream, httpx.AsyncByteStream):
            response.stream = _Watched(response.stream, circuit)
        return response

    async def aclose(self) -> None:
        """Close `inner`."""
        await self._inner.aclose()
