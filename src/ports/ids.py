"""Where identities, secrets and order numbers come from."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import Protocol
from uuid import UUID


class Ids(Protocol):
    """Fresh identities and secrets."""

    @abstractmethod
    def new_id(self) -> UUID:
        """A UUIDv7: later ones sort after earlier ones."""

    @abstractmethod
    def new_token(self) -> str:
        """A bearer secret of 256 random bits, safe in a header and a URL."""


class OrderNumbers(Protocol):
    """The numbers that people read to each other on the phone."""

    @abstractmethod
    async def next(self, at: datetime) -> str:
        """`IS-YYYY-NNNNNN`, never the same twice. Gaps are normal."""
