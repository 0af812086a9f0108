"""Webhooks as third parties send them: signed, at least once, in no promised order; and worse, to order.

    POST   …/_control/webhooks  {"url": "http://…", "paused": true, "mischief": {"copies": 5}}: what isn't named stays
    GET    …/_control/webhooks  how it is set, and what was sent: newest first, with every attempt and its answer
    DELETE …/_control/webhooks  forget what was sent, and behave
    POST   …/_control/webhooks/{event_id}/redeliver

What is under way when the sandbox ends is lost, as it would be after the last retry.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Container, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Final, Literal

import httpx
import msgspec
from litestar import Litestar, Router, delete, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, RawBody
from msgspec.structs import replace

from sandbox.kit.control import read_wish

_ANSWER_WITHIN: Final = 5.0  # seconds
_MOST_AT_ONCE: Final = 32
_MOST_KEPT: Final = 10_000
_WINDOW_OPEN: Final = 0.5  # seconds

Signer = Callable[[str, bytes, float], Mapping[str, str]]
"""The headers of a call: of the event's id, its body, and the time (Unix seconds)."""


class Mischief(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the next `events` are sent; None: all.

    Each so many `copies`, after a random time within `delay` (seconds, from..to); of `window`
    events the order is shuffled (fewer, when no more come within half a second); and of a
    share of them (`forged`, 0..1) another copy comes first whose signature is none.
    """

    copies: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    delay: tuple[float, float] = (0.0, 0.0)
    window: Annotated[int, msgspec.Meta(ge=1)] = 1
    forged: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0
    events: Annotated[int, msgspec.Meta(ge=1)] | None = None


class Retries(msgspec.Struct, frozen=True, kw_only=True):
    """How a call that was not acknowledged is repeated. Compressed: a day of theirs is minutes here."""

    attempts: int = 10
    first_pause: float = 0.2  # seconds; doubled each time


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One call and what came of it: a `status`, or a `failure`."""

    at: float
    signature: Literal["genuine", "forged"]
    status: int | None
    failure: str | None


class Delivery(msgspec.Struct, kw_only=True):
    """An event on its way."""

    event_id: str
    kind: str
    body: msgspec.Raw
    state: Literal["waiting", "acknowledged", "given_up", "unsent"] = "waiting"
    attempts: list[Attempt] = []


class WebhookState(msgspec.Struct, frozen=True):
    """How a sender is set, and what it has to tell."""

    url: str | None
    paused: bool
    mischief: Mischief
    deliveries: list[Delivery]


class _Wish(msgspec.Struct, forbid_unknown_fields=True):
    url: Annotated[str, msgspec.Meta(pattern="^https?://")] | msgspec.UnsetType | None = msgspec.UNSET
    paused: bool | msgspec.UnsetType = msgspec.UNSET
    mischief: Mischief | msgspec.UnsetType = msgspec.UNSET


_WISHES: Final = msgspec.json.Decoder(_Wish)


class WebhookSender:
    """Posts events to a URL until they are acknowledged. Without a URL they are listed, not sent.

    `signature_header` is the one that a forged copy has wrong. An answer counts if its status
    is among `acknowledged` and it comes within five seconds.
    """

    def __init__(
        self,
        url: str | None,
        *,
        sign: Signer,
        signature_header: str,
        acknowledged: Container[int] = range(200, 300),
        retries: Retries = Retries(),  # noqa: B008 - frozen
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.url = url
        self.mischief = Mischief()
        self._sign = sign
        self._signature_header = signature_header
        self._acknowledged = acknowledged
        self._retries = retries
        self._clock = clock
        self._random = random.Random(0)  # noqa: S311 - mischief, and the same each time
        self._deliveries: dict[str, Delivery] = {}
        self._due: asyncio.Queue[Delivery] = asyncio.Queue()
        self._going = asyncio.Event()
        self._going.set()
        self._lines = asyncio.Semaphore(_MOST_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, event_id: str, kind: str, body: bytes) -> None:
        """Have an event delivered; `body` is JSON. Returns at once."""
        delivery = Delivery(event_id=event_id, kind=kind, body=msgspec.Raw(body))
        self._deliveries[event_id] = delivery
        if len(self._deliveries) > _MOST_KEPT:
            del self._deliveries[next(iter(self._deliveries))]
        self._due.put_nowait(delivery)

    def redeliver(self, event_id: str) -> Delivery:
        """Have it delivered once more. Raises KeyError."""
        delivery = self._deliveries[event_id]
        delivery.state = "waiting"
        self._due.put_nowait(delivery)
        return delivery

    def pause(self) -> None:
        """Hold everything back until `resume`."""
        self._going.clear()

    def resume(self) -> None:
        """Send again."""
        self._going.set()

    def forget(self) -> None:
        """Drop the list of what was sent, and all mischief."""
        self._deliveries.clear()
        self.mischief = Mischief()

    def state(self) -> WebhookState:
        """What there is to tell, newest first."""
        return WebhookState(self.url, not self._going.is_set(), self.mischief, [*self._deliveries.values()][::-1])

    @asynccontextmanager
    async def running(self, _: Litestar) -> AsyncIterator[None]:
        """For Litestar's `lifespan`: it sends while this is open."""
        limits = httpx.Limits(max_connections=_MOST_AT_ONCE)
        async with httpx.AsyncClient(limits=limits, timeout=_ANSWER_WITHIN, trust_env=False) as client:
            self._spawn(self._dispatch(client))
            try:
                yield
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    def routes(self) -> Router:
        """`/webhooks`, for the control router."""
        provided = {"sender": Provide(lambda: self, sync_to_thread=False)}
        return Router("/webhooks", route_handlers=[_set, _tell, _forget, _redeliver], dependencies=provided)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _dispatch(self, client: httpx.AsyncClient) -> None:
        while True:
            for delivery in await self._next_window():
                self._spawn(self._deliver(client, delivery, self._mischief_of_next()))

    async def _next_window(self) -> list[Delivery]:
        window = [await self._due.get()]
        with suppress(TimeoutError):
            async with asyncio.timeout(_WINDOW_OPEN):
                while len(window) < self.mischief.window:
                    window.append(await self._due.get())
        self._random.shuffle(window)
        return window

    def _mischief_of_next(self) -> Mischief:
        mischief = self.mischief
        if mischief.events is not None:
            self.mischief = Mischief() if mischief.events == 1 else replace(mischief, events=mischief.events - 1)
        return mischief

    async def _deliver(self, client: httpx.AsyncClient, delivery: Delivery, mischief: Mischief) -> None:
        if self.url is None:
            delivery.state = "unsent"
            return
        if self._random.random() < mischief.forged:
            await self._attempt(client, delivery, "forged")
        for _ in range(mischief.copies):
            self._spawn(self._insist(client, delivery, self._random.uniform(*mischief.delay)))

    async def _insist(self, client: httpx.AsyncClient, delivery: Delivery, delay: float) -> None:
        await asyncio.sleep(delay)
        for attempt in range(self._retries.attempts):
            if await self._attempt(client, delivery, "genuine"):
                delivery.state = "acknowledged"
                return
            await asyncio.sleep(self._retries.first_pause * 2**attempt)
        if delivery.state == "waiting":
            delivery.state = "given_up"

    async def _attempt(
        self, client: httpx.AsyncClient, delivery: Delivery, signature: Literal["genuine", "forged"]
    ) -> bool:
        await self._going.wait()
        now, body = self._clock(), bytes(delivery.body)
        headers = {"content-type": "application/json", **self._sign(delivery.event_id, body, now)}
        if signature == "forged":
            headers[self._signature_header] = "0" * len(headers[self._signature_header])
        status = failure = None
        try:
            async with self._lines, asyncio.timeout(_ANSWER_WITHIN):
                status = (await client.post(self.url or "", content=body, headers=headers)).status_code
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as problem:
            failure = type(problem).__name__
        delivery.attempts.append(Attempt(at=now, signature=signature, status=status, failure=failure))
        return status in self._acknowledged


Sender = NamedDependency[WebhookSender]


@post("/", status_code=200, sync_to_thread=False)
def _set(body: RawBody, sender: Sender) -> WebhookState:
    wish = read_wish(body, _WISHES)
    if wish.url is not msgspec.UNSET:
        sender.url = wish.url
    if wish.mischief is not msgspec.UNSET:
        sender.mischief = wish.mischief
    if wish.paused is not msgspec.UNSET:
        (sender.pause if wish.paused else sender.resume)()
    return sender.state()


@get("/", sync_to_thread=False)
def _tell(sender: Sender) -> WebhookState:
    return sender.state()


@delete("/", sync_to_thread=False)
def _forget(sender: Sender) -> None:
    sender.forget()


@post("/{event_id:str}/redeliver", status_code=200, sync_to_thread=False)
def _redeliver(event_id: FromPath[str], sender: Sender) -> Delivery:
    try:
        return sender.redeliver(event_id)
    except KeyError:
        raise NotFoundException(f"no event {event_id} was sent") from None
