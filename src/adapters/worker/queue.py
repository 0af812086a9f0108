"""The way from the relay to the workers: a queue of the broker for every lane."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from celery import Celery

from adapters.worker.publisher import Publisher
from adapters.worker.tasks import DELIVER, written
from ports.deliveries import DeliveryKey, Lane
from ports.task_queue import TaskQueue


class CeleryTaskQueue(TaskQueue):
    """One task for each call, which carries nothing but the keys."""

    def __init__(self, app: Celery) -> None:
        self._publisher = Publisher(app)

    async def put(self, lane: Lane, keys: Sequence[DeliveryKey]) -> None:
        """See TaskQueue."""
        await asyncio.to_thread(self._publisher.publish, DELIVER, [written(keys)], lane)
