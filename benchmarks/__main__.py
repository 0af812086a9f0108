"""`python -m benchmarks`, behind `make bench`."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from types import FrameType
from typing import Final

import click

from benchmarks.bench import SHOPPERS, SetupFailed, prepared_bench
from benchmarks.connections import NotShared
from benchmarks.machine import CpuUse, machine_facts
from benchmarks.programs import ProgramFailed
from benchmarks.report import table, write
from benchmarks.results import Result, measure
from benchmarks.rows import ROWS, Row
from benchmarks.shop import WORKERS
from bootstrap.embedded import EmbeddedError

_NOISE: Final = 0.05  # of the machine; more than that used by others makes figures doubtful
_RESULTS: Final = Path(__file__).parent / "results"


@click.command(name="python -m benchmarks")
@click.option("--row", "names", multiple=True, type=click.Choice([row.name for row in ROWS]), help="Only this row.")
@click.option("--seconds", default=3.0, show_default=True, help="Length of one measurement.")
@click.option("--rounds", default=3, show_default=True, help="Measurements of each row; medians are shown.")
@click.option("--keep", is_flag=True, help="Leave the servers' directory, with their logs, behind.")
def main(names: Sequence[str], seconds: float, rounds: int, *, keep: bool) -> None:
    """Measure the shop against limits that are measured in the same run; see docs/benchmarks.md."""
    signal.signal(signal.SIGTERM, _leave)
    rows = [row for row in ROWS if not names or row.name in names]
    try:
        _measure(rows, seconds, rounds, keep=keep)
    except (SetupFailed, ProgramFailed, NotShared, EmbeddedError) as problem:
        raise click.ClickException(str(problem)) from None


def _measure(rows: Sequence[Row], seconds: float, rounds: int, *, keep: bool) -> None:
    with _servers_directory(keep=keep) as directory:
        facts = machine_facts(directory)
        _tell("starting the servers")
        with prepared_bench(directory, seconds) as bench:
            before = CpuUse.now()
            ceiling = bench.own_ceiling()
            results = measure(bench, rows, rounds, _tell)
            others = CpuUse.now().share_of_others(before)
        logs = _logs_of_errors(directory, results)
    file = _RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    write(file, results, ceiling, {**facts, "cpu_used_by_others": round(others, 3)})
    _tell("")
    click.echo(
        f"{facts['cpu']}, {facts['cores']} cores, of which others used {others:.0%} meanwhile; "
        f"8 KiB durably written in {facts['durable_write_ms']} ms"
    )
    click.echo(
        f"{SHOPPERS} concurrent, {WORKERS} API workers; medians of {rounds} rounds of {seconds:g} s; "
        f"the load generator alone manages {ceiling.rate:,.0f} requests/s\n"
    )
    click.echo(table(results))
    if others > _NOISE:
        click.echo("\nThe machine was busy with something else: measure again when it is quiet.")
    click.echo(f"\nwritten to {file}" + (f"; the servers' logs are in {logs}" if logs else ""))


@contextmanager
def _servers_directory(*, keep: bool) -> Iterator[Path]:
    """On the disk of the checkout: a temporary directory may be in memory, where no commit is durable."""
    _RESULTS.mkdir(exist_ok=True)
    directory = Path(mkdtemp(prefix="servers-", dir=_RESULTS))
    try:
        yield directory
    finally:
        if keep:
            click.echo(f"kept {directory}", err=True)
        else:
            shutil.rmtree(directory, ignore_errors=True)


def _logs_of_errors(directory: Path, results: Sequence[Result]) -> Path | None:
    """A copy of the servers' logs when anything went wrong: they say why."""
    if not any(result.outcome.errors for result in results):
        return None
    kept = Path(mkdtemp(prefix="logs-", dir=_RESULTS))
    for log in directory.rglob("*.log"):
        shutil.copy(log, kept)
    return kept


def _tell(line: str) -> None:
    """Show what is being done, on one line of a terminal that the next one replaces."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{line}", err=True, nl=False)
    elif line:
        click.echo(line, err=True)


def _leave(number: int, frame: FrameType | None) -> None:
    """Stop as Ctrl-C does, so that nothing that was started stays behind."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    main()
