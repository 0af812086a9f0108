"""Connections to Redis that give up soon."""

from __future__ import annotations

from typing import Final

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

ANSWER_WITHIN: Final = 0.25
"""Seconds to wait for a connection, and again for an answer."""

_MOST_CONNECTIONS: Final = 50


def open_redis(url: str) -> Redis:
    """A client of the Redis at `url`, connecting when it is first used; close it with `aclose`.

    A command that got no answer is sent once more, because a server that was restarted
    leaves dead connections behind: what is sent must bear being done twice.
    """
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=_MOST_CONNECTIONS,
        timeout=ANSWER_WITHIN,
        socket_timeout=ANSWER_WITHIN,
        socket_connect_timeout=ANSWER_WITHIN,
        retry=Retry(NoBackoff(), retries=1),
    )
    return Redis.from_pool(pool)
