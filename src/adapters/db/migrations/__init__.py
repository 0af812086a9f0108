"""Bringing a database to the schema of this version, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.db.engine import driver_url

# Any number that nobody else locks by in the same database.
_LOCK: Final = 0x73686F65  # "shoe"


async def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to a revision, all in one transaction.

    Processes that start together take turns; those who come later find nothing to do.
    Raises what the driver raises: there is nobody to hide it from.
    """
    await _migrate(url, lambda config: command.upgrade(config, revision))


async def downgrade(url: str, revision: str = "base") -> None:
    """Take the database back to a revision, with the loss of what it did not know."""
    await _migrate(url, lambda config: command.downgrade(config, revision))


async def is_current(url: str) -> bool:
    """Whether the database has the newest schema. Raises what the driver raises."""
    engine = create_async_engine(driver_url(url), poolclass=pool.NullPool)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_is_current)
    finally:
        await engine.dispose()


def _is_current(connection: Connection) -> bool:
    heads = ScriptDirectory.from_config(_config(connection)).get_heads()
    return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)


async def _migrate(url: str, run: Callable[[Config], None]) -> None:
    engine = create_async_engine(driver_url(url), poolclass=pool.NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            await connection.run_sync(lambda sync: run(_config(sync)))
    finally:
        await engine.dispose()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
