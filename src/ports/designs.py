"""Where saved designs are kept."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.design.design import Design


@dataclass(frozen=True, slots=True)
class SavedDesign:
    """A design that somebody wants to find again."""

    design: Design
    created_at: datetime


class Designs(Protocol):
    """Saved designs, inside a transaction."""

    @abstractmethod
    async def save(self, design: Design, at: datetime) -> SavedDesign:
        """Keep a design under its code; saving it again gives the first one back."""


class DesignViews(Protocol):
    """Saved designs, to be read."""

    @abstractmethod
    async def find(self, code: str) -> SavedDesign | None:
        """The design of a code."""
