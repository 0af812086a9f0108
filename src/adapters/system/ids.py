"""Identities and secrets that nobody can guess."""

from __future__ import annotations

import secrets
from typing import Final
from uuid import UUID

from uuid_utils.compat import uuid7  # gives the standard library's UUID, made from one integer

from ports.ids import Ids

_TOKEN_BYTES: Final = 32


class SystemIds(Ids):
    """UUIDv7 that rise within this process, also within a millisecond; tokens of 256 bits."""

    def new_id(self) -> UUID:
        """See Ids."""
        return uuid7()

    def new_token(self) -> str:
        """See Ids: 43 characters of A-Z, a-z, 0-9, '-' and '_'."""
        return secrets.token_urlsafe(_TOKEN_BYTES)
