"""Points at which a process of a running program can be told to die. Nothing in the program knows of them.

In the process, `install` puts itself around functions of the program. From outside, a
`KillSwitch` arms one of the points: the process that passes it so many times from then on
ends by SIGKILL, at that very moment. They meet at a file for each point.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import partial, wraps
from inspect import iscoroutinefunction
from pathlib import Path
from typing import IO, Any, Final

import msgspec

Call = Callable[..., Any]
"""Any: whatever function the program has."""

_doing: ContextVar[tuple[type, ...]] = ContextVar("_doing", default=())


class Victim(StrEnum):
    """Who dies: the process that passes, or all of its process group with it, as when a machine does."""

    PROCESS = "PROCESS"
    GROUP = "GROUP"


@dataclass(frozen=True, slots=True)
class Seam:
    """The moment before or after a call of a method, written in the class that defines it."""

    call: Call
    is_after: bool


@dataclass(frozen=True, slots=True)
class KillPoint:
    """A seam while an object of the class `within` is called; None: whenever it is passed."""

    name: str
    within: type | None
    seam: Seam


def before(call: Call) -> Seam:
    """Nothing of it is done yet."""
    return Seam(call, is_after=False)


def after(call: Call) -> Seam:
    """It is done, and nobody has heard of it."""
    return Seam(call, is_after=True)


class Strike(msgspec.Struct, frozen=True):
    """A process that died, by its id, and when (Unix seconds)."""

    pid: int
    at: float


class _Order(msgspec.Struct, frozen=True):
    """Who is to die, after how many passings; and then, who did."""

    passings: int
    victim: Victim
    strike: Strike | None = None


_ORDERS: Final = msgspec.json.Decoder(_Order)


class KillSwitch:
    """Of one point; `directory` is where the processes look for it."""

    def __init__(self, directory: Path, name: str) -> None:
        self._path = directory / f"{name}.json"

    def arm(self, victim: Victim, passings: int = 1) -> None:
        """Once."""
        order = self._path.with_suffix(".new")
        order.write_bytes(msgspec.json.encode(_Order(passings, victim)))
        order.rename(self._path)

    def disarm(self) -> None:
        """Spare whoever would pass next."""
        self._path.unlink(missing_ok=True)

    def strike(self) -> Strike | None:
        """Who has died there since it was armed."""
        with self._locked() as file:
            return _ORDERS.decode(file.read()).strike

    def passed(self) -> None:
        """In the process: go on, or die."""
        try:
            with self._locked() as file:
                self._obey(file, _ORDERS.decode(file.read()))
        except FileNotFoundError:
            return

    def _obey(self, file: IO[bytes], order: _Order) -> None:
        if order.strike is not None:
            return
        if order.passings > 1:
            _write(file, _Order(order.passings - 1, order.victim))
            return
        _write(file, _Order(0, order.victim, Strike(os.getpid(), time.time())))
        match order.victim:
            case Victim.PROCESS:
                os.kill(os.getpid(), signal.SIGKILL)
            case Victim.GROUP:
                os.killpg(os.getpgrp(), signal.SIGKILL)

    @contextmanager
    def _locked(self) -> Iterator[IO[bytes]]:
        with self._path.open("r+b", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file


def _write(file: IO[bytes], order: _Order) -> None:
    file.seek(0)
    file.truncate()
    file.write(msgspec.json.encode(order))


def install(points: Iterable[KillPoint], directory: Path) -> None:
    """Have all these in this process and in those that it forks."""
    points = tuple(points)
    for point in points:
        switch = KillSwitch(directory, point.name)
        _surround(point.seam.call, partial(_watching, point, switch))
    for surrounding in {point.within for point in points}:
        if surrounding is not None:
            _surround(surrounding.__dict__["__call__"], partial(_noting, surrounding))


@contextmanager
def _watching(point: KillPoint, switch: KillSwitch) -> Iterator[None]:
    """Look at the switch before or after a call; not after one that failed."""
    is_meant = point.within is None or point.within in _doing.get()
    if is_meant and not point.seam.is_after:
        switch.passed()
    yield
    if is_meant and point.seam.is_after:
        switch.passed()


@contextmanager
def _noting(surrounding: type) -> Iterator[None]:
    token = _doing.set((*_doing.get(), surrounding))
    try:
        yield
    finally:
        _doing.reset(token)


def _surround(call: Call, surroundings: Callable[[], AbstractContextManager[None]]) -> None:
    """Replace a method in its class by the one that is there now, within these surroundings."""
    owner, _, name = call.__qualname__.rpartition(".")
    defined_in = getattr(sys.modules[call.__module__], owner)
    inner: Call = defined_in.__dict__[name]

    @wraps(inner)
    async def do_awaited(*given: object, **named: object) -> object:
        with surroundings():
            return await inner(*given, **named)

    @wraps(inner)
    def do(*given: object, **named: object) -> object:
        with surroundings():
            return inner(*given, **named)

    setattr(defined_in, name, do_awaited if iscoroutinefunction(inner) else do)
