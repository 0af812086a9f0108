"""PostgreSQL and Redis for one run of the tests: ours, or those named by the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from bootstrap.embedded import EmbeddedPostgres, EmbeddedRedis
from tests.harness.postgres import drop_template, make_template

_REDIS_DATABASES: Final = "64"  # one for each worker of xdist


class Servers:
    """Started as they are asked for, by the main thread of the process that stops them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._started: list[EmbeddedPostgres | EmbeddedRedis] = []
        self._urls: dict[str, str] = {}

    def url(self, name: str) -> str:
        """The URL of "postgres" (a migrated template database there) or "redis"."""
        if name not in self._urls:
            self._urls[name] = {"postgres": self._postgres, "redis": self._redis}[name]()
        return self._urls[name]

    def stop(self) -> None:
        """Stop what was started, and leave nothing on a server that is not ours."""
        if "postgres" in self._urls and "SHOES_TEST_DATABASE_URL" in os.environ:
            drop_template(self._urls["postgres"])
        for server in self._started:
            server.stop()

    def _postgres(self) -> str:
        url = os.environ.get("SHOES_TEST_DATABASE_URL")
        return make_template(
            url or self._start(EmbeddedPostgres.throwaway(self._directory / "postgres", autovacuum="off"))
        )

    def _redis(self) -> str:
        url = os.environ.get("SHOES_TEST_REDIS_URL")
        return url or self._start(EmbeddedRedis.throwaway(self._directory / "redis", databases=_REDIS_DATABASES))

    def _start(self, server: EmbeddedPostgres | EmbeddedRedis) -> str:
        self._started.append(server)
        return server.start()
