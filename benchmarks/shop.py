"""The shop under measurement: durable servers of its own, the real entry points, a catalogue that can't sell out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adapters.files.shipped import SHIPPED_CATALOGUE
from benchmarks import bare
from benchmarks.connections import Server
from benchmarks.live import LiveShop
from benchmarks.programs import create_database, run_module, started
from bootstrap.embedded import EmbeddedPostgres, EmbeddedRedis, answers, free_port
from bootstrap.embedded.postgres import DURABLE

WORKERS: Final = 2
_HOST: Final = "127.0.0.1"
_GATEWAY: Final = {
    "SHOES_RAZORPAY_KEY_ID": "rzp_test_benchmark00001",
    "SHOES_RAZORPAY_KEY_SECRET": "benchmark-secret",
    "SHOES_RAZORPAY_WEBHOOK_SECRET": "benchmark-webhook-secret",
}
_STOCK: Final = 1_000_000_000
_WEEKS: Final = 260
_FEW, _MANY = 400, 100_000  # pairs in a week


@dataclass(frozen=True, slots=True)
class RunningShop:
    """Where everything is.

    `plenty` is a second API on a database of its own, where weeks don't fill up. `live` is a
    third one, whose events are delivered while that is measured; nobody delivers the others'.
    """

    directory: Path
    database_url: str
    api: Server
    plenty: Server
    sandbox: Server
    live: LiveShop

    @contextmanager
    def bare(self, pages: Mapping[str, bytes]) -> Iterator[Server]:
        """The bare handlers of these pages, by path, beside the API."""
        directory, port = self.directory / "pages", free_port()
        bare.keep(dict(pages), directory)
        environment = {bare.PAGES: str(directory), "SHOES_PORT": str(port), "SHOES_WORKERS": str(WORKERS)}
        environment |= {"SHOES_DATABASE_URL": self.database_url, "SHOES_REDIS_URL": "redis://127.0.0.1:1"}
        environment |= {"SHOES_RAZORPAY_URL": "http://127.0.0.1:1/v1", "SHOES_CARRIER": "manual"}  # never called
        with _listening(self.directory, "bare", ["-m", "benchmarks.bare"], environment, port, "/ready") as pid:
            yield Server(_HOST, port, pid, WORKERS)

    @contextmanager
    def ceiling(self, page: bytes) -> Iterator[Server]:
        """The server that shows what the load generator can do, answering with `page`."""
        file, port = self.directory / "ceiling", free_port()
        file.write_bytes(page)
        words = ["-m", "benchmarks.ceiling", str(port), str(file)]
        with _listening(self.directory, "ceiling", words, {}, port, "/") as pid:
            yield Server(_HOST, port, pid, 1)


@contextmanager
def running_shop(directory: Path) -> Iterator[RunningShop]:
    """The whole shop below `directory`; every process has ended when the block has. Raises ProgramFailed."""
    with ExitStack() as stack:
        postgres = EmbeddedPostgres(directory / "postgres", settings={**DURABLE, "track_commit_timestamp": "on"})
        redis = EmbeddedRedis(directory / "redis")
        for server in (postgres, redis):
            server.start()
            stack.callback(server.stop)
        sandbox = stack.enter_context(_gateway(directory, "sandbox"))
        environment = {
            **_GATEWAY,
            "SHOES_RAZORPAY_URL": f"http://{_HOST}:{sandbox.port}/v1",
            "SHOES_REDIS_URL": redis.url,
            "SHOES_WORKERS": str(WORKERS),
            "SHOES_CARRIER": "manual",
            "SHOES_MAIL_URL": f"maildir:{directory / 'mail'}",
        }
        plenty, live = (
            environment | {"SHOES_DATABASE_URL": create_database(postgres.url, name)} for name in ("plenty", "live")
        )
        environment |= {"SHOES_DATABASE_URL": postgres.url}
        yield RunningShop(
            directory,
            postgres.url,
            stack.enter_context(_serving(directory, "api", environment, _FEW)),
            stack.enter_context(_serving(directory, "plenty", plenty, _MANY)),
            sandbox,
            stack.enter_context(_live(directory, live)),
        )


@contextmanager
def _live(directory: Path, environment: Mapping[str, str]) -> Iterator[LiveShop]:
    """A shop with a gateway of its own, which tells it of payments."""
    port = free_port()
    hook = f"http://{_HOST}:{port}/api/v1/webhooks/payments/razorpay"
    told = ("--webhook-url", hook, "--webhook-secret", environment["SHOES_RAZORPAY_WEBHOOK_SECRET"])
    with _gateway(directory, "live-sandbox", *told) as sandbox:
        environment = {**environment, "SHOES_RAZORPAY_URL": f"http://{_HOST}:{sandbox.port}/v1"}
        with _serving(directory, "live", environment, _MANY, port) as api:
            yield LiveShop(directory, environment, api, sandbox)


@contextmanager
def _gateway(directory: Path, name: str, *options: str) -> Iterator[Server]:
    """The stand-in of the payment gateway."""
    port = free_port()
    account = ("--key-id", _GATEWAY["SHOES_RAZORPAY_KEY_ID"], "--key-secret", _GATEWAY["SHOES_RAZORPAY_KEY_SECRET"])
    words = ["-m", "sandbox.razorpay", "--port", str(port), *account, *options]
    with _listening(directory, name, words, {}, port, "/health") as pid:
        yield Server(_HOST, port, pid, 1)


@contextmanager
def _serving(
    directory: Path, name: str, environment: Mapping[str, str], pairs_a_week: int, port: int | None = None
) -> Iterator[Server]:
    """The API on an empty database, once it is filled; on any port, unless one is given."""
    run_module("bootstrap", "migrate", env=environment)
    catalogue = _catalogue(directory / f"{name}.json", pairs_a_week)
    run_module("bootstrap", "import-catalogue", str(catalogue), env=environment)
    port = port or free_port()
    listening = {**environment, "SHOES_PORT": str(port)}
    with _listening(directory, name, ["-m", "bootstrap", "serve"], listening, port, "/api/health/ready") as pid:
        yield Server(_HOST, port, pid, WORKERS)


def _listening(
    directory: Path, name: str, words: Sequence[str], env: Mapping[str, str], port: int, path: str
) -> AbstractContextManager[int]:
    return started(directory, name, words, env, lambda: answers(port, path))


def _catalogue(file: Path, pairs_a_week: int) -> Path:
    """The shipped catalogue with stock that doesn't run out, and as many weeks as can be opened."""
    catalogue = json.loads(SHIPPED_CATALOGUE.read_text())
    for item in catalogue["stock"]:
        item["onHand"] = _STOCK
    catalogue["capacity"] = {"pairsPerWeek": pairs_a_week, "weeksAhead": _WEEKS}
    file.write_text(json.dumps(catalogue))
    return file
