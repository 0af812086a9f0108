"""Identities, secrets and order numbers that come out the same in every run."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from datetime import datetime
from itertools import count
from typing import Final
from uuid import UUID

from adapters.memory.tables import other_tasks
from domain.inventory.capacity import WORKSHOP_ZONE
from ports.ids import Ids, OrderNumbers

# 1 January 2026, UTC: where a UUIDv7 has its milliseconds.
_EPOCH_MS: Final = 1_767_225_600_000


class SequentialIds(Ids):
    """Counts. For tests and demonstrations only: anybody can guess these secrets."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._tokens = count(1)

    def new_id(self) -> UUID:
        """See Ids: of the form of a UUIDv7, one millisecond after the other."""
        number = next(self._ids)
        return UUID(int=(_EPOCH_MS + number) << 80 | 0x7 << 76 | 0b10 << 62 | number)

    def new_token(self) -> str:
        """See Ids: 43 characters, as `secrets.token_urlsafe(32)` has them."""
        digest = hashlib.sha256(f"token {next(self._tokens)}".encode()).digest()
        return urlsafe_b64encode(digest).rstrip(b"=").decode()


class MemoryOrderNumbers(OrderNumbers):
    """Numbers without gaps, from 1 on, in the years of the workshop's calendar."""

    def __init__(self) -> None:
        self._numbers = count(1)

    async def next(self, at: datetime) -> str:
        """See OrderNumbers."""
        await other_tasks()
        return f"IS-{at.astimezone(WORKSHOP_ZONE).year}-{next(self._numbers):06d}"
