"""The two tasks there are: make deliveries, and do one of the chores that time brings."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from celery import Celery, Task
from celery.worker.request import Request

from adapters.worker.bridge import Bridge
from ports.deliveries import DeliveryKey
from ports.errors import PortUnavailable

_log = logging.getLogger(__name__)

DELIVER: Final = "deliver"
MAINTAIN: Final = "maintain"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Seconds after which a task is cancelled, and after which its process is killed."""

    soft: float
    hard: float


DELIVERING: Final = TimeLimit(25, 28)
"""More than any handler is given, less than the lease of a delivery."""

MAINTAINING: Final = TimeLimit(120, 130)


class RestlessRequest(Request):  # type: ignore[misc]  # Celery has no types
    """Has the worker connect anew when a task can't be acknowledged.

    Celery only logs that, and goes on waiting for the acknowledgement before it takes
    another task: with one task for each process it would wait for ever.
    """

    def __init__(self, message: object, *, connection_errors: object = (), **more: object) -> None:
        super().__init__(message, connection_errors=(), **more)


def register_tasks(
    app: Celery, bridge: Bridge, *, delivering: TimeLimit = DELIVERING, maintaining: TimeLimit = MAINTAINING
) -> None:
    """Let the application do its tasks by the bridge. What is not there for the moment is a line in the log.

    A delivery that could not be begun or noted is due again when its lease ends, a chore
    when the beat asks for it again. A portion whose process died comes again at once, and its
    deliveries are made one by one then: whichever of them it was takes no other with it.
    """

    def make(keys: Sequence[DeliveryKey]) -> None:
        bridge.run(lambda work: work.deliver(keys))

    def deliver(task: Task, portion: list[tuple[str, str]]) -> None:
        keys = read(portion)
        shares = [[key] for key in keys] if task.request.delivery_info["redelivered"] else [keys]
        try:
            for share in shares:
                make(share)
        except PortUnavailable as error:
            _log.warning("%d deliveries could not be made for the moment: %s", len(portion), error)

    def maintain(name: str) -> None:
        try:
            bridge.run(lambda work: work.upkeep[name]())
        except PortUnavailable as error:
            _log.warning("%s could not be done for the moment: %s", name, error)

    app.task(
        bind=True,
        name=DELIVER,
        soft_time_limit=delivering.soft,
        time_limit=delivering.hard,
        acks_on_timeout=False,
        reject_on_worker_lost=True,
        Request=RestlessRequest,
    )(deliver)
    app.task(name=MAINTAIN, soft_time_limit=maintaining.soft, time_limit=maintaining.hard, Request=RestlessRequest)(
        maintain
    )


def written(keys: Sequence[DeliveryKey]) -> list[tuple[str, str]]:
    """Keys as a message carries them."""
    return [(str(key.event_id), key.handler) for key in keys]


def read(portion: Sequence[tuple[str, str]]) -> list[DeliveryKey]:
    """The keys of a message."""
    return [DeliveryKey(UUID(event_id), handler) for event_id, handler in portion]
