"""Have events handled by those who listen."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from application.events.handler import AnyHandler
from application.events.relay_events import LEASE
from application.events.retry_policy import RetryPolicy
from domain.events import DomainEvent
from domain.operations.events import TaskOpened
from domain.operations.task import OperatorTask, TaskKind
from ports.bell import Bell
from ports.clock import Clock
from ports.deliveries import Deliveries, Delivery, DeliveryKey, EventUnreadable
from ports.errors import PortUnavailable
from ports.ids import Ids
from ports.transactions import Begin

_log = logging.getLogger(__name__)
PATIENCE: Final = 20.0
"""Seconds that a handler may take; less than the lease of its delivery."""
_LONGEST_ERROR: Final = 500


@dataclass(frozen=True, slots=True)
class HandleDeliveries:
    """Makes deliveries side by side; each has its own success, its own failure and its own time.

    A failed one is due again later or, after the last attempt, waits for an operator. Rings
    the bell at the end: what waited behind these may go now.
    """

    deliveries: Deliveries
    handlers: Mapping[str, AnyHandler]
    begin: Begin
    bell: Bell
    clock: Clock
    ids: Ids
    retries: RetryPolicy
    patience: float = PATIENCE
    draw: random.Random = field(default_factory=random.Random)

    async def __call__(self, keys: Sequence[DeliveryKey]) -> None:
        started = await self.deliveries.start(keys, self.clock.now(), lease=LEASE)
        outcomes = await asyncio.gather(*map(self._make, started), return_exceptions=True)
        done = [delivery.key for delivery, outcome in zip(started, outcomes, strict=True) if outcome is True]
        if done:
            await self.deliveries.finish(done, self.clock.now())
        self.bell.ring()
        for outcome in outcomes:
            if isinstance(outcome, BaseException):  # not even the failure could be noted: its lease will end
                raise outcome

    async def _make(self, delivery: Delivery) -> bool:
        """Whether the handler succeeded."""
        if delivery.attempt > self.retries.attempts:  # the last one took its worker down with it
            await self._give_up(delivery, "the worker died at the last attempt")
            return False
        try:
            async with asyncio.timeout(self.patience):
                await self.handlers[delivery.key.handler](_read(delivery.event), delivery.key)
        except Exception as error:  # noqa: BLE001  # whatever it is, it stands in the way of no other delivery
            await self._failed(delivery, error)
            return False
        return True

    async def _give_up(self, delivery: Delivery, error: str) -> None:
        """Have the handler make good what it can, and leave the rest to an operator."""
        try:
            async with asyncio.timeout(self.patience):
                await self.handlers[delivery.key.handler].give_up(_read(delivery.event), delivery.key, error)
        except Exception:  # noqa: BLE001  # whatever it is, the operator has to know
            _log.exception("delivery %s could not be given up in an orderly way", delivery.key)
        await self._bury(delivery, error)

    async def _bury(self, delivery: Delivery, error: str) -> None:
        """Leave it to an operator, who is told; but not of a mail to the operator that can't be sent."""
        event, now = delivery.event, self.clock.now()
        async with self.begin() as tx:
            if not await tx.receipts.bury(delivery.key, error) or isinstance(event, TaskOpened):
                return
            await tx.tasks.add(
                OperatorTask.open(
                    id=self.ids.new_id(),
                    kind=TaskKind.EVENT_STUCK,
                    subject=f"{_named(event)} at {delivery.key.handler}",
                    detail=f"event {delivery.key.event_id}: {error}",
                    at=now,
                )
            )

    async def _failed(self, delivery: Delivery, error: Exception) -> None:
        now, told = self.clock.now(), f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]
        if self.retries.is_last(delivery.attempt):
            _log.error("delivery %s is dead after %d attempts", delivery.key, delivery.attempt, exc_info=error)
            await self._give_up(delivery, told)
            return
        at_least = timedelta(seconds=error.retry_after if isinstance(error, PortUnavailable) else 0)
        wait = self.retries.wait(delivery.attempt, self.draw.random(), at_least)
        _log.warning("delivery %s failed and is tried again in %s: %s", delivery.key, wait, told)
        await self.deliveries.retry(delivery.key, now + wait, told)


def _read(event: DomainEvent | EventUnreadable) -> DomainEvent:
    if isinstance(event, EventUnreadable):
        raise event
    return event


def _named(event: DomainEvent | EventUnreadable) -> str:
    if isinstance(event, EventUnreadable):
        return str(event)
    return f"{event.name} of {event.aggregate} {event.aggregate_id}"
