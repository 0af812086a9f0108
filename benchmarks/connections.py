"""Keep-alive connections, shared out evenly over the worker processes of a server."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

import psutil

from benchmarks.http1 import ProtocolViolation, Response, ResponseReader

_ROUNDS = 40  # of opening as many connections as are wanted


@dataclass(frozen=True, slots=True)
class Server:
    """Where to connect. `workers` processes below `pid` share `port`; 1 means that nothing is shared out."""

    host: str
    port: int
    pid: int
    workers: int


class NotShared(Exception):
    """The workers of a server can't be given the same number of connections."""


class Connection(asyncio.Protocol):
    """One request at a time; tells `answered` or, once, `failed`."""

    __slots__ = ("_reader", "_transport", "answered", "failed")

    def __init__(self) -> None:
        self._reader = ResponseReader()
        self._transport: asyncio.Transport | None = None
        self.answered: Callable[[Response], None] = lambda response: None
        self.failed: Callable[[str], None] = lambda reason: None

    def send(self, request: bytes) -> None:
        """Ask. Only when the answer before has come."""
        assert self._transport is not None
        self._transport.write(request)

    def close(self) -> None:
        """Hang up, quietly."""
        self.failed = lambda reason: None
        if self._transport is not None:
            self._transport.abort()

    @property
    def local_port(self) -> int:
        """Our end's port, which tells the server's end apart from others."""
        assert self._transport is not None
        port: int = self._transport.get_extra_info("sockname")[1]
        return port

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's transports are of its own kind

    def data_received(self, received: bytes) -> None:
        try:
            response = self._reader.feed(received)
        except ProtocolViolation as violation:
            self._fail(str(violation))
            return
        if response is not None:
            self.answered(response)

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail("connection lost")

    def _fail(self, reason: str) -> None:
        failed = self.failed
        self.close()
        failed(reason)


async def connect(server: Server, count: int) -> list[Connection]:
    """`count` connections, as many to each worker as to the others.

    Workers race for connections and one may win them all, so more are opened, each is traced to the process that
    accepted it, and those beyond a worker's share are closed. Raises NotShared, OSError.
    """
    if server.workers == 1:
        return [await _open(server) for _ in range(count)]
    opened: dict[int, Connection] = {}
    owners: dict[int, int] = {}
    for _ in range(_ROUNDS):
        for _ in range(count):
            connection = await _open(server)
            opened[connection.local_port] = connection
        owners = await _owners(server, opened.keys())
        kept = evenly(owners, count, server.workers)
        if kept:
            for port in opened.keys() - kept:
                opened[port].close()
            return [opened[port] for port in kept]
    raise NotShared(f"{len(opened)} connections to port {server.port} went to {dict(Counter(owners.values()))}")


def evenly(owners: Mapping[int, int], count: int, workers: int) -> list[int]:
    """`count` of the connections, taking turns between their owners; none when one of `workers` has too few."""
    by_owner: dict[int, list[int]] = {}
    for connection, owner in owners.items():
        by_owner.setdefault(owner, []).append(connection)
    share = -(-count // workers)
    if len(by_owner) != workers or any(len(each) < share for each in by_owner.values()):
        return []
    return [connection for turn in zip(*by_owner.values(), strict=False) for connection in turn][:count]


async def _open(server: Server) -> Connection:
    _, connection = await asyncio.get_running_loop().create_connection(Connection, server.host, server.port)
    return connection


async def _owners(server: Server, ports: Iterable[int]) -> dict[int, int]:
    """The process at the other end of each connection, by our port. Waits until all were accepted."""
    wanted = set(ports)
    for _ in range(200):
        accepted = {port: process.pid for process in _processes(server.pid) for port in _clients(process, server.port)}
        if wanted <= accepted.keys():
            return {port: accepted[port] for port in wanted}
        await asyncio.sleep(0.01)
    raise NotShared(f"nobody accepts connections to port {server.port}")


def _processes(pid: int) -> list[psutil.Process]:
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def _clients(process: psutil.Process, port: int) -> list[int]:
    """The ports of those who are connected to `port` of the process."""
    with suppress(psutil.NoSuchProcess):
        connected = [each for each in process.net_connections("tcp") if each.status == psutil.CONN_ESTABLISHED]
        return [each.raddr.port for each in connected if each.laddr.port == port]
    return []
