"""Keep a design, so that it can be found again and shared."""

from __future__ import annotations

from dataclasses import dataclass

from application.designs.find_design import ChosenWish, DesignFinder
from ports.clock import Clock
from ports.designs import SavedDesign
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class SaveDesign:
    """Saves a buildable choice under its design code; saving it again changes nothing.

    Raises NotFound and DesignNotBuildable.
    """

    designs: DesignFinder
    begin: Begin
    clock: Clock

    async def __call__(self, wish: ChosenWish) -> SavedDesign:
        line = await self.designs.quote(wish, 1)
        async with self.begin() as tx:
            return await tx.designs.save(line.design, self.clock.now())
