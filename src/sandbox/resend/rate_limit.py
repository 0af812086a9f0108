"""So many requests a second."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from sandbox.resend.errors import Refused


class RateLimit:
    """A limit over whole seconds, told in every answer. `per_second` 0: none, and nothing is told."""

    def __init__(self, per_second: int, clock: Callable[[], float] = time.time) -> None:
        self._per_second = per_second
        self._clock = clock
        self._second = 0
        self._taken = 0

    def take(self) -> None:
        """Count a request. Raises Refused when the second has seen enough."""
        second = math.floor(self._clock())
        if second != self._second:
            self._second, self._taken = second, 0
        self._taken += 1
        if 0 < self._per_second < self._taken:
            message = f"Too many requests. You can only make {self._per_second} requests per second."
            raise Refused("rate_limit_exceeded", message, headers={**self.headers, "retry-after": "1"})

    @property
    def headers(self) -> dict[str, str]:
        """What an answer tells of the limit (IETF draft-ietf-httpapi-ratelimit-headers)."""
        if not self._per_second:
            return {}
        left = max(self._per_second - self._taken, 0)
        return {"ratelimit-limit": str(self._per_second), "ratelimit-remaining": str(left), "ratelimit-reset": "1"}
