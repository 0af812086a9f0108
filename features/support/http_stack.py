"""The shop over HTTP, with all its processes running: this one only plays people, third parties and time."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from contextlib import ExitStack, suppress
from datetime import timedelta
from typing import Any, Final

import httpx
from sqlalchemy import DateTime

from adapters.db.session import Statement
from adapters.db.tables import METADATA
from bootstrap.adapters import Adapters
from features.support.backroom import Backroom
from features.support.http_calls import client
from features.support.http_messages import Falsifier
from features.support.http_shopper import HttpShopper
from features.support.http_staff import HttpStaff
from features.support.http_thirds import HttpCourier, HttpGateway, HttpPostOffice
from features.support.rest import unrest
from features.support.seen import Shopper
from features.support.stack import Stack
from ports.event_views import DeliveryState
from tests.harness.live import OPERATOR, LiveShop

_PATIENCE: Final = 30.0  # seconds
_LOOK_AGAIN: Final = 0.05

Run = Callable[[Coroutine[Any, Any, Any]], Any]  # Any: whatever a port answers


class HttpStack(Stack):
    """A live shop; the back room works on its database."""

    def __init__(self, live: LiveShop, adapters: Adapters, run: Run) -> None:
        self._live = live
        self._adapters = adapters
        self._run = run
        self._open = ExitStack()
        falsifier = Falsifier(
            self._client(f"{self._url}/api/v1"),
            payments_secret=live.settings.razorpay_webhook_secret,
            courier_key=live.settings.courier_webhook_key,
        )
        self.backroom = Backroom(adapters, run)
        self.staff = HttpStaff(self._client(f"{self._url}/api/v1/admin", Authorization=f"Bearer {OPERATOR}"))
        self.gateway = HttpGateway(self._control("razorpay"), falsifier)
        self.courier = HttpCourier(self._control("shiprocket"), falsifier)
        self.post = HttpPostOffice(self._control("resend"))

    def close(self) -> None:
        """Send everybody home."""
        self._open.close()

    def shopper(self) -> Shopper:
        return HttpShopper(self._client(f"{self._url}/api/v1"))

    def begin(self) -> None:
        """Have everything as at the start, and nothing going on of what was before."""
        for each in self._thirds:
            each.reset()
        with suppress(AssertionError):  # after a scenario that failed
            self.settle()
        for each in self._thirds:
            each.forget()

    def pass_time(self, time: timedelta) -> None:
        self._run(self._pass_time(time))

    def settle(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while going_on := self._going_on():
            if time.monotonic() > deadline:
                raise AssertionError(f"the shop did not come to rest within {_PATIENCE:.0f} s:\n{going_on}")
            time.sleep(_LOOK_AGAIN)

    def await_failure(self, handler: str) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not self._has_failed(handler):
            if time.monotonic() > deadline:
                raise AssertionError(f"{handler} did not fail within {_PATIENCE:.0f} s")
            time.sleep(_LOOK_AGAIN)

    @property
    def _thirds(self) -> tuple[HttpGateway, HttpCourier, HttpPostOffice]:
        return self.gateway, self.courier, self.post

    @property
    def _url(self) -> str:
        return self._live.urls[0]

    def _control(self, sandbox: str) -> httpx.Client:
        return self._client(f"{self._live.sandboxes[sandbox].url}/_control")

    def _client(self, url: str, **headers: str) -> httpx.Client:
        return self._open.enter_context(client(url, **headers))

    def _going_on(self) -> str:
        """In words; empty at rest: what third parties had told by then had arrived, and nothing was left to do.

        Pauses between attempts are skipped.
        """
        told = [each.told() for each in self._thirds]
        on_the_way = [message for each in told for message in each.on_the_way]
        if on_the_way:
            return "\n".join(on_the_way)
        now = self._adapters.clock().now()
        left = self._run(unrest(self._adapters.event_views(), now))
        if left:
            if pause := left.pause(now):
                self.pass_time(pause)
            return str(left)
        return "" if [each.told() for each in self._thirds] == told else "third parties tell something new"

    def _has_failed(self, handler: str) -> bool:
        pending = self._run(self._adapters.event_views().deliveries(DeliveryState.PENDING, 100))
        return any(each.handler == handler and each.error for each in pending)

    async def _pass_time(self, time: timedelta) -> None:
        """All that was, and is to be, lies so much earlier then: what the shop knows is moved, not its clocks."""
        async with self._adapters.database().transaction() as session:
            for statement in _EARLIER:
                await session.row(statement, time=time)
        self._adapters.bell().ring()


def _earlier() -> list[Statement]:
    moments = {
        table.name: [column.name for column in table.columns if isinstance(column.type, DateTime)]
        for table in METADATA.sorted_tables
    }
    return [
        Statement(f"UPDATE {table} SET {', '.join(f'{each} = {each} - CAST(:time AS interval)' for each in columns)}")  # noqa: S608  # our own tables
        for table, columns in moments.items()
        if columns
    ]


_EARLIER: Final = _earlier()
