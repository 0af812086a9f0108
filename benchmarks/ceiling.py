"""The limit of the load generator itself: a server that does not even look at what it is asked."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import cast

import uvloop


class _Parrot(asyncio.Protocol):
    """Gives the same answer to every packet; right for requests that fit into one, which all of ours do."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)  # uvloop's transports are of its own kind

    def data_received(self, received: bytes) -> None:
        assert self._transport is not None
        self._transport.write(self._answer)


async def _serve(port: int, page: bytes) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(page)}\r\n\r\n"
    answer = head.encode() + page
    server = await asyncio.get_running_loop().create_server(lambda: _Parrot(answer), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1]), Path(sys.argv[2]).read_bytes()))
