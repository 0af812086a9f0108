"""The load generator: shoppers who begin again as soon as they have been served, or at a steady pace."""

from __future__ import annotations

import asyncio
import gc
from array import array
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from itertools import count, repeat
from time import perf_counter
from typing import Final, Protocol

import uvloop

from benchmarks.connections import Connection, Server, connect
from benchmarks.http1 import Response
from benchmarks.outcome import Latency, Outcome

_PATIENCE: Final = 15.0  # seconds for what is under way when the time is over

Step = tuple[int, bytes]
"""Which server, and the request to it."""
Unit = Generator[Step, Response, object]
"""What is measured as one: yields steps, is sent the answers, returns what it made."""


class Journey(Protocol):
    """What shoppers do. Sent to the process of the generator, so it is made of values."""

    def units(self, shopper: int) -> Iterator[Unit]:
        """The work of one shopper, numbered from 0."""


@dataclass(frozen=True, slots=True)
class Load:
    """`shoppers` on a journey, for `warm` seconds that don't count and `seconds` that do.

    A journey that ends earlier ends the run. Each shopper has one connection to each server.
    `pace` is how many units all shoppers together begin a second, at even intervals; None:
    each begins again as soon as it has been served.
    """

    servers: tuple[Server, ...]
    journey: Journey
    shoppers: int
    seconds: float
    warm: float = 0.5
    pace: float | None = None


@dataclass(frozen=True, slots=True)
class Driven:
    """The outcome, and what the units returned, the warm ones too."""

    outcome: Outcome
    made: list[object]


@dataclass(slots=True)
class _Record:
    """What all shoppers of a run write down."""

    begins: float
    ends: float
    durations: array[float] = field(default_factory=lambda: array("d"))
    last: float = 0.0
    errors: Counter[str] = field(default_factory=Counter)
    made: list[object] = field(default_factory=list)

    def finished(self, begun: float, made: object) -> None:
        """A unit was served to its end. It counts when it began in time, however long it took."""
        if self.begins <= begun <= self.ends:
            self.last = perf_counter()
            self.durations.append(self.last - begun)
        if made is not None:
            self.made.append(made)

    def driven(self, *, exhausted: bool) -> Driven:
        """A journey that was exhausted is measured up to its last unit."""
        span = (self.last if exhausted and self.last else self.ends) - self.begins
        outcome = Outcome(len(self.durations) / span, Latency.of(self.durations), dict(self.errors))
        return Driven(outcome, self.made)


class _Shopper:
    """Works through units, one request at a time. Any answer but 2xx is an error and ends the unit.

    `turns` say when each unit may begin. One that has to wait for the unit before it takes
    longer by that: who is served slowly at a pace shall not seem to ask less often.
    """

    __slots__ = ("_begun", "_connections", "_record", "_turns", "_unit", "_units", "done", "exhausted")

    def __init__(
        self, connections: list[Connection], units: Iterator[Unit], turns: Iterator[float], record: _Record
    ) -> None:
        self._connections = connections
        self._units = units
        self._turns = turns
        self._record = record
        self._unit: Unit | None = None
        self._begun = 0.0
        self.exhausted = False
        self.done = asyncio.get_running_loop().create_future()
        for connection in connections:
            connection.answered = self._answered
            connection.failed = self._failed

    def begin(self) -> None:
        """Take the next unit when its turn comes, unless the time is over by then."""
        turn, now = next(self._turns), perf_counter()
        if (turn or now) >= self._record.ends:
            self._stop()
        elif turn > now:
            asyncio.get_running_loop().call_later(turn - now, self._take)
        else:
            self._take(turn)

    def _take(self, since: float = 0.0) -> None:
        """Begin the next unit, counting from `since`, or from now."""
        if self.done.done():  # the connection was lost before the turn came
            return
        self._begun = since or perf_counter()
        self._unit = next(self._units, None)
        if self._unit is None:
            self.exhausted = True
            self._stop()
            return
        server, request = next(self._unit)
        self._connections[server].send(request)

    def _answered(self, response: Response) -> None:
        assert self._unit is not None
        if not 200 <= response.status < 300:
            self._record.errors[_complaint(response)] += 1
            self._unit.close()
            self.begin()
            return
        try:
            server, request = self._unit.send(response)
        except StopIteration as end:
            self._record.finished(self._begun, end.value)
            self.begin()
        except (LookupError, TypeError, ValueError, AssertionError) as surprise:
            self._record.errors[f"not the promised answer: {surprise!r}"] += 1
            self.begin()
        else:
            self._connections[server].send(request)

    def _failed(self, reason: str) -> None:
        self._record.errors[reason] += 1
        self._stop()

    def _stop(self) -> None:
        for connection in self._connections:
            connection.close()
        if not self.done.done():
            self.done.set_result(None)


def drive(load: Load) -> Driven:
    """Run a load in this process. Raises NotShared, OSError."""
    gc.collect()
    gc.disable()  # a collection would be counted as the server's latency
    try:
        return uvloop.run(_drive(load))
    finally:
        gc.enable()


async def _drive(load: Load) -> Driven:
    opened = [await connect(server, load.shoppers) for server in load.servers]
    now = perf_counter()
    record = _Record(now + load.warm, now + load.warm + load.seconds)
    shoppers = [
        _Shopper(list(own), load.journey.units(number), _turns(load, number, now), record)
        for number, own in enumerate(zip(*opened, strict=True))
    ]
    for shopper in shoppers:
        shopper.begin()
    waiting = {shopper.done for shopper in shoppers}
    _, unanswered = await asyncio.wait(waiting, timeout=load.warm + load.seconds + _PATIENCE)
    if unanswered:
        record.errors["no answer"] += len(unanswered)
    return record.driven(exhausted=all(shopper.exhausted for shopper in shoppers))


def _turns(load: Load, shopper: int, now: float) -> Iterator[float]:
    """When the units of a shopper may begin; 0: at any time."""
    if load.pace is None:
        return repeat(0.0)
    return (now + number / load.pace for number in count(shopper, load.shoppers))


def _complaint(response: Response) -> str:
    """The status, and the code of a problem document."""
    try:
        return f"{response.status} {response.json()['code']}"
    except (ValueError, KeyError, TypeError):
        return str(response.status)
