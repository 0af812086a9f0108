"""Databases for tests, copied from one that was migrated once."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import asyncpg
from sqlalchemy import make_url

from adapters.db.migrations import upgrade
from adapters.db.tables import METADATA
from adapters.db.tables.catalogue import catalogue_revision

T = TypeVar("T")

_TEMPLATE: Final = "template"

# Children first. Deleting is quicker than truncating where there are few rows: no file is replaced.
_CLEAN: Final = ";".join(
    [
        *(
            f"DELETE FROM {table.name}"  # noqa: S608  # our own tables
            for table in reversed(METADATA.sorted_tables)
            if table is not catalogue_revision
        ),
        "UPDATE catalogue_revision SET revision = revision + 1",
    ]
)
# Only those of our role: the others are PostgreSQL's own workers, and not ours to end.
_END_OTHERS: Final = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = {database} AND usename = current_user AND pid <> pg_backend_pid()
"""


def make_template(url: str) -> str:
    """Migrate a new database on the server of `url`; returns its URL."""
    template = f"shoes_tests_{os.getpid()}_{_TEMPLATE}"
    asyncio.run(_on(url, f"CREATE DATABASE {template}"))
    migrated = database_url(url, template)
    asyncio.run(upgrade(migrated))
    return migrated


def drop_template(url: str) -> None:
    """Remove it from a server that is not ours."""
    asyncio.run(_drop(database_url(url, "postgres"), make_url(url).database or ""))


def database_url(url: str, database: str) -> str:
    """The same server, another database."""
    return make_url(url).set(database=database).render_as_string(hide_password=False)


class Databases:
    """One worker's databases, made as they are asked for."""

    def __init__(self, template_url: str, worker: str) -> None:
        self._template_url = template_url
        self._admin_url = database_url(template_url, "postgres")
        self._prefix = (make_url(template_url).database or "").removesuffix(_TEMPLATE) + worker
        self._made = 0

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """The URL of an empty database with every table, dropped at the end."""
        with self._created(f"TEMPLATE {make_url(self._template_url).database}") as url:
            yield url

    @contextmanager
    def blank(self) -> Iterator[str]:
        """The URL of a database with nothing in it, dropped at the end."""
        with self._created("TEMPLATE template0") as url:
            yield url

    @contextmanager
    def _created(self, how: str) -> Iterator[str]:
        self._made += 1
        name = f"{self._prefix}_{self._made}"
        asyncio.run(_on(self._admin_url, f"CREATE DATABASE {name} {how}"))
        try:
            yield database_url(self._template_url, name)
        finally:
            asyncio.run(_drop(self._admin_url, name))


class Cleaner:
    """Empties one database again and again, over one connection."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._runner = asyncio.Runner()
        self._connection = self._run(asyncpg.connect(url))

    def clean(self) -> None:
        """End what other connections still do there, and delete every row."""
        if self._connection.is_closed():  # a test of lost connections may have ended ours too
            self._connection = self._run(asyncpg.connect(self._url))
        self._run(self._connection.execute(_END_OTHERS.format(database="current_database()")))
        self.empty()

    def empty(self) -> None:
        """Delete every row, and leave others their connections: they had better be at rest."""
        self._run(self._connection.execute(_CLEAN))

    def close(self) -> None:
        """Give the connection back."""
        self._run(self._connection.close())
        self._runner.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:  # Any: what a coroutine is sent and yields
        return self._runner.run(work)


async def _on(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def _drop(admin_url: str, database: str) -> None:
    # Not WITH (FORCE): that fails when a worker of autovacuum happens to be there.
    await _on(admin_url, _END_OTHERS.format(database=f"'{database}'"), f"DROP DATABASE {database}")
