"""The beat: asks for the chores that time brings."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from celery import Celery
from celery.beat import ScheduleEntry, Scheduler
from celery.schedules import crontab

from adapters.worker.publisher import Publisher
from adapters.worker.tasks import MAINTAIN
from ports.deliveries import Lane
from ports.task_queue import TaskQueueUnavailable

_log = logging.getLogger(__name__)

_LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)
_NIGHT: Final = crontab(hour="21", minute="30")  # UTC: three in the morning in India
_HALF_A_DAY: Final = timedelta(hours=12)


def set_schedule(app: Celery, *, every: Mapping[str, timedelta], nightly: Collection[str]) -> None:
    """Have chores done by name: some at once and then in intervals, others every night.

    A chore that no worker has begun when it is due again is forgotten. Two beats ask twice,
    and chores bear that.
    """
    app.conf.beat_schedule = {
        name: _entry(name, interval.total_seconds(), interval, last_run_at=_LONG_AGO)
        for name, interval in every.items()
    } | {name: _entry(name, _NIGHT, _HALF_A_DAY) for name in nightly}


def _entry(name: str, schedule: object, lifetime: timedelta, **more: object) -> dict[str, object]:
    options = {"expires": lifetime.total_seconds()}
    return {"task": MAINTAIN, "args": (name,), "schedule": schedule, "options": options, **more}


def run_beat(app: Celery) -> None:
    """Ask for what is due until SIGTERM or SIGINT."""
    app.Beat(quiet=True).run()


class PatientScheduler(Scheduler):  # type: ignore[misc]  # Celery has no types
    """Remembers nothing from one run to the next. An outage of the broker is one line in the log."""

    producer = None  # one from the pool for each task: it heals

    def __init__(self, app: Celery, **options: object) -> None:
        self._publisher = Publisher(app)
        self._is_cut_off = False
        super().__init__(app, **options)

    def apply_entry(self, entry: ScheduleEntry, producer: object = None) -> None:
        """Called by the beat for what is due."""
        try:
            self._publisher.publish(entry.task, entry.args, Lane.MAINTENANCE, lifetime=entry.options["expires"])
        except TaskQueueUnavailable as error:
            if not self._is_cut_off:
                _log.warning("the beat is not heard for the moment: %s", error)
            self._is_cut_off = True
        else:
            if self._is_cut_off:
                _log.warning("the beat is heard again")
            self._is_cut_off = False
