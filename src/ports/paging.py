"""Pages of a list that may grow while it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from domain.errors import DomainError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a sorted list: the sort value and the id of the item just before it."""

    value: str | int
    id: UUID


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items, and where the next page starts (None: there is none)."""

    items: tuple[T, ...]
    next: Position | None


class InvalidCursor(DomainError):
    """A cursor that this list never gave out."""

    code = "invalid-cursor"

    def __init__(self) -> None:
        super().__init__("this cursor does not belong to this list")
