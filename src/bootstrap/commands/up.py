"""`shoes up`: the whole shop on one machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from bootstrap.embedded import EmbeddedPostgres, EmbeddedRedis, Supervisor, answers, free_port, require_free_port
from bootstrap.environment import settings_of_environment
from bootstrap.settings import Settings

SHOES: Final = (sys.executable, "-m", "bootstrap")


@click.command()
def up() -> None:
    """Run everything on this machine until Ctrl-C: servers, sandbox, API, sweeper.

    PostgreSQL and Redis run under SHOES_VAR unless SHOES_DATABASE_URL and SHOES_REDIS_URL
    name others; a sandbox stands in for Razorpay unless SHOES_RAZORPAY_URL does.
    """
    settings = settings_of_environment()
    with Supervisor(settings.var) as shop:
        # Not before: entering ends what a killed run left behind, perhaps on this very port.
        require_free_port(settings.port, settings.host)
        environment = _start_servers(shop, settings)
        environment |= _start_sandbox(shop, settings)
        shop.run("migrate", [*SHOES, "migrate", "--seed"], env=environment)
        shop.spawn("sweep", [*SHOES, "sweep"], env=environment)
        shop.spawn(
            "api", [*SHOES, "serve"], env=environment, is_ready=lambda: answers(settings.port, "/api/health/ready")
        )
        click.echo(f"ready http://127.0.0.1:{settings.port}")
        shop.wait()


def _start_servers(shop: Supervisor, settings: Settings) -> dict[str, str]:
    environment = {"SHOES_DATABASE_URL": settings.database_url, "SHOES_REDIS_URL": settings.redis_url}
    embedded = {
        "SHOES_DATABASE_URL": EmbeddedPostgres(settings.var / "postgres"),
        "SHOES_REDIS_URL": EmbeddedRedis(settings.var / "redis"),
    }
    wanted = {name: server for name, server in embedded.items() if not environment[name]}
    shop.start(*wanted.values())
    return environment | {name: server.url for name, server in wanted.items()}


def _start_sandbox(shop: Supervisor, settings: Settings) -> dict[str, str]:
    if settings.razorpay_url:
        return {}
    port = free_port()
    state = settings.var / "sandbox" / "razorpay.jsonl"
    state.parent.mkdir(parents=True, exist_ok=True)
    shop.spawn("sandbox", _sandbox(port, settings, state), env={}, is_ready=lambda: answers(port, "/health"))
    return {"SHOES_RAZORPAY_URL": f"http://127.0.0.1:{port}/v1"}


def _sandbox(port: int, settings: Settings, state: Path) -> list[str]:
    account = ["--key-id", settings.razorpay_key_id, "--key-secret", settings.razorpay_key_secret]
    return [sys.executable, "-m", "sandbox.razorpay", "--port", str(port), *account, "--state", str(state)]
