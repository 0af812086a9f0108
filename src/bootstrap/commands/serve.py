"""`shoes serve`: the API."""

from __future__ import annotations

import os

import click
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

from bootstrap.embedded import require_free_port
from bootstrap.environment import settings_with_third_parties


@click.command()
def serve() -> None:
    """Serve the API with SHOES_WORKERS processes, until Ctrl-C or SIGTERM."""
    settings = settings_with_third_parties()
    # Granian shares a port that somebody else listens on, which would split the customers in two.
    require_free_port(settings.port, settings.host)
    os.environ |= {
        "SHOES_DATABASE_URL": settings.database_url,
        "SHOES_REDIS_URL": settings.redis_url,
        "SHOES_RAZORPAY_URL": settings.razorpay_url,
        "SHOES_SHIPROCKET_URL": settings.shiprocket_url,
    }
    Granian(
        "bootstrap.api:create",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=settings.workers,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=8,
    ).serve()
