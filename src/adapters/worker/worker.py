"""A worker: one process that talks to the broker, and its children, which do the tasks."""

from __future__ import annotations

import logging
import os
import threading
import warnings
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Final

import billiard
from celery import Celery, platforms, signals
from celery.exceptions import CPendingDeprecationWarning, SecurityWarning
from celery.worker import state

from adapters.worker.bridge import TIME_IS_UP, Bridge
from adapters.worker.tasks import DELIVERING, MAINTAINING, TimeLimit, register_tasks
from adapters.worker.work import OpenWork
from ports.deliveries import Lane

_LAST_CALL: Final = 4.0
"""Seconds that tasks have to end by themselves when the worker stops."""


def run_worker(
    app: Celery,
    open_work: OpenWork,
    *,
    lanes: Collection[Lane],
    concurrency: int,
    on_ready: Callable[[], None],
    delivering: TimeLimit = DELIVERING,
    maintaining: TimeLimit = MAINTAINING,
) -> int:
    """Work for some lanes with so many processes until SIGTERM or SIGINT; returns the exit code.

    `open_work` is entered in each of them, `on_ready` is called in this one, once tasks are
    taken. An application that has a schedule (`adapters.worker.beat`) gets its beat too.
    """
    billiard.set_start_method("fork", force=True)  # the children inherit what they can't be sent
    warnings.filterwarnings("ignore", category=SecurityWarning)  # to root, of pickled messages: not accepted here
    for of_every_task in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(of_every_task).setLevel(logging.WARNING)
    register_tasks(app, bridge := Bridge(open_work), delivering=delivering, maintaining=maintaining)
    _act_on_signals(bridge, on_ready)
    worker = app.Worker(
        queues=[lane.value for lane in lanes],
        concurrency=concurrency,
        beat=bool(app.conf.beat_schedule),
        loglevel=None,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    return worker.exitcode or 0


def _act_on_signals(bridge: Bridge, on_ready: Callable[[], None]) -> None:
    for signal, act in {
        signals.setup_logging: lambda: None,  # it is set up already
        signals.worker_process_init: bridge.open,
        signals.worker_process_shutdown: bridge.close,
        signals.worker_ready: lambda: _begin(on_ready),
        signals.worker_shutting_down: _call_last_orders,
        signals.beat_embedded_init: _end_with_parent,
    }.items():
        signal.connect(lambda act=act, **_: act(), weak=False)


def _begin(on_ready: Callable[[], None]) -> None:
    # Lost connections cancel nothing: what is half done goes on, and is known to be done when it comes again.
    warnings.filterwarnings("ignore", category=CPendingDeprecationWarning)
    on_ready()


def _call_last_orders() -> None:
    timer = threading.Timer(_LAST_CALL, _cut_short)
    timer.daemon = True
    timer.start()


def _cut_short() -> None:
    """Bring the time limit of all that still runs forward to now."""
    for request in tuple(state.active_requests):
        if request.worker_pid:
            with suppress(ProcessLookupError):
                os.kill(request.worker_pid, TIME_IS_UP)


def _end_with_parent() -> None:
    platforms.set_pdeathsig("SIGKILL")
