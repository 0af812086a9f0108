"""What a worker does: named here by the adapter, made by whoever starts the worker."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from ports.deliveries import DeliveryKey

Deliver = Callable[[Sequence[DeliveryKey]], Awaitable[None]]
"""Makes deliveries, as `application.events.handle_deliveries.HandleDeliveries` does."""

Upkeep = Mapping[str, Callable[[], Awaitable[object]]]
"""Use cases without arguments, by the names under which the beat asks for them. What they return is not looked at."""


@dataclass(frozen=True, slots=True)
class Work:
    """The use cases of one worker process."""

    deliver: Deliver
    upkeep: Upkeep


OpenWork = Callable[[], AbstractAsyncContextManager[Work]]
"""Opens what a process needs, on its event loop; closed when the process ends."""
