"""A process that owns the servers of one run of the tests.

It is started by the pytest that the person started, before the workers of xdist, and lives
on a pipe: when that pytest is gone, even by SIGKILL, the pipe ends and the servers stop.
A server starts when somebody first asks for it, so unit tests alone start none; nor do
they wait here for imports, which is why those of the servers are made late.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from multiprocessing.connection import Client, Listener, wait
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.harness.servers import Servers


class ServerHost:
    """The process, seen from the pytest that starts it."""

    def __init__(self) -> None:
        self.address: Final = str(Path(tempfile.mkdtemp(prefix="shoes-tests-")) / "host")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.harness.host", self.address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            start_new_session=True,  # Ctrl-C reaches pytest, whose end we wait for
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()  # it listens from now on

    def stop(self) -> None:
        """Stop the servers and remove what they wrote."""
        self._process.communicate()


def ask(address: str, server: str) -> str:
    """The URL of a server ("postgres", "redis"), which is running when this returns."""
    with Client(address, "AF_UNIX") as connection:
        connection.send(server)
        url = connection.recv()
    if isinstance(url, str):
        return url
    raise RuntimeError(f"no {server} for the tests") from url


def main(address: str) -> None:
    """Answer who asks until standard input ends."""
    directory = Path(address).parent
    servers: Servers | None = None
    try:
        with Listener(address, "AF_UNIX", backlog=64) as listener:
            print("listening", flush=True)  # noqa: T201  # the parent waits for this line
            socket = listener._listener._socket  # type: ignore[attr-defined]  # no public way to wait for a Listener
            while socket in wait([socket, sys.stdin.fileno()]):
                servers = servers or _servers(directory)
                _answer(listener, servers)
    finally:
        if servers is not None:
            servers.stop()
        shutil.rmtree(directory, ignore_errors=True)


def _servers(directory: Path) -> Servers:
    from tests.harness.servers import Servers

    return Servers(directory)


def _answer(listener: Listener, servers: Servers) -> None:
    with listener.accept() as connection:
        try:
            connection.send(servers.url(connection.recv()))
        except Exception as error:  # noqa: BLE001  # whoever asked tells what went wrong
            connection.send(RuntimeError(f"{type(error).__name__}: {error}"))


if __name__ == "__main__":
    main(sys.argv[1])
