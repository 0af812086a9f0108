"""`shoes worker`, `shoes relay`, `shoes beat`: what happens by itself."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path

import click
import uvloop

from adapters.worker.beat import run_beat
from adapters.worker.worker import run_worker
from bootstrap.environment import settings_with_third_parties
from bootstrap.settings import Settings
from bootstrap.worker import application, relay, scheduled, work_of
from ports.deliveries import Lane


class _Lanes(click.ParamType[tuple[Lane, ...]]):
    """Names of lanes, with commas between them."""

    name = "lane,lane"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Lane, ...]:
        try:
            return tuple(Lane(word.strip()) for word in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} names something else than {', '.join(Lane)}", param, ctx)


@click.command()
@click.option("--queues", type=_Lanes(), default=",".join(Lane), help="Which lanes to work in; default: all.")
@click.option("--concurrency", type=click.IntRange(1, 64), help="Processes; default: SHOES_WORKER_CONCURRENCY.")
@click.option("--beat", "with_beat", is_flag=True, help="Ask for what time brings, too.")
@click.option("--ready-file", type=click.Path(path_type=Path), help="A file to make when tasks are taken.")
def worker(*, queues: tuple[Lane, ...], concurrency: int | None, with_beat: bool, ready_file: Path | None) -> None:
    """Handle events and do what time brings, until Ctrl-C or SIGTERM."""
    settings = _settings()
    app = application(settings)

    def tell() -> None:
        if ready_file is not None:
            ready_file.touch()

    sys.exit(
        run_worker(
            scheduled(app, settings) if with_beat else app,
            work_of(settings),
            lanes=queues,
            concurrency=concurrency or settings.worker_concurrency,
            on_ready=tell,
        )
    )


@click.command()
def beat() -> None:
    """Ask workers for what time brings, until Ctrl-C or SIGTERM. One of these is enough."""
    settings = _settings()
    run_beat(scheduled(application(settings), settings))


@click.command("relay")
def relay_command() -> None:
    """Hand events over to workers, until Ctrl-C or SIGTERM."""
    settings = _settings()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(relay(settings))


def _settings() -> Settings:
    settings = settings_with_third_parties()
    logging.basicConfig(level=settings.log_level.upper())
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it has a line for every call
    return settings
