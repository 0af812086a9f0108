"""A shop whose events are delivered, by relay and worker as `shoes` runs them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from benchmarks.connections import Server
from benchmarks.deliveries import DeliveryBooks
from benchmarks.programs import ProgramFailed, started
from ports.deliveries import Lane

_PATIENCE: Final = 120.0  # seconds
_LOOK_AGAIN: Final = 0.25


@dataclass(frozen=True, slots=True)
class LiveShop:
    """An API with a database and a gateway of its own. `environment` has the settings of its processes."""

    directory: Path
    environment: Mapping[str, str]
    api: Server
    sandbox: Server

    @property
    def books(self) -> DeliveryBooks:
        """What became of its events."""
        return DeliveryBooks(self.environment["SHOES_DATABASE_URL"])

    @contextmanager
    def staffed(self, *options: str) -> Iterator[None]:
        """One relay and one worker, which gets `options`, for the length of the block."""
        file = self.directory / "worker-takes-tasks"
        file.unlink(missing_ok=True)
        words = ["-m", "bootstrap", "worker", "--ready-file", str(file), *options]
        with (
            started(self.directory, "worker", words, self.environment, file.exists),
            started(self.directory, "relay", ["-m", "bootstrap", "relay"], self.environment, lambda: True),
        ):
            yield

    def come_to_rest(self, lanes: Collection[Lane] = tuple(Lane)) -> None:
        """Wait until every event is handled in these lanes. Raises ProgramFailed when that takes too long."""
        deadline = monotonic() + _PATIENCE
        while left := self.books.waiting(lanes):
            if monotonic() > deadline:
                raise ProgramFailed(f"{left} events and deliveries still wait after {_PATIENCE:.0f} s")
            sleep(_LOOK_AGAIN)
