"""The sandbox as a process: parcels travel on after a kill, the shop is told at least once, and a start can fail."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from litestar import Litestar, Request, Response, post

from bootstrap.embedded import answers, free_port
from tests.unit.sandbox.kit.server import served
from tests.unit.sandbox.shiprocket.account import an_order

pytestmark = pytest.mark.anyio

CREDENTIALS = ("--email", "api@solecraft.example", "--password", "the-password")
BY_HAND = ("--step-seconds", "manual")
AT_ONCE = ("--step-seconds", "0.02")

Json = dict[str, Any]  # Any: what a JSON body holds is what the tests find out


def command(port: int, *options: str) -> list[str]:
    return [sys.executable, "-m", "sandbox.shiprocket", "--port", str(port), *CREDENTIALS, *options]


def started(*options: str, port: int | None = None) -> subprocess.CompletedProcess[str]:
    """What becomes of a sandbox that is not expected to live."""
    argv = command(port or free_port(), *options)
    return subprocess.run(argv, capture_output=True, text=True, timeout=30, check=False)


@contextmanager
def running(*options: str) -> Iterator[httpx.Client]:
    """A sandbox in a process of its own, and a client that has logged in."""
    port = free_port()
    with subprocess.Popen(command(port, *options), stderr=subprocess.PIPE, text=True) as process:
        try:
            deadline = time.monotonic() + 30
            while not answers(port, "/health"):
                assert process.poll() is None, process.communicate()[1]
                assert time.monotonic() < deadline, "the sandbox is not ready after 30 seconds"
                time.sleep(0.02)
            with httpx.Client(base_url=f"http://127.0.0.1:{port}/v1/external", timeout=10) as client:
                body = {"email": CREDENTIALS[1], "password": CREDENTIALS[3]}
                token = client.post("/auth/login", json=body).raise_for_status().json()["token"]
                client.headers["authorization"] = f"Bearer {token}"
                yield client
        finally:
            process.terminate()


def send(client: httpx.Client) -> str:
    """The AWB of a new parcel that waits for its pickup."""
    order = client.post("/orders/create/adhoc", json=an_order()).raise_for_status().json()
    told = client.post("/courier/assign/awb", json={"shipment_id": order["shipment_id"]}).raise_for_status().json()
    client.post("/courier/generate/pickup", json={"shipment_id": [order["shipment_id"]]}).raise_for_status()
    awb: str = told["response"]["data"]["awb_code"]
    return awb


def status_of(client: httpx.Client, awb: str) -> int:
    """Of the SHIPMENT table."""
    status: int = client.get(f"/courier/track/awb/{awb}").raise_for_status().json()["tracking_data"]["shipment_status"]
    return status


def kill_whoever_serves(client: httpx.Client) -> None:
    """As a power cut does."""
    for child in psutil.Process().children():
        if f"--port {client.base_url.port} " in " ".join(child.cmdline()):
            child.kill()


def test_a_parcel_that_was_under_way_at_a_kill_arrives(tmp_path: Path) -> None:
    """Couriers don't stop for that; the token is still good, too."""
    state = ("--state", str(tmp_path / "shiprocket.jsonl"))
    with running(*state, *BY_HAND) as client:
        awb, token = send(client), client.headers["authorization"]
        client.post(f"/_control/parcels/{awb}/advance", json={"steps": 3}).raise_for_status()
        kill_whoever_serves(client)

    with running(*state, *AT_ONCE) as client:
        client.headers["authorization"] = token
        deadline = time.monotonic() + 20
        while status_of(client, awb) != 7:
            assert time.monotonic() < deadline, "the parcel has not arrived after 20 seconds"
            time.sleep(0.02)


class Shop:
    """Who is told. It refuses the first call, and then once says 204, which Shiprocket takes for no."""

    def __init__(self) -> None:
        self.keys: list[str | None] = []
        self.heard: list[Json] = []
        self.delivered = asyncio.Event()

    def app(self) -> Litestar:
        """Its webhook at /hooks/parcels."""

        @post("/hooks/parcels")
        async def hear(request: Request[Any, Any, Any]) -> Response[None]:  # Any: nothing here reads these
            self.keys.append(request.headers.get("x-api-key"))
            status = {1: 503, 2: 204}.get(len(self.keys), 200)
            if status == 200:
                self.heard.append(await request.json())
            if any(each["shipment_status_id"] == 7 for each in self.heard) and len(self.heard) >= 9:
                self.delivered.set()
            return Response(None, status_code=status)

        return Litestar([hear], openapi_config=None)


async def test_the_shop_hears_of_every_step_at_least_once() -> None:
    """With its key; what it did not answer by 200 comes again."""
    shop = Shop()
    async with served(shop.app()) as url:
        hook = ("--webhook-url", f"{url}/hooks/parcels", "--webhook-key", "the-key")
        with running(*hook, *AT_ONCE) as client:
            awb = await asyncio.to_thread(send, client)
            async with asyncio.timeout(20):
                await shop.delivered.wait()

    assert sorted(each["shipment_status_id"] for each in shop.heard) == [5, 6, 7, 17, 18, 18, 19, 38, 42]
    assert {each["awb"] for each in shop.heard} == {awb}
    assert set(shop.keys) == {"the-key"}
    assert len(shop.keys) == 11


@pytest.mark.parametrize("word", ["shiprocket", "kartrocket", "sr", "KR"])
def test_a_webhook_url_with_a_forbidden_word_is_refused(word: str) -> None:
    """As in their panel, wherever it stands: /users/rx has one."""
    refused = started("--webhook-url", f"https://shop.example/use{word}/x")

    assert refused.returncode == 2
    assert f'the URL may not contain "{word.lower()}"' in refused.stderr


@pytest.mark.parametrize("seconds", ["fast", "-1", "3601"])
def test_steps_take_a_sensible_time(seconds: str) -> None:
    """Or none, by hand."""
    assert started("--step-seconds", seconds).returncode == 2


def test_a_busy_port_is_one_clear_line() -> None:
    """Two sandboxes on one port would share its callers at random."""
    with running(*BY_HAND) as client:
        port = client.base_url.port
        second = started(port=port)

    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert f"127.0.0.1:{port} can't be listened on" in second.stderr


def test_a_state_file_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    """And it is left as it was."""
    state = tmp_path / "shiprocket.jsonl"
    state.write_bytes(b"not a journal\n")

    refused = started("--state", str(state))

    assert refused.returncode == 1
    assert f"{state}: line 1 is not a change of this sandbox" in refused.stderr
    assert state.read_bytes() == b"not a journal\n"
