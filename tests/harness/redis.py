"""A database of Redis for each worker."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from redis import Redis


def worker_url(url: str, worker: str) -> str:
    """The same server with a database of the worker's own ("gw3": number 3), which tests empty at will."""
    number = worker.removeprefix("gw") if worker.startswith("gw") else "0"
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))


def empty(url: str) -> None:
    """Forget every key of that database."""
    with Redis.from_url(url) as client:
        client.flushdb()
