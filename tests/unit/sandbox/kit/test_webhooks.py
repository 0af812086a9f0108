"""Webhooks arrive at least once whatever the receiver does, and misbehave exactly as ordered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any

import httpx
import pytest
from litestar import Litestar, Request, Response, Router, post

from sandbox.kit.webhooks import Retries, WebhookSender
from tests.unit.sandbox.kit.server import Json, served

pytestmark = pytest.mark.anyio

AnyRequest = Request[Any, Any, Any]  # Litestar's generics name user, auth and state: nothing here reads them

WEBHOOKS = "/_control/webhooks"
QUICK = Retries(attempts=4, first_pause=0.01)


def sign(event_id: str, body: bytes, now: float) -> Mapping[str, str]:
    """As a third party would, but for the secret."""
    return {"x-event-id": event_id, "x-signature": sha256(body).hexdigest(), "x-at": str(now)}


class Receiver:
    """Keeps what it is called with; answers with `script` in turn, then 200."""

    def __init__(self, *script: int) -> None:
        self.script = list(script)
        self.calls: list[tuple[str, bytes]] = []
        self.genuine: list[bool] = []

    def app(self) -> Litestar:
        """Where it listens."""

        @post("/hook", status_code=200)
        async def hook(request: AnyRequest) -> Response[None]:
            body = await request.body()
            self.calls.append((request.headers["x-event-id"], body))
            self.genuine.append(request.headers["x-signature"] == sha256(body).hexdigest())
            return Response(None, status_code=self.script.pop(0) if self.script else 200)

        return Litestar([hook], openapi_config=None)

    @property
    def ids(self) -> list[str]:
        """The events, as they came."""
        return [event_id for event_id, _ in self.calls]


async def until(holds: Callable[[], object]) -> None:
    """Wait for something that must come."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - what holds is changed by a server that knows no event of ours
            await asyncio.sleep(0.005)


class Wire:
    """A sender, its control endpoints, and a receiver that listens."""

    def __init__(self, sender: WebhookSender, receiver: Receiver, control: httpx.AsyncClient) -> None:
        self.sender = sender
        self.receiver = receiver
        self._control = control

    async def set(self, **wish: object) -> Json:
        """POST …/webhooks."""
        state: Json = (await self._control.post(WEBHOOKS, json=wish)).raise_for_status().json()
        return state

    async def state(self) -> Json:
        """GET …/webhooks."""
        state: Json = (await self._control.get(WEBHOOKS)).raise_for_status().json()
        return state

    async def ask(self, method: str, path: str = "", **sent: object) -> httpx.Response:
        """Anything else."""
        return await self._control.request(method, WEBHOOKS + path, json=sent or None)

    def send(self, *event_ids: str) -> None:
        """Events with those ids."""
        for event_id in event_ids:
            self.sender.send(event_id, "thing.happened", b'{"id":"%s"}' % event_id.encode())


@asynccontextmanager
async def wired(sender: WebhookSender, receiver: Receiver) -> AsyncIterator[Wire]:
    """Both served; the sender knows where the receiver is unless it was told otherwise."""
    control = Router("/_control", route_handlers=[sender.routes()])
    async with (
        served(receiver.app()) as receiver_url,
        served(Litestar([control], lifespan=[sender.running], openapi_config=None)) as url,
        httpx.AsyncClient(base_url=url, trust_env=False) as client,
    ):
        if sender.url == "":
            sender.url = f"{receiver_url}/hook"
        yield Wire(sender, receiver, client)


def a_sender(url: str | None = "", **options: object) -> WebhookSender:
    """A sender to the receiver; or to `url`."""
    usual = {"sign": sign, "signature_header": "x-signature", "retries": QUICK, "clock": lambda: 7.0}
    return WebhookSender(url, **usual, **options)  # type: ignore[arg-type]  # options of many types


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with wired(a_sender(), Receiver()) as wire:
        yield wire


async def test_an_event_is_posted_signed_and_listed(wire: Wire) -> None:
    """With its own bytes."""
    wire.send("evt_1")
    await until(lambda: wire.receiver.calls and wire.sender.state().deliveries[0].attempts)

    assert wire.receiver.calls == [("evt_1", b'{"id":"evt_1"}')]
    assert wire.receiver.genuine == [True]
    assert (await wire.state())["deliveries"] == [
        {
            "event_id": "evt_1",
            "kind": "thing.happened",
            "body": {"id": "evt_1"},
            "state": "acknowledged",
            "attempts": [{"at": 7.0, "signature": "genuine", "status": 200, "failure": None}],
        }
    ]


async def test_without_a_url_nothing_is_sent() -> None:
    """But it is listed, and can be sent once there is one."""
    async with wired(a_sender(None), Receiver()) as wire, served(wire.receiver.app()) as receiver_url:
        wire.send("evt_1")
        await until(lambda: wire.sender.state().deliveries[0].state == "unsent")
        assert wire.receiver.calls == []

        await wire.set(url=f"{receiver_url}/hook")
        await wire.ask("POST", "/evt_1/redeliver")

        await until(lambda: wire.receiver.ids == ["evt_1"])


