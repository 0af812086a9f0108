"""A bell that all processes hear, over a channel of Redis."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import Final

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeout

from ports.bell import Bell

_log = logging.getLogger(__name__)

_CHANNEL: Final = "bell"
_PAUSE: Final = 1.0
"""Seconds in which a Redis that did not answer is neither rung nor listened to."""


class RedisBell(Bell):
    """Rings by PUBLISH, hears by SUBSCRIBE from the first `wait` on; close it with `aclose`.

    However often it is rung, one PUBLISH is on its way at a time. Whoever listens is woken by
    every new subscription too: what rang while the connection was away is lost. After
    `silence` seconds without a word the other side is asked whether it is still there.
    """

    def __init__(self, redis: Redis, *, silence: float = 5.0) -> None:
        self._redis = redis
        self._silence = silence
        self._rung = False
        self._ringing: asyncio.Task[None] | None = None
        self._silent_until = 0.0
        self._heard = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None
        self._is_deaf = False

    def ring(self) -> None:
        """See Bell. To be called on an event loop."""
        self._rung = True
        if self._ringing is None or self._ringing.done():
            self._ringing = asyncio.ensure_future(self._publish())

    async def wait(self, seconds: float) -> None:
        """See Bell."""
        if self._listening is None:
            self._listening = asyncio.ensure_future(self._listen())
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._heard.wait()
        self._heard.clear()

    async def aclose(self) -> None:
        """Ring and listen no more. The client is not closed: it belongs to whoever made it."""
        for task in (self._ringing, self._listening):
            if task is not None:
                task.cancel()
                await asyncio.wait([task])

    async def _publish(self) -> None:
        loop = asyncio.get_running_loop()
        while self._rung and loop.time() >= self._silent_until:
            self._rung = False
            try:
                await self._redis.publish(_CHANNEL, b"")
            except RedisError:
                self._silent_until = loop.time() + _PAUSE

    async def _listen(self) -> None:
        """For ever, whatever happens to Redis."""
        while True:
            try:
                async with self._redis.pubsub() as channel:
                    await channel.subscribe(_CHANNEL)
                    await self._hear(channel)
            except (RedisError, OSError) as error:
                if not self._is_deaf:
                    _log.warning("the bell is not heard for the moment: %s", type(error).__name__)
                self._is_deaf = True
            await asyncio.sleep(_PAUSE)

    async def _hear(self, channel: PubSub) -> None:
        """Until the connection breaks off, or nobody is there any more."""
        is_asked = False
        while True:
            message = await channel.get_message(timeout=self._silence)
            if message is None and is_asked:
                raise RedisTimeout
            if message is None:
                await channel.ping()
            elif message["type"] != "pong":
                self._heard.set()
            is_asked = message is None
            if self._is_deaf and message is not None:
                _log.warning("the bell is heard again")
                self._is_deaf = False
