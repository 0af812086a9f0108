"""Identities for tests: fresh ones, and ones that a name stands for."""

from __future__ import annotations

import hashlib
from typing import Final
from uuid import UUID

from uuid_utils.compat import uuid7

_EPOCH_MS: Final = 1_767_225_600_000  # 2026-01-01


def fresh_id() -> UUID:
    """A UUIDv7 that no other test has, so that tests may share a database."""
    return uuid7()


def id_of(name: str) -> UUID:
    """The same UUIDv7 for the same name, always: two builds of one option are one option."""
    digest = int.from_bytes(hashlib.sha256(name.encode()).digest())
    random_a, random_b = digest & 0xFFF, digest >> 12 & (1 << 62) - 1
    return UUID(int=_EPOCH_MS << 80 | 0x7 << 76 | random_a << 64 | 0b10 << 62 | random_b)
