"""Tokens that all processes of the shop share."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable
from datetime import timedelta
from typing import Final, TypeVar, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from ports.token_store import TokenStore

logger = logging.getLogger(__name__)

_Answer = TypeVar("_Answer")

_RELEASE: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
"""

_MILLISECOND: Final = timedelta(milliseconds=1)


class RedisTokenStore(TokenStore):
    """TokenStore under `token:`, `token-lease:` and `token-rest:`. Each failure is logged, none is raised."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._release = redis.register_script(_RELEASE)

    async def get(self, account: str) -> str | None:
        """See TokenStore."""
        token = cast("bytes | None", await _best_effort(self._redis.get(f"token:{account}")))
        return None if token is None else token.decode()

    async def put(self, account: str, token: str, lifetime: timedelta) -> None:
        """See TokenStore."""
        await _best_effort(self._redis.set(f"token:{account}", token, px=max(_MILLISECOND, lifetime)))

    async def lease(self, account: str, lifetime: timedelta) -> str | None:
        """See TokenStore."""
        key, lease = f"token-lease:{account}", secrets.token_hex(16)
        await _best_effort(self._redis.set(key, lease, px=max(_MILLISECOND, lifetime), nx=True))
        # Asked for, not concluded: `open_redis` sends a command again whose answer was lost, and then
        # the first may have taken the lease. Without any answer nobody else is known to have it.
        holder = await _best_effort(self._redis.get(key))
        return lease if holder in {None, lease.encode()} else None

    async def release(self, account: str, lease: str) -> None:
        """See TokenStore."""
        await _best_effort(self._release(keys=[f"token-lease:{account}"], args=[lease]))

    async def cool_down(self, account: str, time: timedelta) -> None:
        """See TokenStore."""
        await _best_effort(self._redis.set(f"token-rest:{account}", b"", px=max(_MILLISECOND, time)))

    async def cooling(self, account: str) -> timedelta:
        """See TokenStore."""
        left = await _best_effort(self._redis.pttl(f"token-rest:{account}"))
        return timedelta(milliseconds=max(0, left or 0))


async def _best_effort(command: Awaitable[_Answer]) -> _Answer | None:
    """The answer of Redis, None when there is none."""
    try:
        return await command
    except RedisError as error:
        logger.warning("tokens can't be shared: %s", type(error).__name__)
        return None
