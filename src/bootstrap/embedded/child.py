"""A process of our own programs: the API, the sandbox, a worker, a migration."""

from __future__ import annotations

import http.client
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bootstrap.embedded.ground import LOOPBACK
from bootstrap.embedded.process import spawn
from bootstrap.embedded.service import Service, turn_over


class Child(Service):
    """Runs `argv` with our environment and `env` on top; its output goes to `log`, or where ours goes.

    `is_ready` says whether it serves; without one it is ready as soon as it runs.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        log: Path | None = None,
        is_ready: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(name, log)
        self._argv = argv
        self._env = env or {}
        self._is_ready = is_ready

    def launch(self) -> None:
        if self.log is not None:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            turn_over(self.log)
        env = {**os.environ, **self._env}
        self._process = spawn(self._argv, env=env, orphaned=signal.SIGTERM, log=self.log)

    def ready(self) -> bool:
        return self.exit_code() is None and self._is_ready()


def answers(port: int, path: str) -> bool:
    """Whether `GET http://127.0.0.1:{port}{path}` gives 2xx within a second."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=1.0)
    try:
        connection.request("GET", path)
        return 200 <= connection.getresponse().status < 300
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
