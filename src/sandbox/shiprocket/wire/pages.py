"""Lists in pages, as Laravel's Fractal gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Final, Generic, TypeVar

import msgspec
from litestar.datastructures import URL

from sandbox.shiprocket.wire.fields import Fields

_Row = TypeVar("_Row")
_Entity = TypeVar("_Entity")

_USUAL: Final = 15
_MOST: Final = 100


class Pagination(msgspec.Struct, frozen=True, kw_only=True):
    """Where this page stands."""

    total: int
    count: int
    per_page: int
    current_page: int
    total_pages: int
    links: dict[str, str]


class Meta(msgspec.Struct, frozen=True):
    """What comes with a list."""

    pagination: Pagination


class PageAnswer(msgspec.Struct, Generic[_Row], frozen=True):
    """A page of rows."""

    data: list[_Row]
    meta: Meta


def page(
    entities: Sequence[_Entity], query: Mapping[str, str], address: URL, row: Callable[[_Entity], _Row]
) -> PageAnswer[_Row]:
    """The page that the query asks for, by `page` and `per_page`; `address` is where it was asked. Raises Refused."""
    fields = Fields(query)
    number, size = fields.optional_integer("page") or 1, fields.optional_integer("per_page") or _USUAL
    if number < 1 or not 1 <= size <= _MOST:
        fields.wrong("per_page", f"The per page must be between 1 and {_MOST}.")
    fields.check()
    rows = [row(each) for each in entities[(number - 1) * size : number * size]]
    pages = max(1, ceil(len(entities) / size))
    pagination = Pagination(
        total=len(entities),
        count=len(rows),
        per_page=size,
        current_page=number,
        total_pages=pages,
        links={"next": str(address.with_replacements(query=f"page={number + 1}"))} if number < pages else {},
    )
    return PageAnswer(rows, Meta(pagination))
