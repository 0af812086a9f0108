"""Hand events that are due to the workers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Final

from ports.clock import Clock
from ports.deliveries import Deliveries, DeliveryKey, HandedOut, Lane, Subscription
from ports.task_queue import TaskQueue, TaskQueueUnavailable

LEASE: Final = timedelta(seconds=30)
"""How long a delivery may be on its way to a worker, or at work there, before it is handed out again."""

MOST: Final = 500
_TASK: Final = 25  # deliveries that one task makes: enough to spread the cost of a task, few enough to share the work


@dataclass(frozen=True, slots=True)
class RelayEvents:
    """One round. Returns how many deliveries were handed over; MOST or more: there may be others waiting.

    What the broker does not take is due again at once; raises TaskQueueUnavailable then.
    """

    deliveries: Deliveries
    queue: TaskQueue
    subscriptions: Sequence[Subscription]
    clock: Clock

    async def __call__(self) -> int:
        due = await self.deliveries.hand_out(self.subscriptions, self.clock.now(), lease=LEASE, most=MOST)
        waiting = list(_tasks(due))
        try:
            while waiting:
                await self.queue.put(*waiting[-1])
                waiting.pop()
        except TaskQueueUnavailable:
            await self.deliveries.take_back([key for _, keys in waiting for key in keys], self.clock.now())
            raise
        return len(due)


def _tasks(due: Sequence[HandedOut]) -> Iterator[tuple[Lane, Sequence[DeliveryKey]]]:
    """Deliveries of a lane in portions."""
    lanes: dict[Lane, list[DeliveryKey]] = defaultdict(list)
    for each in due:
        lanes[each.lane].append(each.key)
    for lane, keys in lanes.items():
        rest = iter(keys)
        while portion := tuple(islice(rest, _TASK)):
            yield lane, portion
