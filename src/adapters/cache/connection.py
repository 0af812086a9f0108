"""Connections to Redis that give up soon."""

from __future__ import annotations

from typing import Final

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

CART_PATIENCE: Final = 2.0
"""Seconds that a cart is waited for: a crowd may keep a process busy, and there is no other copy."""

CACHE_PATIENCE: Final = 0.25
"""Seconds that the cache is waited for: what it has can be made again."""

_MOST_CONNECTIONS: Final = 50
# A crowd queues for connections; it is served at the pace of the answers, so it may wait longer than for one.
_QUEUE_FACTOR: Final = 2.5


def open_redis(url: str, patience: float) -> Redis:
    """A client of the Redis at `url`, connecting when it is first used; close it with `aclose`.

    It waits `patience` seconds for an answer, and somewhat longer for its turn in a crowd.
    A command that got no answer is sent once more, because a server that was restarted
    leaves dead connections behind: what is sent must bear being done twice.
    """
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=_MOST_CONNECTIONS,
        timeout=patience * _QUEUE_FACTOR,
        socket_timeout=patience,
        socket_connect_timeout=patience,
        retry=Retry(NoBackoff(), retries=1),
    )
    return Redis.from_pool(pool)
