"""One worker, relay or beat: what `shoes worker`, `relay` and `beat` run."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from celery import Celery

from adapters.worker.app import make_app
from adapters.worker.beat import set_schedule
from adapters.worker.relay import Relay
from adapters.worker.work import OpenWork, Work
from bootstrap.adapters import Adapters, opened
from bootstrap.saga import Saga
from bootstrap.settings import Settings


def application(settings: Settings) -> Celery:
    """The way to the broker."""
    return make_app(settings.task_broker_url)


def scheduled(app: Celery, settings: Settings) -> Celery:
    """The same, with everything that time brings."""
    reconcile = timedelta(seconds=settings.reconcile_seconds)
    set_schedule(
        app,
        every={
            "expire_unpaid_orders": timedelta(seconds=settings.sweep_seconds),
            "reconcile_payments": reconcile,
            "reconcile_refunds": reconcile,
            "follow_parcels": timedelta(seconds=settings.tracking_seconds),
        },
        nightly=["tidy_up"],
    )
    return app


def work_of(settings: Settings) -> OpenWork:
    """What a worker process does, over the real adapters."""

    @asynccontextmanager
    async def open_work() -> AsyncIterator[Work]:
        async with opened(Adapters(settings=settings)) as adapters:
            saga = Saga(ports=adapters)
            yield Work(deliver=saga.handle_deliveries(), upkeep=saga.upkeep())

    return open_work


async def relay(settings: Settings) -> None:
    """Hand events over to workers until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    async with opened(Adapters(settings=settings)) as adapters:
        await Relay(Saga(ports=adapters).relay_events(), adapters.bell(), seconds=settings.relay_seconds).run(stop)
