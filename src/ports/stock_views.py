"""What is left, to be shown before anything is promised."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping
from typing import Protocol

from domain.inventory.capacity import Week


class StockViews(Protocol):
    """Stock and weeks, to be read. True at that moment only: `Reservations.hold` decides."""

    @abstractmethod
    async def available(self, skus: Collection[str]) -> Mapping[str, int]:
        """What can still be promised, by sku; unknown skus count 0."""

    @abstractmethod
    async def first_free_week(self, earliest: Week, pairs: int) -> Week | None:
        """The first week from `earliest` on with room for `pairs`."""
