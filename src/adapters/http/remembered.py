"""Making a thing once from what doesn't change."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

S = TypeVar("S")
K = TypeVar("K", bound=Hashable)
D = TypeVar("D")


class Remembered(Generic[S, K, D]):
    """Calls `make(source, key)` once for the same source object, and then remembers.

    The same object, not an equal one: a view that is cached gives the same one until the
    catalogue changes, so what was made of it is never stale, and no lifetime is needed.
    The last `size` are remembered; each keeps its source alive.
    """

    def __init__(self, make: Callable[[S, K], D], size: int) -> None:
        self._make: Final = make
        self._size: Final = size
        self._made: dict[tuple[int, K], tuple[S, D]] = {}

    def __call__(self, source: S, key: K) -> D:
        place = (id(source), key)
        known = self._made.get(place)
        if known is not None:
            return known[1]  # of this very source: as long as it is remembered, nothing else has its id
        made = self._make(source, key)
        if len(self._made) >= self._size:
            del self._made[next(iter(self._made))]
        self._made[place] = (source, made)
        return made
