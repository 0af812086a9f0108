"""A host that fails too often is left alone for a while, then tried by one call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from adapters.outbound.breaker import BreakerPolicy, BreakerTransport, CircuitOpen

pytestmark = pytest.mark.anyio

POLICY = BreakerPolicy(failures=3, window=30, pause=10, patience=5)
FAILING = "https://failing.example/v1/orders"
WELL = "https://well.example/"


class Moment:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


async def body(*parts: bytes | Exception) -> AsyncIterator[bytes]:
    """An answer's body, in parts; what is an exception is raised in its place."""
    for part in parts:
        if isinstance(part, Exception):
            raise part
        yield part


class Hosts(httpx.AsyncBaseTransport):
    """All is well everywhere, but at failing.example, where it is as `outcome` says; counts the calls."""

    def __init__(self, outcome: int | Exception) -> None:
        self.outcome = outcome
        self.body: Callable[..., AsyncIterator[bytes]] = body
        self.calls = 0
        self.closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.calls += 1
        if request.url.host == "well.example":
            return httpx.Response(200, content=body(b"{}"))
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return httpx.Response(self.outcome, content=self.body(b"{}"))

    async def aclose(self) -> None:
        self.closed = True


class Caller:
    """Calls through a breaker."""

    def __init__(self, outcome: int | Exception = 503) -> None:
        self.moment = Moment()
        self.hosts = Hosts(outcome)
        self.client = httpx.AsyncClient(transport=BreakerTransport(self.hosts, policy=POLICY, clock=self.moment))

    async def call(self, url: str = FAILING) -> int | None:
        """The status of the answer; None without one."""
        try:
            return (await self.client.get(url)).status_code
        except CircuitOpen:
            raise
        except httpx.TransportError:
            return None

    async def fail(self, times: int) -> None:
        """Call in vain."""
        for _ in range(times):
            await self.call()


FAILURES = [
    500,
    503,
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("connect"),
    httpx.ReadTimeout("read"),
    httpx.RemoteProtocolError("cut"),
]


@pytest.mark.parametrize("failure", FAILURES)
async def test_too_many_failures_in_a_row_open_it(failure: int | Exception) -> None:
    """From then on calls fail at once, and the host is spared."""
    caller = Caller(failure)
    await caller.fail(3)

    with pytest.raises(CircuitOpen, match=r"failing\.example"):
        await caller.call()

    assert caller.hosts.calls == 3


async def test_an_open_circuit_is_a_transport_error() -> None:
    """What an adapter does without a connection, it does now."""
    assert issubclass(CircuitOpen, httpx.TransportError)


@pytest.mark.parametrize("status", [200, 204, 301, 400, 401, 404, 409, 422, 429])
async def test_an_answer_that_is_not_5xx_is_no_failure(status: int) -> None:
    """The host is there; what it says of our request is another matter."""
    caller = Caller(status)

    await caller.fail(10)

    assert caller.hosts.calls == 10


async def test_a_success_in_between_starts_the_count_anew() -> None:
    """Only failures in a row count."""
    caller = Caller()
    await caller.fail(2)
    caller.hosts.outcome = 200
    await caller.call()
    caller.hosts.outcome = 503

    await caller.fail(2)

    assert await caller.call() == 503
    with pytest.raises(CircuitOpen):
        await caller.call()


async def test_failures_long_ago_do_not_count() -> None:
    """A host that is called once an hour is not down because of what happened yesterday."""
    caller = Caller()
    await caller.fail(2)
    caller.moment.now += 30.1

    assert await caller.call() == 503
    assert await caller.call() == 503
    assert await caller.call() == 503
    with pytest.raises(CircuitOpen):
        await caller.call()


async def test_other_hosts_are_not_concerned() -> None:
    """Nor the same host at another port."""
    caller = Caller()
    await caller.fail(3)

    assert await caller.call(WELL) == 200
    assert await caller.call("https://failing.example:8443/") == 503


async def test_after_the_pause_one_call_tries() -> None:
    """The others still fail at once while it is under way."""
    caller = Caller()
    await caller.fail(3)
    caller.moment.now += 9.9
    with pytest.raises(CircuitOpen):
        await caller.call()
    caller.moment.now += 0.1

    trying = caller.client.build_request("GET", FAILING)
    caller.hosts.outcome = 200
    response = await caller.client.send(trying, stream=True)
    with pytest.raises(CircuitOpen):
        await caller.call()
    await response.aread()

    assert await caller.call() == 200


async def test_a_try_that_fails_opens_it_again() -> None:
    """One failure is enough now."""
    caller = Caller()
    await caller.fail(3)
    caller.moment.now += 10

    assert await caller.call() == 503
    caller.moment.now += 9.9
    with pytest.raises(CircuitOpen):
        await caller.call()
    caller.moment.now += 0.1
    caller.hosts.outcome = 200

    assert await caller.call() == 200
    assert await caller.call() == 200


async def test_a_try_that_nobody_ends_is_followed_by_another() -> None:
    """A caller that forgets its response doesn't keep the circuit open for ever."""
    caller = Caller()
    await caller.fail(3)
    caller.hosts.outcome = 200
    caller.moment.now += 10
    await caller.client.send(caller.client.build_request("GET", FAILING), stream=True)

    caller.moment.now += 10

    assert await caller.call() == 200


async def test_an_answer_that_breaks_off_is_a_failure() -> None:
    """However good it began."""
    caller = Caller(200)
    caller.hosts.body = lambda *_: body(b"{", httpx.RemoteProtocolError("cut"))
    await caller.fail(3)

    with pytest.raises(CircuitOpen):
        await caller.call()


@pytest.mark.parametrize(("waited", "is_open"), [(4.9, False), (5.0, True)])
async def test_a_host_that_wears_its_callers_out_is_failing(*, waited: float, is_open: bool) -> None:
    """A caller that gives up at once says nothing of the host; one that has waited does."""
    caller, began = Caller(200), asyncio.Event()

    async def stuck(*_: object) -> AsyncIterator[bytes]:
        yield b"{"
        began.set()
        await asyncio.Event().wait()

    caller.hosts.body = stuck
    for _ in range(3):
        began.clear()
        waiting = asyncio.create_task(caller.call())
        await began.wait()
        caller.moment.now += waited
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    caller.hosts.body = body
    if is_open:
        with pytest.raises(CircuitOpen):
            await caller.call()
    else:
        assert await caller.call() == 200


async def test_closing_closes_what_is_inside() -> None:
    """The client owns the transport, and the transport the connections."""
    caller = Caller()

    await caller.client.aclose()

    assert caller.hosts.closed
