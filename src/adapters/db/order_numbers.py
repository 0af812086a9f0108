"""Order numbers from a sequence."""

from __future__ import annotations

from asyncio import Lock
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from adapters.db.engine import Database
from adapters.db.session import Statement
from adapters.db.tables.ordering import NUMBERS_AT_ONCE
from domain.inventory.capacity import WORKSHOP_ZONE
from ports.ids import OrderNumbers

_NEXT_BLOCK: Final = Statement("SELECT nextval('order_number') AS first")


class SqlOrderNumbers(OrderNumbers):
    """Takes NUMBERS_AT_ONCE numbers a round trip; those not used when the process ends are gaps.

    The sequence goes on over the years, and beyond six digits when it must.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._block: Iterator[int] = iter(())
        self._fetching = Lock()

    async def next(self, at: datetime) -> str:
        """See OrderNumbers."""
        async with self._fetching:
            number = next(self._block, None)
            if number is None:
                self._block = await self._next_block()
                number = next(self._block)
        return f"IS-{at.astimezone(WORKSHOP_ZONE).year}-{number:06d}"

    async def _next_block(self) -> Iterator[int]:
        [row] = await self._database.fetch(_NEXT_BLOCK)  # asked again after a lost connection, it leaves a gap
        first: int = row["first"]
        return iter(range(first, first + NUMBERS_AT_ONCE))
