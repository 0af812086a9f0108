"""A shop of real processes: APIs, relays, workers, the beat, and sandboxes of third parties, as many as wanted."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bootstrap.embedded import Child, answers, free_ports
from bootstrap.sandboxes import THIRD_PARTIES, Sandbox, wanted_sandboxes
from bootstrap.settings import Settings

_HOST: Final = "127.0.0.1"
SHOES: Final = (sys.executable, "-m", "bootstrap")
OPERATOR: Final = "the-operator-of-the-harness"
_ALWAYS: Final = {
    "SHOES_RAZORPAY_KEY_ID": "rzp_test_harness00000001",
    "SHOES_RAZORPAY_KEY_SECRET": "harness-secret",
    "SHOES_OPERATOR_TOKEN": OPERATOR,
    "SHOES_WORKERS": "1",
}


@dataclass(frozen=True, slots=True)
class LiveProcess:
    """One process of the shop."""

    child: Child

    def crash(self) -> None:
        """End it by SIGKILL, all of its processes at the same moment."""
        os.killpg(self.child.pid, signal.SIGKILL)
        self.child.kill()

    def restart(self) -> None:
        """Start it again after its end, as it was; returns when it is ready."""
        self.child.launch()
        self.child.await_ready()


@dataclass(frozen=True, slots=True)
class ApiProcess(LiveProcess):
    """One `shoes serve` on a port of its own."""

    port: int

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{_HOST}:{self.port}"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part: `saga` names further processes by their `shoes` commands, one for each time that it does.

    `program` is `shoes` itself, or what does the same.
    """

    apis: int = 1
    saga: Sequence[str] = ()
    program: Sequence[str] = SHOES


FULL_CAST: Final = Cast(saga=("relay", "worker", "beat"))


@dataclass(frozen=True, slots=True)
class LiveShop:
    """Its processes, and settings for a further one: these reach the database the short way."""

    apis: tuple[ApiProcess, ...]
    settings: Settings
    saga: Mapping[str, LiveProcess] = field(default_factory=dict)
    sandboxes: Mapping[str, Sandbox] = field(default_factory=dict)

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
    cast: Cast = Cast(),  # frozen
    detours: Mapping[str, str] = MappingProxyType({}),
    **more: str,
) -> Iterator[LiveShop]:
    """Start everything, stop everything.

    `detours` are other URLs of the same database, by the commands of those who take them ("serve", "worker").
    `more` are settings by their names without SHOES_, in lower case. Logs go to `directory`.
    Without a saga there is a sandbox for payments alone. Parcels wait for whoever moves them.
    """
    environment = {
        **_ALWAYS,
        "SHOES_DATABASE_URL": database_url,
        "SHOES_REDIS_URL": redis_url,
        "SHOES_VAR": str(directory),
        **({} if cast.saga else {"SHOES_CARRIER": "manual", "SHOES_MAIL_URL": f"maildir:{directory / 'mail'}"}),
        **{f"SHOES_{name.upper()}": value for name, value in more.items()},
    }
    ports = free_ports(cast.apis + THIRD_PARTIES)
    of_apis, of_sandboxes = ports[: cast.apis], ports[cast.apis :]
    settings = Settings.from_environment(environment)
    hooks = f"http://{_HOST}:{of_apis[0]}"
    wanted = wanted_sandboxes(settings, hooks, of_sandboxes, state=None, step_seconds="manual")
    sandboxes = {each.name: each for each in wanted}
    for sandbox in sandboxes.values():
        environment |= sandbox.settings
    ways = {command: environment | {"SHOES_DATABASE_URL": url} for command, url in detours.items()}
    apis = tuple(
        ApiProcess(_api(cast.program, port, ways.get("serve", environment), directory), port) for port in of_apis
    )
    saga = {
        name: LiveProcess(_process(cast.program, name, ways.get(command, environment), directory))
        for name, command in _named(cast.saga).items()
    }
    first = [_sandbox(each, directory) for each in sandboxes.values()] + [api.child for api in apis]
    with _running(first), _running([each.child for each in saga.values()]):
        yield LiveShop(apis, Settings.from_environment(environment), saga, sandboxes)


@contextmanager
def _running(children: Sequence[Child]) -> Iterator[None]:
    """Start all at once, and stop all at once."""
    with ThreadPoolExecutor(max(1, len(children))) as stopping:
        try:
            for child in children:
                child.launch()
            for child in children:
                child.await_ready()
            yield
        finally:
            for stopped in [stopping.submit(child.stop) for child in children]:
                stopped.result()


def _named(commands: Sequence[str]) -> dict[str, str]:
    """relay, relay, worker → relay-1, relay-2, worker-1, each with its command."""
    return {f"{command}-{commands[: place + 1].count(command)}": command for place, command in enumerate(commands)}


def _sandbox(sandbox: Sandbox, directory: Path) -> Child:
    return Child(
        sandbox.name,
        sandbox.argv,
        env={},
        log=directory / f"{sandbox.name}.log",
        is_ready=lambda: answers(sandbox.port, "/health"),
    )


def _api(program: Sequence[str], port: int, environment: Mapping[str, str], directory: Path) -> Child:
    own = {**environment, "SHOES_PORT": str(port)}
    log = directory / f"api-{port}.log"
    return Child(
        f"api-{port}", [*program, "serve"], env=own, log=log, is_ready=lambda: answers(port, "/api/health/ready")
    )


def _process(program: Sequence[str], name: str, environment: Mapping[str, str], directory: Path) -> Child:
    command = name.rpartition("-")[0]
    return Child(name, [*program, command], env=environment, log=directory / f"{name}.log")
