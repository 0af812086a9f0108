"""`shoes sweep`: what has to happen when time passes."""

from __future__ import annotations

import asyncio
import logging
import signal

import click

from bootstrap.adapters import Adapters, opened
from bootstrap.container import Shop
from bootstrap.environment import settings_with_servers
from bootstrap.settings import Settings
from ports.errors import PortUnavailable

_log = logging.getLogger(__name__)


@click.command()
@click.option("--once", is_flag=True, help="Look once and end.")
def sweep(*, once: bool) -> None:
    """Cancel unpaid orders whose hold has expired, every SHOES_SWEEP_SECONDS."""
    settings = settings_with_servers()
    logging.basicConfig(level=settings.log_level.upper())
    asyncio.run(_sweep_once(settings) if once else _sweep_for_ever(settings))


async def _sweep_once(settings: Settings) -> None:
    async with opened(Adapters(settings=settings)) as adapters:
        cancelled = await Shop(ports=adapters).expire_unpaid_orders()()
    click.echo(f"{cancelled} unpaid orders cancelled")


async def _sweep_for_ever(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    async with opened(Adapters(settings=settings)) as adapters:
        expire = Shop(ports=adapters).expire_unpaid_orders()
        while not stop.is_set():
            try:
                if cancelled := await expire():
                    _log.info("%d unpaid orders cancelled", cancelled)
            except PortUnavailable:
                _log.warning("unpaid orders could not be looked at; trying again", exc_info=True)
            try:
                await asyncio.wait_for(stop.wait(), settings.sweep_seconds)
            except TimeoutError:
                continue
