"""One supervisor owns a directory, starts services in order, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from bootstrap.embedded import AlreadyRunning, EmbeddedError, ServiceDied, Supervisor

# Services that write down, in order, what happens to them.
SERVICES = {
    "polite": "trap 'echo $0 stops >> told; exit' TERM; echo $0 runs >> told; while :; do sleep 60 & wait $!; done",
    "stubborn": "trap '' TERM; echo $0 runs >> told; while :; do sleep 60 & wait $!; done",
}

# Starts the services named by its arguments ("polite-1"), says "up", and waits. "…-late" is never ready.
PROGRAM = """
import sys
from pathlib import Path
from bootstrap.embedded import EmbeddedError, Supervisor
from tests.integration.test_supervisor import SERVICES, told

here = Path.cwd()
try:
    with Supervisor(here, stop_within=2.5) as shop:
        for name in sys.argv[1:]:
            script = SERVICES[name.partition("-")[0]]
            is_ready = lambda: f"{name} runs" in told(here) and not name.endswith("late")
            argv = ["/bin/sh", "-c", script, name]
            shop.start(shop.child(name, argv, env={}, log=here / "log", is_ready=is_ready))
        print("up", flush=True)
        shop.wait()
except EmbeddedError as error:
    sys.exit(str(error))
"""


def told(directory: Path) -> list[str]:
    """What the services wrote."""
    file = directory / "told"
    return file.read_text().splitlines() if file.exists() else []


@contextmanager
def supervising(directory: Path, *services: str) -> Iterator[subprocess.Popen[str]]:
    """PROGRAM at work in `directory`."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *services],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def await_up(program: subprocess.Popen[str]) -> list[psutil.Process]:
    """Wait for "up"; what the supervisor has started, grandchildren too."""
    assert program.stdout is not None
    assert program.stdout.readline() == "up\n"
    return psutil.Process(program.pid).children(recursive=True)


def survivors(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those still at work. What only waits for its parent to take note of its end is not."""
    _, remaining = psutil.wait_procs(processes, timeout=2.0)
    return [process for process in remaining if process.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_in_reverse_order(number: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C, a kill and a closed terminal end in order, and that is no failure."""
    with supervising(tmp_path, "polite-1", "polite-2") as program:
        processes = await_up(program)
        program.send_signal(number)
        _, errors = program.communicate(timeout=10)
    assert (program.returncode, errors) == (0, "")
    assert told(tmp_path) == ["polite-1 runs", "polite-2 runs", "polite-2 stops", "polite-1 stops"]
    assert survivors(processes) == []


def test_a_service_that_does_not_stop_is_made_to(tmp_path: Path) -> None:
    """Those that stop late do not take the time of those whose turn is still to come."""
    with supervising(tmp_path, "polite-1", "stubborn-2") as program:
        processes = await_up(program)
        program.terminate()
        asked = time.monotonic()
        program.communicate(timeout=10)
        assert time.monotonic() - asked < 4.0
    assert program.returncode == 0
    assert told(tmp_path)[-1] == "polite-1 stops"
    assert survivors(processes) == []


def test_a_signal_during_the_start_stops_everything(tmp_path: Path) -> None:
    """Nobody has to wait for a service that does not become ready."""
    with supervising(tmp_path, "polite-1", "polite-late") as program:
        deadline = time.monotonic() + 10
        while "polite-late runs" not in told(tmp_path):
            assert time.monotonic() < deadline
        program.terminate()
        program.communicate(timeout=10)
    assert program.returncode == 0
    assert told(tmp_path)[-2:] == ["polite-late stops", "polite-1 stops"]


def test_the_death_of_a_service_ends_the_run_with_one_line(tmp_path: Path) -> None:
    """The line says who died and how; the others are stopped."""
    with supervising(tmp_path, "polite-1", "polite-2") as program:
        await_up(program)
        next(child for child in psutil.Process(program.pid).children() if child.cmdline()[-1] == "polite-2").kill()
        _, errors = program.communicate(timeout=10)
    assert program.returncode == 1
    assert errors == f"polite-2 was ended by SIGKILL (log: {tmp_path}/log)\n"
    assert told(tmp_path)[-1] == "polite-1 stops"


def test_what_a_killed_supervisor_left_behind_is_ended_by_the_next(tmp_path: Path) -> None:
    """A stubborn service, and the children of one, do not keep their ports and files after SIGKILL of their owner."""
    with supervising(tmp_path, "polite-1", "stubborn-2") as program:
        processes = await_up(program)
        program.kill()
        program.communicate()
    assert any(process.is_running() for process in processes), "there is nothing to end"
    with Supervisor(tmp_path):
        assert survivors(processes) == []


def test_a_directory_has_one_supervisor(tmp_path: Path) -> None:
    """The second is told of the first; when that has gone, the directory is free."""
    told_of_first = rf"^{tmp_path} is in use by another run \(process {os.getpid()}\)$"
    with Supervisor(tmp_path), pytest.raises(AlreadyRunning, match=told_of_first):
        Supervisor(tmp_path).__enter__()
    with Supervisor(tmp_path):
        pass


def test_an_impossible_directory_is_one_clear_line(tmp_path: Path) -> None:
    """A directory that can't be made is told with its name and the reason."""
    (tmp_path / "var").write_text("a file in the way")
    with pytest.raises(EmbeddedError, match=r"var cannot be written: File exists$"):
        Supervisor(tmp_path / "var").__enter__()


def test_a_program_is_run_to_its_end(tmp_path: Path) -> None:
    """A migration that fails stops the start, with the line that it ended on; one that succeeds does not."""
    with Supervisor(tmp_path) as shop:
        shop.run("migrate", ["/bin/sh", "-c", "echo $GREETING"], env={"GREETING": "ciao"}, log=tmp_path / "log")
        assert (tmp_path / "log").read_text() == "ciao\n"
        with pytest.raises(ServiceDied, match=r"^migrate exited with code 3: cannot go on \(log: .*migrate.log\)$"):
            shop.run("migrate", ["/bin/sh", "-c", "echo cannot go on; exit 3"], env={}, log=tmp_path / "migrate.log")


def test_a_missing_program_is_one_clear_line(tmp_path: Path) -> None:
    """A program that can't be started is named."""
    with Supervisor(tmp_path) as shop, pytest.raises(EmbeddedError, match=r"^/no/such/program cannot be started: "):
        shop.start(shop.child("api", ["/no/such/program"], env={}))
