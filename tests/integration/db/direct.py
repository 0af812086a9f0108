"""SQL, straight to PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg


@dataclass(frozen=True, slots=True)
class Direct:
    """One connection of the driver."""

    connection: Any  # asyncpg has no types

    @classmethod
    async def to(cls, url: str) -> Direct:
        """Connect."""
        return cls(await asyncpg.connect(url))

    async def rows(self, sql: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """All rows, as tuples."""
        return [tuple(row) for row in await self.connection.fetch(sql, *values)]

    async def value(self, sql: str, *values: object) -> Any:  # whatever was asked for
        """The first value of the first row."""
        return await self.connection.fetchval(sql, *values)

    async def do(self, sql: str) -> None:
        """Run commands."""
        await self.connection.execute(sql)

    async def close(self) -> None:
        """Give the connection back."""
        await self.connection.close()
