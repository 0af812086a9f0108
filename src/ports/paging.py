"""Pages of a list that may grow while it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def page_of(found: Sequence[T], limit: int, place: Callable[[T], Position]) -> Page[T]:
    """A page of `limit` items of what was found, where one more was looked for to see whether there is another."""
    items = tuple(found[:limit])
    return Page(items, place(items[-1]) if len(found) > limit else None)


class InvalidCursor(DomainError):
    """A cursor that this list never gave out."""

    code = "invalid-cursor"

    def __init__(self) -> None:
        super().__init__("this cursor does not belong to this list")
