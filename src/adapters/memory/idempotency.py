"""Idempotency keys in memory."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from typing import Final

from adapters.memory.tables import Claim, Tables
from ports.clock import Clock
from ports.idempotency import IdempotencyKey, IdempotencyKeyReused, IdempotencyKeys, R

_KEPT: Final = timedelta(hours=24)


class MemoryIdempotencyKeys(IdempotencyKeys):
    """Claims of one transaction.

    Transactions come one after the other, so a claim of a key that another transaction
    has claimed has waited for it before it gets here, and none is ever in flight.
    """

    def __init__(self, tables: Tables, clock: Clock) -> None:
        self._tables = tables
        self._clock = clock

    async def claim(self, key: IdempotencyKey, returns: type[R]) -> R | None:
        """See IdempotencyKeys."""
        now = self._clock.now()
        before = self._tables.claims.get((key.scope, key.key))
        if before is None or before.claimed_at + _KEPT <= now:
            self._tables.claims[key.scope, key.key] = Claim(key.fingerprint, now, None)
            return None
        if before.fingerprint != key.fingerprint:
            raise IdempotencyKeyReused
        if before.result is not None and not isinstance(before.result, returns):
            raise TypeError(f"the result of {key.scope} is a {type(before.result).__name__}")
        return deepcopy(before.result)

    async def complete(self, key: IdempotencyKey, result: object) -> None:
        """See IdempotencyKeys. Raises LookupError for a key that nobody has claimed."""
        claim = self._tables.claims[key.scope, key.key]
        self._tables.claims[key.scope, key.key] = Claim(claim.fingerprint, claim.claimed_at, deepcopy(result))
