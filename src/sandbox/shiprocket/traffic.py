"""What happens by itself: parcels move on, and the shop's webhook hears of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import msgspec
from litestar import Litestar

from sandbox.kit.webhooks import WebhookSender
from sandbox.shiprocket import statuses
from sandbox.shiprocket.entities import Shipment
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.rules import travel
from sandbox.shiprocket.wire.tracking import ParcelNews, TestNews, news

BY_HAND: Final = 0.0


class Traffic:
    """Moves every parcel that has steps ahead of it, one each `step_seconds`; BY_HAND: only when it is told to.

    A restarted sandbox moves on those that were under way. Every scan and every cancellation
    of a parcel with an AWB is told by `webhooks`.
    """

    def __init__(self, ledger: Ledger, webhooks: WebhookSender, step_seconds: float) -> None:
        self._ledger = ledger
        self._webhooks = webhooks
        self._step_seconds = step_seconds
        self._next_steps: dict[int, asyncio.TimerHandle] = {}
        self._told = 0

    @asynccontextmanager
    async def running(self, _: Litestar) -> AsyncIterator[None]:
        """For Litestar's `lifespan`: parcels move while this is open."""
        self._ledger.listen(self._hear)
        for shipment in self._ledger.shipments():
            self._await_next_step(shipment)
        try:
            yield
        finally:
            for step in self._next_steps.values():
                step.cancel()

    def test(self) -> None:
        """What the panel's test button does."""
        self._tell("test", TestNews())

    def _hear(self, before: Shipment | None, after: Shipment) -> None:
        if before is None:
            return
        if after.ahead != before.ahead:
            self._await_next_step(after)
        ended = after.status == statuses.SHIPMENT_CANCELLED != before.status
        if after.awb and (len(after.scans) > len(before.scans) or ended):
            order = self._ledger.order_of(after)
            self._tell(statuses.SHIPMENT_LABELS[after.status], news(order, after, self._ledger.now()))

    def _await_next_step(self, shipment: Shipment) -> None:
        waiting = self._next_steps.pop(shipment.id, None)
        if waiting is not None:
            waiting.cancel()
        if shipment.ahead and self._step_seconds != BY_HAND:
            loop = asyncio.get_running_loop()
            self._next_steps[shipment.id] = loop.call_later(self._step_seconds, self._step, shipment.id)

    def _step(self, shipment_id: int) -> None:
        shipment = self._ledger.shipment(shipment_id)
        if shipment is not None:
            travel.advance(self._ledger, shipment)

    def _tell(self, kind: str, told: ParcelNews | TestNews) -> None:
        self._told += 1
        self._webhooks.send(f"news-{self._told}", kind, msgspec.json.encode(told))
