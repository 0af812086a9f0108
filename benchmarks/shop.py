"""The shop under measurement: durable servers of its own, the real entry points, a catalogue that can't sell out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adapters.files.shipped import SHIPPED_CATALOGUE
from benchmarks import bare
from benchmarks.connections import Server
from benchmarks.programs import create_database
from bootstrap.embedded import Child, EmbeddedPostgres, EmbeddedRedis, answers, free_port

WORKERS: Final = 2
_HOST: Final = "127.0.0.1"
_KEY: Final = ("rzp_test_benchmark00001", "benchmark-secret")
_STOCK: Final = 1_000_000_000
_WEEKS: Final = 260
_FEW, _MANY = 400, 100_000  # pairs in a week


class SetupFailed(Exception):
    """The shop can't be prepared; the message says what a command printed."""


@dataclass(frozen=True, slots=True)
class RunningShop:
    """Where everything is. `plenty` is a second API on a database of its own, where weeks don't fill up."""

    directory: Path
    database_url: str
    api: Server
    plenty: Server
    sandbox: Server

    @contextmanager
    def bare(self, pages: Mapping[str, bytes]) -> Iterator[Server]:
        """The bare handlers of these pages, by path, beside the API."""
        directory, port = self.directory / "pages", free_port()
        bare.keep(dict(pages), directory)
        environment = {bare.PAGES: str(directory), "SHOES_PORT": str(port), "SHOES_WORKERS": str(WORKERS)}
        environment |= {"SHOES_DATABASE_URL": self.database_url, "SHOES_REDIS_URL": "redis://127.0.0.1:1"}
        with _started(self.directory, "bare", ["-m", "benchmarks.bare"], environment, port, "/ready") as pid:
            yield Server(_HOST, port, pid, WORKERS)

    @contextmanager
    def ceiling(self, page: bytes) -> Iterator[Server]:
        """The server that shows what the load generator can do, answering with `page`."""
        file, port = self.directory / "ceiling", free_port()
        file.write_bytes(page)
        words = ["-m", "benchmarks.ceiling", str(port), str(file)]
        with _started(self.directory, "ceiling", words, {}, port, "/") as pid:
            yield Server(_HOST, port, pid, 1)


@contextmanager
def running_shop(directory: Path) -> Iterator[RunningShop]:
    """The whole shop below `directory`; every process has ended when the block has. Raises SetupFailed."""
    with ExitStack() as stack:
        postgres, redis = EmbeddedPostgres(directory / "postgres"), EmbeddedRedis(directory / "redis")
        for server in (postgres, redis):
            server.start()
            stack.callback(server.stop)
        port, (key_id, secret) = free_port(), _KEY
        words = ["-m", "sandbox.razorpay", "--port", str(port), "--key-id", key_id, "--key-secret", secret]
        sandbox = Server(
            _HOST, port, stack.enter_context(_started(directory, "sandbox", words, {}, port, "/health")), 1
        )
        environment = {
            "SHOES_REDIS_URL": redis.url,
            "SHOES_WORKERS": str(WORKERS),
            "SHOES_RAZORPAY_URL": f"http://{_HOST}:{port}/v1",
            "SHOES_RAZORPAY_KEY_ID": key_id,
            "SHOES_RAZORPAY_KEY_SECRET": secret,
        }
        plenty = environment | {"SHOES_DATABASE_URL": create_database(postgres.url, "plenty")}
        environment |= {"SHOES_DATABASE_URL": postgres.url}
        yield RunningShop(
            directory,
            postgres.url,
            stack.enter_context(_serving(directory, "api", environment, _FEW)),
            stack.enter_context(_serving(directory, "plenty", plenty, _MANY)),
            sandbox,
        )


@contextmanager
def _serving(directory: Path, name: str, environment: Mapping[str, str], pairs_a_week: int) -> Iterator[Server]:
    """The API on an empty database, once it is filled."""
    _shoes(environment, "migrate")
    _shoes(environment, "import-catalogue", str(_catalogue(directory / f"{name}.json", pairs_a_week)))
    port = free_port()
    words = ["-m", "bootstrap", "serve"]
    listening = {**environment, "SHOES_PORT": str(port)}
    with _started(directory, name, words, listening, port, "/api/health/ready") as pid:
        yield Server(_HOST, port, pid, WORKERS)


@contextmanager
def _started(
    directory: Path, name: str, words: list[str], env: Mapping[str, str], port: int, path: str
) -> Iterator[int]:
    log = directory / f"{name}.log"
    child = Child(name, [sys.executable, *words], env=env, log=log, is_ready=lambda: answers(port, path))
    child.launch()
    try:
        child.await_ready()
        yield child.pid
    finally:
        child.stop()


def _catalogue(file: Path, pairs_a_week: int) -> Path:
    """The shipped catalogue with stock that doesn't run out, and as many weeks as can be opened."""
    catalogue = json.loads(SHIPPED_CATALOGUE.read_text())
    for item in catalogue["stock"]:
        item["onHand"] = _STOCK
    catalogue["capacity"] = {"pairsPerWeek": pairs_a_week, "weeksAhead": _WEEKS}
    file.write_text(json.dumps(catalogue))
    return file


def _shoes(environment: Mapping[str, str], *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bootstrap", *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SetupFailed(f"`shoes {words[0]}` failed:\n{done.stderr.strip() or done.stdout.strip()}")
