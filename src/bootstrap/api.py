"""One API process: what the server loads."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar

from adapters.http.app import create_app
from bootstrap.adapters import Adapters, opened
from bootstrap.container import Shop
from bootstrap.routes import use_cases
from bootstrap.settings import Settings


def create() -> Litestar:
    """The API over the real adapters, set from the environment (a Granian factory)."""
    settings = Settings.from_environment(os.environ)
    settings.check_third_parties()
    logging.basicConfig(level=settings.log_level.upper())
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it has a line for every call
    return create_api(Adapters(settings=settings))


def create_api(adapters: Adapters) -> Litestar:
    """The API over these adapters; they are closed when it ends."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with opened(adapters):
            yield

    async def redis_answers() -> None:
        await adapters.redis().ping()

    return create_app(
        use_cases(Shop(ports=adapters)),
        clock=adapters.clock(),
        operator_token=adapters.settings().operator_token,
        health_checks={"database": adapters.database().ping, "redis": redis_answers},
        lifespan=[lifespan],
    )
