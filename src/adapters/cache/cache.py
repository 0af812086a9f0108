"""The cache that all processes of the shop share."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from ports.cache import Cache

logger = logging.getLogger(__name__)

PAUSE: Final = 1.0
"""Seconds in which a Redis that did not answer is not asked again."""

_PREFIX: Final = "cache:"
_MILLISECOND: Final = timedelta(milliseconds=1)


class RedisCache(Cache):
    """Keys under `cache:`. While Redis doesn't answer, nothing is found and nothing is kept.

    Only the first call of every PAUSE waits for an answer then, so that readers are not
    slower than without a cache; only the first of all is logged. `forget` always tries:
    what it leaves behind is stale until its lifetime ends. `monotonic` gives seconds.
    """

    def __init__(self, redis: Redis, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._redis = redis
        self._monotonic = monotonic
        self._silent_until: float | None = None

    async def get(self, key: str) -> bytes | None:
        """See Cache."""
        if self._is_paused():
            return None
        try:
            value = await self._redis.get(_PREFIX + key)
        except RedisError as error:
            self._silent(error)
            return None
        self._answered()
        return cast("bytes | None", value)  # `open_redis` makes clients that decode nothing

    async def put(self, key: str, value: bytes, lifetime: timedelta) -> None:
        """See Cache."""
        if self._is_paused():
            return
        try:
            await self._redis.set(_PREFIX + key, value, px=max(_MILLISECOND, lifetime))
        except RedisError as error:
            self._silent(error)
        else:
            self._answered()

    async def forget(self, *keys: str) -> None:
        """See Cache."""
        if not keys:
            return
        try:
            await self._redis.delete(*(_PREFIX + key for key in keys))
        except RedisError as error:
            self._silent(error)
        else:
            self._answered()

    def _is_paused(self) -> bool:
        return self._silent_until is not None and self._monotonic() < self._silent_until

    def _silent(self, error: RedisError) -> None:
        if self._silent_until is None:
            logger.warning("the cache does not answer: %s", type(error).__name__)
        self._silent_until = self._monotonic() + PAUSE

    def _answered(self) -> None:
        if self._silent_until is not None:
            logger.warning("the cache answers again")
            self._silent_until = None
