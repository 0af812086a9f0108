"""A shop of real processes: the API, as often as wanted, and the gateway's sandbox."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bootstrap.embedded import Child, answers, free_port
from bootstrap.settings import Settings

_HOST: Final = "127.0.0.1"
_KEY_ID: Final = "rzp_test_harness00000001"
_KEY_SECRET: Final = "harness-secret"


@dataclass(frozen=True, slots=True)
class ApiProcess:
    """One `shoes serve` on a port of its own."""

    port: int
    child: Child

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{_HOST}:{self.port}"

    def crash(self) -> None:
        """End it by SIGKILL, all of its processes at the same moment."""
        os.killpg(self.child.pid, signal.SIGKILL)
        self.child.kill()

    def restart(self) -> None:
        """Start it again after `crash`, on the same port; returns when it answers."""
        self.child.launch()
        self.child.await_ready()


@dataclass(frozen=True, slots=True)
class LiveShop:
    """Its processes, and settings for a further one: these reach the database the short way."""

    apis: tuple[ApiProcess, ...]
    settings: Settings

    @property
    def urls(self) -> tuple[str, ...]:
        """Where the API processes listen."""
        return tuple(api.url for api in self.apis)


@contextmanager
def live_shop(
    directory: Path,
    *,
    database_url: str,
    redis_url: str,
    processes: int = 1,
    api_database_url: str | None = None,
    **more: str,
) -> Iterator[LiveShop]:
    """Start everything, stop everything. `api_database_url`: the way of the API to the same database, if another.

    `more` are settings by their names without SHOES_, in lower case. Logs go to `directory`.
    """
    sandbox_port = free_port()
    environment = {
        "SHOES_DATABASE_URL": database_url,
        "SHOES_REDIS_URL": redis_url,
        "SHOES_RAZORPAY_URL": f"http://{_HOST}:{sandbox_port}/v1",
        "SHOES_RAZORPAY_KEY_ID": _KEY_ID,
        "SHOES_RAZORPAY_KEY_SECRET": _KEY_SECRET,
        "SHOES_WORKERS": "1",
        **{f"SHOES_{name.upper()}": value for name, value in more.items()},
    }
    of_api = environment | {"SHOES_DATABASE_URL": api_database_url or database_url}
    sandbox = _sandbox(sandbox_port, directory)
    apis = tuple(_api(port, of_api, directory) for port in _ports(processes, besides=sandbox_port))
    children = [sandbox, *(api.child for api in apis)]
    with ThreadPoolExecutor(len(children)) as stopping:
        try:
            for child in children:
                child.launch()
            for child in children:
                child.await_ready()
            yield LiveShop(apis, Settings.from_environment(environment))
        finally:
            for stopped in [stopping.submit(child.stop) for child in children]:
                stopped.result()


def _ports(count: int, *, besides: int) -> list[int]:
    """That many free ports, all different."""
    ports = {besides}
    while len(ports) <= count:
        ports.add(free_port())
    return sorted(ports - {besides})


def _sandbox(port: int, directory: Path) -> Child:
    account = ["--key-id", _KEY_ID, "--key-secret", _KEY_SECRET]
    argv = [sys.executable, "-m", "sandbox.razorpay", "--port", str(port), *account]
    return _child("sandbox", argv, {}, directory, port, "/health")


def _api(port: int, environment: Mapping[str, str], directory: Path) -> ApiProcess:
    argv = [sys.executable, "-m", "bootstrap", "serve"]
    own = {**environment, "SHOES_PORT": str(port)}
    return ApiProcess(port, _child(f"api-{port}", argv, own, directory, port, "/api/health/ready"))


def _child(name: str, argv: list[str], environment: Mapping[str, str], directory: Path, port: int, path: str) -> Child:
    log = directory / f"{name}.log"
    return Child(name, argv, env=environment, log=log, is_ready=lambda: answers(port, path))
