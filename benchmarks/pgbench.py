"""The reference scripts, run by PostgreSQL's own load generator on the shop's own server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.outcome import Outcome
from benchmarks.programs import ProgramFailed, create_database, run_program

REFERENCE: Final = Path(__file__).parent / "reference"
_DATABASE: Final = "reference"
_RATE: Final = re.compile(r"^tps = ([0-9.]+) ", re.MULTILINE)
_FAILED: Final = re.compile(r"^number of failed transactions: (\d+) ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference database. Made by `prepare`."""

    url: str

    @classmethod
    def prepare(cls, url: str) -> Reference:
        """Create and fill it on the server of `url`, whose role may create databases."""
        reference = cls(create_database(url, _DATABASE))
        for name in ("schema", "seed"):
            run_program("psql", reference.url, "-q", "-v", "ON_ERROR_STOP=1", "-f", str(REFERENCE / f"{name}.sql"))
        return reference

    def measure(self, script: str, *, clients: int, seconds: float) -> Outcome:
        """Transactions a second of a script, with prepared statements as the shop's driver has them."""
        words = ["--no-vacuum", "--protocol=prepared", f"--client={clients}", f"--jobs={min(2, clients)}"]
        length = f"--time={max(1, round(seconds))}"
        return read_report(run_program("pgbench", *words, length, f"--file={REFERENCE / script}", self.url))


def read_report(report: str) -> Outcome:
    """What pgbench printed. Raises ProgramFailed when it is not a report."""
    rate, failed = _RATE.search(report), _FAILED.search(report)
    if rate is None or failed is None:
        raise ProgramFailed(f"pgbench printed no result:\n{report}")
    errors: Mapping[str, int] = {"failed transaction": int(failed[1])} if int(failed[1]) else {}
    return Outcome(float(rate[1]), None, errors)
