"""Find a saved design."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import NotFound
from ports.designs import DesignViews, SavedDesign


@dataclass(frozen=True, slots=True)
class GetDesign:
    """The design of a code, for whoever knows the code. Raises NotFound."""

    designs: DesignViews

    async def __call__(self, code: str) -> SavedDesign:
        saved = await self.designs.find(code)
        if saved is None:
            raise NotFound("design", code)
        return saved
