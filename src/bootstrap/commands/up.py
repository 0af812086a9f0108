"""`shoes up`: the whole shop on one machine."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

from bootstrap.embedded import (
    Child,
    EmbeddedPostgres,
    EmbeddedRedis,
    Supervisor,
    answers,
    free_ports,
    require_free_port,
)
from bootstrap.environment import settings_of_environment
from bootstrap.sandboxes import THIRD_PARTIES, Sandbox, note_running, wanted_sandboxes
from bootstrap.settings import Settings

SHOES: Final = (sys.executable, "-m", "bootstrap")


@click.command()
def up() -> None:
    """Run everything on this machine until Ctrl-C: servers, sandboxes, API, relay, worker.

    PostgreSQL and Redis run under SHOES_VAR unless SHOES_DATABASE_URL and SHOES_REDIS_URL
    name others; sandboxes stand in for Razorpay, Shiprocket and Resend unless SHOES_*_URL do.
    """
    settings = settings_of_environment()
    with Supervisor(settings.var) as shop:
        # Not before: entering ends what a killed run left behind, perhaps on this very port.
        require_free_port(settings.port, settings.host)
        url = f"http://127.0.0.1:{settings.port}"
        sandboxes = _sandboxes(settings, url)
        environment = _start_servers(shop, settings, sandboxes) | _operator_token(settings)
        for sandbox in sandboxes:
            environment |= sandbox.settings
        shop.run("migrate", [*SHOES, "migrate", "--seed"], env=environment)
        shop.start(*_processes(shop, settings, environment))
        for sandbox in sandboxes:
            note_running(sandbox, settings.var)
            click.echo(f"{sandbox.name} sandbox {sandbox.url}")
        click.echo(f"ready {url}")
        shop.wait()


def _sandboxes(settings: Settings, url: str) -> list[Sandbox]:
    state = settings.var / "sandbox"
    state.mkdir(parents=True, exist_ok=True)
    return list(
        wanted_sandboxes(
            settings, url, free_ports(THIRD_PARTIES), state=state, step_seconds=str(settings.sandbox_step_seconds)
        )
    )


def _start_servers(shop: Supervisor, settings: Settings, sandboxes: list[Sandbox]) -> dict[str, str]:
    """Start all that the shop's own processes need; returns the settings that point to the servers."""
    environment = {"SHOES_DATABASE_URL": settings.database_url, "SHOES_REDIS_URL": settings.redis_url}
    embedded = {
        "SHOES_DATABASE_URL": EmbeddedPostgres(settings.var / "postgres"),
        "SHOES_REDIS_URL": EmbeddedRedis(settings.var / "redis"),
    }
    wanted = {name: server for name, server in embedded.items() if not environment[name]}
    shop.start(
        *wanted.values(),
        *(shop.child(each.name, each.argv, env={}, is_ready=_answers(each.port)) for each in sandboxes),
    )
    return environment | {name: server.url for name, server in wanted.items()}


def _processes(shop: Supervisor, settings: Settings, environment: Mapping[str, str]) -> list[Child]:
    """The shop's own: they find everything else running."""
    ready = settings.var / "worker-ready"
    ready.unlink(missing_ok=True)
    return [
        shop.child("api", [*SHOES, "serve"], env=environment, is_ready=_answers(settings.port, "/api/health/ready")),
        shop.child("relay", [*SHOES, "relay"], env=environment),
        shop.child(
            "worker", [*SHOES, "worker", "--beat", "--ready-file", ready], env=environment, is_ready=ready.exists
        ),
    ]


def _answers(port: int, path: str = "/health") -> Callable[[], bool]:
    return lambda: answers(port, path)


def _operator_token(settings: Settings) -> dict[str, str]:
    """A token for the staff's routes where none is set: made up once, and kept in a file that only we can read."""
    if settings.operator_token:
        return {}
    path: Path = settings.var / "operator-token"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32))
    return {"SHOES_OPERATOR_TOKEN": path.read_text().strip()}
