"""Order numbers from a sequence."""

from __future__ import annotations

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

    async def next(self, at: datetime) -> str:
        """See OrderNumbers."""
        number = next(self._block, None)
        if number is None:
            async with self._database.connect() as session:
                row = await session.row(_NEXT_BLOCK)
            assert row is not None  # noqa: S101  # a SELECT without FROM gives one row
            self._block = iter(range(row["first"], row["first"] + NUMBERS_AT_ONCE))
            number = next(self._block)
        return f"IS-{at.astimezone(WORKSHOP_ZONE).year}-{number:06d}"
