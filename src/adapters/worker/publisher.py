"""Putting tasks on queues: quickly, or not at all."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from celery import Celery
from kombu.exceptions import OperationalError

from adapters.worker.app import PATIENCE
from ports.deliveries import Lane
from ports.task_queue import TaskQueueUnavailable

_log = logging.getLogger(__name__)

MOST_WAITING: Final = 1_000
"""Tasks in one queue. Workers that are away for long shall not fill the broker's memory."""


class Publisher:
    """Sends tasks by name, from any thread, over connections that are kept.

    A task that finds its queue full is dropped: whoever sent it sends it again anyhow, when
    its lease ends or its time comes.
    """

    def __init__(self, app: Celery, *, most_waiting: int = MOST_WAITING) -> None:
        self._app = app
        self._most_waiting = most_waiting
        self._full: set[Lane] = set()
        broker = app.connection_for_write()
        self._errors = (OperationalError, *broker.connection_errors, *broker.channel_errors)

    def publish(self, task: str, arguments: Sequence[object], lane: Lane, *, lifetime: float | None = None) -> None:
        """Put a task on the lane's queue; a worker forgets it after `lifetime` seconds. Raises TaskQueueUnavailable."""
        try:
            with self._app.producer_pool.acquire(block=True) as producer:
                queue = producer.channel.queue_declare(queue=lane.value, durable=True, auto_delete=False)
                if self._has_room(lane, queue.message_count):
                    self._app.send_task(
                        task,
                        args=arguments,
                        argsrepr="…",  # they are in the body; written once more, they would cost as much again
                        queue=lane.value,
                        expires=lifetime,
                        ignore_result=True,
                        producer=producer,
                        timeout=PATIENCE,
                        confirm_timeout=PATIENCE,
                    )
        except self._errors as error:
            raise TaskQueueUnavailable(type(error.__cause__ or error).__name__) from error

    def _has_room(self, lane: Lane, waiting: int) -> bool:
        if waiting < self._most_waiting:
            self._full.discard(lane)
            return True
        if lane not in self._full:
            self._full.add(lane)
            _log.warning("%d tasks wait for workers of the lane %s; what does not fit comes again", waiting, lane)
        return False
