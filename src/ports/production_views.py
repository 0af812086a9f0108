"""What the workshop has promised to make, to be read."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Protocol

from domain.inventory.capacity import Week
from ports.order_views import OrderView


class ProductionViews(Protocol):
    """Orders by the week that they are promised in."""

    @abstractmethod
    async def promised_in(self, week: Week) -> Sequence[OrderView]:
        """Confirmed orders of a week that have not left the workshop, oldest first.

        No more than the week's capacity lets in, so there are no pages.
        """