@pytest.mark.parametrize("refusal", [500, 404, 301])
async def test_it_is_repeated_until_it_is_acknowledged(refusal: int) -> None:
    """Every attempt with the same event id."""
    async with wired(a_sender(), Receiver(refusal, refusal)) as wire:
        wire.send("evt_1")
        await until(lambda: wire.sender.state().deliveries[0].state == "acknowledged")

    assert wire.receiver.ids == ["evt_1"] * 3
    assert [each.status for each in wire.sender.state().deliveries[0].attempts] == [refusal, refusal, 200]


async def test_a_sender_may_insist_on_200() -> None:
    """Some do not take a 204 for a yes."""
    async with wired(a_sender(acknowledged=(200,)), Receiver(204)) as wire:
        wire.send("evt_1")
        await until(lambda: wire.sender.state().deliveries[0].state == "acknowledged")

    assert len(wire.receiver.calls) == 2


async def test_it_is_given_up_after_the_last_attempt() -> None:
    """And can be delivered again by hand."""
    async with wired(a_sender(), Receiver(500, 500, 500, 500)) as wire:
        wire.send("evt_1")
        await until(lambda: wire.sender.state().deliveries[0].state == "given_up")
        assert len(wire.receiver.calls) == QUICK.attempts

        await wire.ask("POST", "/evt_1/redeliver")

        await until(lambda: wire.sender.state().deliveries[0].state == "acknowledged")


async def test_a_receiver_that_is_down_is_survived() -> None:
    """The failure is listed, and the next event goes out as ever."""
    async with wired(a_sender("http://127.0.0.1:9/hook"), Receiver()) as wire, served(wire.receiver.app()) as url:
        wire.send("evt_1")
        await until(lambda: wire.sender.state().deliveries[0].state == "given_up")

        await wire.set(url=f"{url}/hook")
        wire.send("evt_2")

        await until(lambda: wire.receiver.ids == ["evt_2"])
        assert {each.failure for each in wire.sender.state().deliveries[1].attempts} == {"ConnectError"}


async def test_copies_are_sent_as_often_as_ordered(wire: Wire) -> None:
    """All with the same event id, and only of as many events as were meant."""
    await wire.set(mischief={"copies": 3, "events": 1})

    wire.send("evt_1", "evt_2")

    await until(lambda: len(wire.receiver.calls) == 4)
    assert sorted(wire.receiver.ids) == ["evt_1"] * 3 + ["evt_2"]
    assert (await wire.state())["mischief"]["copies"] == 1


async def test_a_forged_copy_has_a_signature_that_is_none(wire: Wire) -> None:
    """It comes first, with the event's id, and is not repeated."""
    wire.receiver.script = [401]
    await wire.set(mischief={"forged": 1.0})

    wire.send("evt_1")

    await until(lambda: len(wire.receiver.calls) == 2)
    assert wire.receiver.genuine == [False, True]
    assert wire.receiver.ids == ["evt_1", "evt_1"]


async def test_a_window_is_shuffled(wire: Wire) -> None:
    """All of it arrives, in another order."""
    sent = [f"evt_{number:02}" for number in range(20)]
    await wire.set(mischief={"window": 20})

    wire.send(*sent)

    await until(lambda: len(wire.receiver.calls) == 20)
    assert wire.receiver.ids != sent
    assert sorted(wire.receiver.ids) == sent


async def test_a_delay_is_kept(wire: Wire) -> None:
    """One without overtakes one with."""
    await wire.set(mischief={"delay": [0.2, 0.2], "events": 1})

    wire.send("evt_1", "evt_2")

    await until(lambda: len(wire.receiver.calls) == 2)
    assert wire.receiver.ids == ["evt_2", "evt_1"]


async def test_a_pause_holds_everything_back(wire: Wire) -> None:
    """Until it is over."""
    await wire.set(paused=True)
    wire.send("evt_1")
    await wire.set(mischief={"copies": 1})  # what isn't named stays
    assert (await wire.state())["paused"]
    assert wire.receiver.calls == []

    await wire.set(paused=False)

    await until(lambda: wire.receiver.ids == ["evt_1"])


async def test_all_can_be_forgotten(wire: Wire) -> None:
    """A test leaves nothing behind for the next."""
    await wire.set(mischief={"copies": 5})
    wire.send("evt_1")
    await until(lambda: len(wire.receiver.calls) == 5)

    await wire.ask("DELETE")

    state = await wire.state()
    assert (state["deliveries"], state["mischief"]["copies"]) == ([], 1)


@pytest.mark.parametrize(
    "wish",
    [{"url": "nowhere"}, {"mischief": {"copies": 0}}, {"mischief": {"copys": 2}}, {"pause": True}, {"paused": None}],
)
async def test_a_wish_that_is_none_is_refused(wire: Wire, wish: Json) -> None:
    """And changes nothing."""
    before = await wire.state()

    assert (await wire.ask("POST", **wish)).status_code == 400
    assert await wire.state() == before


async def test_an_unknown_event_is_not_redelivered(wire: Wire) -> None:
    """404."""
    assert (await wire.ask("POST", "/evt_1/redeliver")).status_code == 404
