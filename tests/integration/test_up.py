"""`shoes up`, as somebody meets it who has just cloned the shop: it sells, stops, starts again, and survives."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg
import httpx
import psutil
import pytest
from redis import Redis

from bootstrap.embedded import free_port
from tests.faults.crowd import WISH
from tests.faults.door import Door, Json
from tests.faults.guests import BENGALURU, Guest, order_form
from tests.harness.postgres import Databases

_PATIENCE: Final = 60.0  # seconds until something that hangs is ended
_SHOES: Final = [sys.executable, "-m", "bootstrap"]


@dataclass(frozen=True, slots=True)
class Up:
    """A `shoes up` that is ready."""

    process: subprocess.Popen[str]
    url: str
    children: list[psutil.Process]  # grandchildren too

    def stop(self, by: signal.Signals) -> float:
        """Ask it to stop; returns the seconds that it took."""
        asked = time.monotonic()
        self.process.send_signal(by)
        self.process.wait(timeout=15)
        return time.monotonic() - asked

    def crash(self) -> None:
        """SIGKILL for everything, before any of it notices the death of another."""
        self.process.send_signal(signal.SIGSTOP)
        for child in self.children:
            child.kill()
        self.process.kill()
        self.process.wait()

    def survivors(self) -> list[psutil.Process]:
        """What is still at work. A zombie is not: it waits for a parent that asks for its end."""
        _, remaining = psutil.wait_procs(self.children, timeout=1.0)
        return [process for process in remaining if process.status() != psutil.STATUS_ZOMBIE]


@dataclass(frozen=True, slots=True)
class Machine:
    """A directory and a port of one's own."""

    var: Path
    port: int

    def environment(self, **settings: str) -> dict[str, str]:
        """Ours, without what is set for a shop of ours."""
        own = {"SHOES_VAR": str(self.var), "SHOES_PORT": str(self.port), "SHOES_WORKERS": "1"}
        theirs = {name: value for name, value in os.environ.items() if not name.startswith("SHOES_")}
        return theirs | own | {f"SHOES_{name.upper()}": value for name, value in settings.items()}

    @contextmanager
    def up(self, **settings: str) -> Iterator[Up]:
        """`shoes up`, from its line "ready …" on. Whatever is left of it at the end is ended."""
        errors = self.var.parent / "stderr"
        with errors.open("w") as stderr:
            process = subprocess.Popen(
                [*_SHOES, "up"], env=self.environment(**settings), stdout=subprocess.PIPE, stderr=stderr, text=True
            )
        clock = threading.Timer(_PATIENCE, process.kill)
        clock.start()
        children: list[psutil.Process] = []
        try:
            assert process.stdout is not None
            ready = next((line for line in process.stdout if line.startswith("ready ")), "it ended")
            assert ready == f"ready http://127.0.0.1:{self.port}\n", errors.read_text()
            clock.cancel()
            children = psutil.Process(process.pid).children(recursive=True)
            yield Up(process, ready.split()[1], children)
        finally:
            clock.cancel()
            process.kill()
            for child in children:
                with suppress(psutil.NoSuchProcess):
                    child.kill()
            process.communicate()

    def shoes(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Another command in the same environment."""
        return subprocess.run(
            [*_SHOES, *words],
            env=self.environment(**settings),
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "var", free_port())


@dataclass(frozen=True, slots=True)
class Belongings:
    """What a customer has of the shop: an order, and a cart begun anew."""

    order: Json
    order_token: str
    cart: Json
    cart_token: str

    def are_kept_at(self, url: str) -> bool:
        """Whether the shop still knows them."""
        order = httpx.get(f"{url}/api/v1/orders/{self.order['id']}", headers={"X-Order-Token": self.order_token})
        cart = httpx.get(f"{url}/api/v1/cart", headers={"X-Cart-Token": self.cart_token})
        return (order.json().get("data"), cart.json().get("data")) == (self.order, self.cart)


def buy(url: str) -> Belongings:
    """Order a pair, and put another into a new cart."""
    return asyncio.run(_buy(Door(url)))


async def _buy(door: Door) -> Belongings:
    guest, other = Guest(door), Guest(door)
    await guest.put(WISH)
    total = (await guest.checkout(BENGALURU, "COD"))["total"]["amount"]
    ordered = await guest.order(order_form(BENGALURU, "COD", total))
    await other.put(WISH)
    token = ordered.response.header("X-Order-Token")
    assert token
    assert other.cart_token
    cart = await other.cart()
    door.close()
    return Belongings(ordered.data, token, cart, other.cart_token)


def test_a_shop_sells_stops_and_goes_on(machine: Machine) -> None:
    """The first start sells, makes and ships; SIGTERM stops it whole; the second start has everything."""
    with machine.up(sandbox_step_seconds="1") as shop:
        assert httpx.get(f"{shop.url}/api/v1/products").status_code == 200
        demo = machine.shoes("demo", "--base-url", shop.url, "--follow")
        assert (demo.returncode, demo.stderr) == (0, ""), demo.stdout
        assert_demo_bought_twice(demo.stdout)
        assert_demo_followed_both(demo.stdout)
        doctor = machine.shoes("doctor")
        assert (doctor.returncode, {line.split()[0] for line in doctor.stdout.splitlines()}) == (0, {"ok"}), doctor
        assert doctor.stdout.count("knows the account") == 2
        second = machine.shoes("up", port=str(free_port()))
        assert_one_line(second, f"shoes: {machine.var} is in use by another run (process {shop.process.pid})")
        belongings = buy(shop.url)

        assert shop.stop(signal.SIGTERM) < 10
        assert shop.process.returncode == 0
        assert shop.survivors() == []
    with machine.up() as again:
        assert belongings.are_kept_at(again.url)
        assert again.stop(signal.SIGINT) < 10
        assert (again.process.returncode, again.survivors()) == (0, [])


def test_a_shop_recovers_from_the_death_of_everything(machine: Machine) -> None:
    """SIGKILL of supervisor and servers at once loses nothing that was answered, and the next start needs no hand."""
    with machine.up() as shop:
        belongings = buy(shop.url)
        shop.crash()
        assert shop.survivors() == []
    with machine.up() as again:
        assert belongings.are_kept_at(again.url)
        assert machine.shoes("doctor").returncode == 0


def test_servers_that_are_named_are_used(machine: Machine, databases: Databases, redis_url: str) -> None:
    """An empty database becomes a shop; nothing is run or written under var for it."""
    with databases.blank() as url, machine.up(database_url=url, redis_url=redis_url) as shop:
        buy(shop.url)
        assert asyncio.run(_orders_in(url)) == 1
        with Redis.from_url(redis_url) as redis:
            assert redis.dbsize() > 0
        assert not (machine.var / "postgres").exists()
        assert not (machine.var / "redis").exists()
        assert {child.name() for child in shop.children}.isdisjoint({"postgres", "redis-server"})
        assert shop.stop(signal.SIGTERM) < 10


async def _orders_in(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        orders: int = await connection.fetchval("SELECT count(*) FROM orders")
        return orders
    finally:
        await connection.close()


def test_a_busy_port_is_one_clear_line(machine: Machine) -> None:
    """Before any server is made or started."""
    with socket.create_server(("127.0.0.1", machine.port)):
        done = machine.shoes("up")
    assert_one_line(done, f"shoes: port {machine.port} of 127.0.0.1 is in use by another program")
    assert not (machine.var / "postgres").exists()


def test_a_var_that_can_not_be_written_is_one_clear_line(machine: Machine) -> None:
    """A file in its place: root, who may write anywhere, can't help that either."""
    machine.var.write_text("a file in the way")
    assert_one_line(machine.shoes("up"), f"shoes: {machine.var} cannot be written: File exists")


def test_servers_that_do_not_answer_are_one_clear_line(machine: Machine, redis_url: str) -> None:
    """Named by the environment, but not there."""
    nowhere = f"postgresql://shoes@127.0.0.1:{free_port()}/shoes"
    done = machine.shoes("up", database_url=nowhere, redis_url=redis_url)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "database" in done.stderr


def test_the_doctor_names_every_illness(machine: Machine, fresh_postgres_url: str) -> None:
    """An empty shop whose Redis is gone: what is wrong, and what to do; exit code 1."""
    nowhere = f"redis://127.0.0.1:{free_port()}/0"
    nobody = f"http://127.0.0.1:{free_port()}/v1"
    done = machine.shoes(
        "doctor", database_url=fresh_postgres_url, redis_url=nowhere, razorpay_url=nobody, carrier="manual"
    )
    verdicts = {line.split(":")[0].split(maxsplit=1)[1]: line.split()[0] for line in done.stdout.splitlines()}
    assert done.returncode == 1
    assert verdicts == {
        "database": "ok",
        "schema": "ok",
        "catalogue": "ILL",
        "capacity": "ILL",
        "redis": "ILL",
        "broker": "ILL",
        "events": "ok",
        "payments": "ILL",
        "carrier": "ok",
        "mail": "ok",
        "pin codes": "ok",
    }
    assert "shoes migrate --seed" in done.stdout
    assert "check SHOES_REDIS_URL" in done.stdout


@pytest.mark.parametrize("command", ["serve", "worker", "relay", "beat", "doctor"])
def test_nobody_guesses_who_the_third_parties_are(machine: Machine, command: str) -> None:
    """Neither the real ones, in a developer's name, nor messages signed with a secret that everybody can read."""
    servers = {"database_url": "postgresql://nobody@127.0.0.1:1/none", "redis_url": "redis://127.0.0.1:1/0"}
    done = machine.shoes(command, **servers)
    assert (done.returncode, done.stdout) == (1, "")
    payments, parcels = done.stderr.splitlines()
    assert payments.startswith("shoes: SHOES_RAZORPAY_URL is not set, and no sandbox runs under")
    assert parcels.startswith("shoes: SHOES_SHIPROCKET_URL is not set, and no sandbox runs under")


def assert_one_line(done: subprocess.CompletedProcess[str], line: str) -> None:
    """It failed, and said this and nothing else."""
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{line}\n")


def assert_demo_bought_twice(said: str) -> None:
    """Prepaid within the State, on delivery to another, each with its GST."""
    assert said.count("CONFIRMED, payment") == 2
    gst = [line for line in said.splitlines() if "GST on" in line]
    assert len(gst) == 2
    within, between = gst
    assert "IGST ₹0.00" in within
    assert "CGST ₹0.00, SGST ₹0.00, IGST ₹" in between
    assert "IGST ₹0.00" not in between


def assert_demo_followed_both(said: str) -> None:
    """To the door, within a minute each, with a mail at every station."""
    assert said.count("DELIVERED after") == 2
    for words in ("is cut", "are finished", "are on their way", "arrive today", "have arrived"):
        assert sum(words in line and "Mail:" in line for line in said.splitlines()) == 2, words
