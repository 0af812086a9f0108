"""The way to the workers, in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from adapters.memory.tables import other_tasks
from ports.deliveries import DeliveryKey, Lane
from ports.task_queue import TaskQueue, TaskQueueUnavailable


class MemoryTaskQueue(TaskQueue):
    """Keeps what is put until somebody takes it. While `unavailable` is True, nothing can be put."""

    def __init__(self) -> None:
        self.unavailable = False
        self._waiting: deque[tuple[Lane, tuple[DeliveryKey, ...]]] = deque()

    async def put(self, lane: Lane, keys: Sequence[DeliveryKey]) -> None:
        """See TaskQueue."""
        await other_tasks()
        if self.unavailable:
            raise TaskQueueUnavailable
        self._waiting.append((lane, tuple(keys)))

    def take(self) -> tuple[Lane, tuple[DeliveryKey, ...]] | None:
        """What a worker does next, oldest first; None: nothing."""
        return self._waiting.popleft() if self._waiting else None
