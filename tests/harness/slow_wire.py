"""A wire that delays, and breaks when it is told to: between a process and its database, as a bad network would.

It is a process of its own, so that neither the tests' own work nor its waiting makes it
slower than it was told to be; it ends with the process that started it.
"""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlsplit, urlunsplit

import uvloop

Delay = Callable[[], float]

# What the client sends last in a query, and the server when it is done with it (in whatever state: T, I or E).
_COMMIT: Final = b"COMMIT\x00"
_READY: Final = b"Z\x00\x00\x00\x05"


class Fate(StrEnum):
    """What becomes of a COMMIT: it gets through; or the connection is cut before it, or after it was done."""

    THROUGH = "through"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Wire:
    """The wire, seen from who started it. `url` is another URL of the server behind it."""

    url: str
    _process: subprocess.Popen[str]

    def foretell(self, *fates: Fate) -> None:
        """Say what becomes of the next commits, whoever makes them; all after those get through."""
        self._ask(",".join(fates))

    def to_come(self) -> int:
        """How many commits there have yet to be until all of that has come true."""
        return int(self._ask(""))

    def _ask(self, line: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()


@contextmanager
def slow_wire(url: str, *, least: float = 0.0, most: float = 0.0) -> Iterator[Wire]:
    """A wire to the server at `url`: everything sent there waits `least` to `most` seconds first.

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
        yield Wire(urlunsplit(parts._replace(netloc=f"{login}127.0.0.1:{port}")), process)


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
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def cut(self) -> None:
        """Nothing goes or comes any more, at either end."""
        for end in (self, self.other):
            if end is not None and end._transport is not None:
                end._transport.abort()

    def _later(self, act: Callable[..., None], *values: bytes) -> None:
        loop = asyncio.get_running_loop()
        delay = self._delay()
        self._due = max(self._due, loop.time() + delay)
        if delay:
            loop.call_at(self._due, act, *values)
        else:
            act(*values)


class _NearEnd(_End):
    """The end at which the client is, whose commits may be cut."""

    def __init__(self, delay: Delay, fates: deque[Fate]) -> None:
        super().__init__(delay)
        self._fates = fates

    def data_received(self, data: bytes) -> None:
        fate = Fate.THROUGH
        if self._fates and self.other is not None and data.endswith(_COMMIT):
            fate = self._fates.popleft()
        if fate is Fate.BEFORE:
            self.cut()
            return
        if fate is Fate.AFTER and isinstance(self.other, _FarEnd):
            self.other.is_mute = True
        super().data_received(data)


class _FarEnd(_End):
    """The end at which the server is. Once it is mute, its next answer is its last, and nobody hears it."""

    is_mute = False

    def data_received(self, data: bytes) -> None:
        if not self.is_mute:
            super().data_received(data)
        elif data[:-1].endswith(_READY):
            self.cut()


class _Exchange:
    """Connects whoever comes with the far server."""

    def __init__(self, host: str, port: int, delay: Delay) -> None:
        self._far = (host, port)
        self._delay = delay
        self._dialling: set[asyncio.Task[None]] = set()
        self._heard = b""
        self.fates: deque[Fate] = deque()

    def accept(self) -> _End:
        """The near end of a new connection."""
        near = _NearEnd(self._delay, self.fates)
        task = asyncio.get_running_loop().create_task(self._dial(near))
        self._dialling.add(task)
        task.add_done_callback(self._dialling.discard)
        return near

    async def _dial(self, near: _End) -> None:
        far = _FarEnd(lambda: 0.0)
        far.other = near
        try:
            await asyncio.get_running_loop().create_connection(lambda: far, *self._far)
        except OSError:
            near.close()
        else:
            near.join(far)

    def listen(self, ended: asyncio.Event) -> None:
        """Read what the parent says: fates in a line, each line answered by how many there are now."""
        said = os.read(sys.stdin.fileno(), 65_536)
        if not said:
            ended.set()
        *lines, self._heard = (self._heard + said).split(b"\n")
        for line in lines:
            self.fates += [Fate(word) for word in line.decode().split(",") if word]
            print(len(self.fates), flush=True)  # noqa: T201  # the parent waits for this line


async def _serve(host: str, port: int, least: float, most: float) -> None:
    chance = random.Random(1)
    loop = asyncio.get_running_loop()
    exchange = _Exchange(host, port, lambda: chance.uniform(least, most))
    server = await loop.create_server(exchange.accept, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201  # the parent waits for this line
    ended = asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), exchange.listen, ended)
    await ended.wait()
    server.close()


if __name__ == "__main__":
    uvloop.run(_serve(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])))
