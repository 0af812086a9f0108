"""A wire that delays: between the API and its database, as a busy network or disk would.

It is a process of its own, so that neither the tests' own work nor its waiting makes it
slower than it was told to be; it ends with the process that started it.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit, urlunsplit

import uvloop

Delay = Callable[[], float]


@contextmanager
def slow_wire(url: str, *, least: float, most: float) -> Iterator[str]:
    """Another URL of the server behind `url`: everything sent there waits `least` to `most` seconds first.

    What the server answers comes back at once. A sender's death changes nothing for what it had sent.
    """
    parts = urlsplit(url)
    far = [parts.hostname or "127.0.0.1", str(parts.port or 5432)]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.harness.slow_wire", *far, str(least), str(most)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        start_new_session=True,  # Ctrl-C reaches pytest, whose end it waits for
    ) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        login = f"{parts.username}:{parts.password}@" if parts.username else ""
        yield urlunsplit(parts._replace(netloc=f"{login}127.0.0.1:{port}"))


class _End(asyncio.Protocol):
    """One end of a connection: what comes in here goes out at the other end, in order, each piece after its delay."""

    def __init__(self, delay: Delay) -> None:
        self._delay = delay
        self._due = 0.0  # of the piece that came in last, on the loop's clock
        self._transport: asyncio.Transport | None = None
        self._waiting: list[bytes] = []  # came in before the other end was there
        self.other: _End | None = None

    def join(self, other: _End) -> None:
        """From now on what comes in goes out there."""
        self.other = other
        for piece in self._waiting:
            self.data_received(piece)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's transports are of its own kind

    def data_received(self, data: bytes) -> None:
        if self.other is None:
            self._waiting.append(data)
        else:
            self._later(self.other.send, data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.other is not None:
            self._later(self.other.close)

    def send(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _later(self, act: Callable[..., None], *values: bytes) -> None:
        loop = asyncio.get_running_loop()
        delay = self._delay()
        self._due = max(self._due, loop.time() + delay)
        if delay:
            loop.call_at(self._due, act, *values)
        else:
            act(*values)


class _Wire:
    """Connects whoever comes with the far server."""

    def __init__(self, host: str, port: int, delay: Delay) -> None:
        self._far = (host, port)
        self._delay = delay
        self._dialling: set[asyncio.Task[None]] = set()

    def accept(self) -> _End:
        """The near end of a new connection."""
        near = _End(self._delay)
        task = asyncio.get_running_loop().create_task(self._dial(near))
        self._dialling.add(task)
        task.add_done_callback(self._dialling.discard)
        return near

    async def _dial(self, near: _End) -> None:
        far = _End(lambda: 0.0)
        far.other = near
        try:
            await asyncio.get_running_loop().create_connection(lambda: far, *self._far)
        except OSError:
            near.close()
        else:
            near.join(far)


async def _serve(host: str, port: int, least: float, most: float) -> None:
    chance = random.Random(1)
    loop = asyncio.get_running_loop()
    wire = _Wire(host, port, lambda: chance.uniform(least, most))
    server = await loop.create_server(wire.accept, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201  # the parent waits for this line
    ended = asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), ended.set)
    await ended.wait()
    server.close()


if __name__ == "__main__":
    uvloop.run(_serve(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])))
