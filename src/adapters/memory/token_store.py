"""Tokens in memory."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from adapters.memory.tables import other_tasks
from ports.clock import Clock
from ports.token_store import TokenStore

_NOTHING = timedelta(0)


class MemoryTokenStore(TokenStore):
    """TokenStore of one process, or of several that a test plays."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tokens: dict[str, tuple[str, datetime]] = {}
        self._leases: dict[str, tuple[str, datetime]] = {}
        self._rests: dict[str, datetime] = {}

    async def get(self, account: str) -> str | None:
        """See TokenStore."""
        await other_tasks()
        return self._valid(self._tokens, account)

    async def put(self, account: str, token: str, lifetime: timedelta) -> None:
        """See TokenStore."""
        await other_tasks()
        self._tokens[account] = token, self._clock.now() + lifetime

    async def lease(self, account: str, lifetime: timedelta) -> str | None:
        """See TokenStore."""
        await other_tasks()
        if self._valid(self._leases, account) is not None:
            return None
        lease = secrets.token_hex(16)
        self._leases[account] = lease, self._clock.now() + lifetime
        return lease

    async def release(self, account: str, lease: str) -> None:
        """See TokenStore."""
        await other_tasks()
        if self._valid(self._leases, account) == lease:
            del self._leases[account]

    async def cool_down(self, account: str, time: timedelta) -> None:
        """See TokenStore."""
        await other_tasks()
        self._rests[account] = self._clock.now() + time

    async def cooling(self, account: str) -> timedelta:
        """See TokenStore."""
        await other_tasks()
        now = self._clock.now()
        return max(_NOTHING, self._rests.get(account, now) - now)

    def _valid(self, kept: dict[str, tuple[str, datetime]], account: str) -> str | None:
        value, until = kept.get(account, (None, self._clock.now()))
        return value if until > self._clock.now() else None
