"""A place to keep bytes that can be made again."""

from __future__ import annotations

from abc import abstractmethod
from datetime import timedelta
from typing import Protocol


class Cache(Protocol):
    """Bytes by key for a limited time. Never the only copy of anything.

    A cache that doesn't answer behaves as an empty one: no method raises for it.
    """

    @abstractmethod
    async def get(self, key: str) -> bytes | None:
        """What was put under `key`, unless it has expired or been forgotten."""

    @abstractmethod
    async def put(self, key: str, value: bytes, lifetime: timedelta) -> None:
        """Keep `value` for at most `lifetime`."""

    @abstractmethod
    async def forget(self, *keys: str) -> None:
        """Drop keys at once."""
