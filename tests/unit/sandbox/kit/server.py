"""A tiny third party on the kit, served as the real ones are; and a receiver of its webhooks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from granian.constants import Interfaces
from granian.server.embed import Server
from litestar import Litestar, Router, get, post

from bootstrap.embedded import free_port
from sandbox.kit.faults import Faults

Json = dict[str, Any]  # Any: what a JSON body holds is what the tests find out


@asynccontextmanager
async def served(app: Litestar) -> AsyncIterator[str]:
    """`app` at the URL that is given, in this process."""
    port = free_port()
    server = Server(app, port=port, interface=Interfaces.ASGI, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    try:
        await _reachable(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()  # type: ignore[no-untyped-call]  # Granian's
        await serving


async def _reachable(port: int) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.01)
            else:
                writer.close()
                return await writer.wait_closed()


class Workshop:
    """A third party that counts how often it did its work."""

    def __init__(self) -> None:
        self.done = 0
        self.faults = Faults()

    def app(self) -> Litestar:
        """Its API at /v1, its controls at /_control."""

        @post("/work", status_code=200, sync_to_thread=False)
        def work() -> dict[str, int]:
            self.done += 1
            return {"done": self.done}

        @get("/look/{place:str}", sync_to_thread=False)
        def look() -> dict[str, str]:
            return {"seen": "nothing"}

        control = Router("/_control", route_handlers=[self.faults.routes()])
        api = Router("/v1", route_handlers=[work, look], middleware=[self.faults.middleware()])
        return Litestar([control, api], openapi_config=None)
