"""`shoes migrate`: bring the database to the newest schema."""

from __future__ import annotations

import asyncio

import click

from adapters.db.errors import CONNECT_ERRORS, DatabaseUnavailable
from adapters.db.migrations import upgrade
from bootstrap.adapters import Adapters, opened
from bootstrap.catalogue import import_shipped
from bootstrap.container import Shop
from bootstrap.environment import settings_with_servers
from bootstrap.settings import Settings


@click.command()
@click.option("--seed", is_flag=True, help="Import the shipped catalogue when there is no product.")
def migrate(*, seed: bool) -> None:
    """Bring the database to the newest schema; harmless when it is."""
    settings = settings_with_servers()
    asyncio.run(_migrate(settings, seed=seed))


async def _migrate(settings: Settings, *, seed: bool) -> None:
    try:
        await upgrade(settings.database_url)
    except CONNECT_ERRORS as error:
        raise DatabaseUnavailable(f"no connection ({error}); check SHOES_DATABASE_URL") from None
    if not seed:
        return
    async with opened(Adapters(settings=settings)) as adapters:
        async with adapters.begin()() as tx:
            empty = await tx.catalogue.is_empty()
        if empty:
            await import_shipped(Shop(ports=adapters))
