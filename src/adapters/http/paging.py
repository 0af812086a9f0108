"""Pages of a list, as they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import structs

from adapters.http.cursor import encode_cursor
from adapters.http.envelope import Document, document
from adapters.http.schemas.base import Query, Resource
from adapters.http.schemas.envelope import Pagination
from ports.paging import Position


def page_document(
    resources: Sequence[Resource],
    path: str,
    query: Query,
    pagination: Pagination,
    *,
    last_modified: datetime | None = None,
    related: Mapping[str, str] | None = None,
) -> Document:
    """One page of the list at `path`, and where the next one is; `query` has a `cursor`."""
    following = structs.replace(query, cursor=pagination.next_cursor).text() if pagination.has_more else None
    return document(
        resources,
        path + query.text(),
        pagination=pagination,
        next_link=None if following is None else path + following,
        last_modified=last_modified,
        related=related,
    )


def pagination_of(question: object, limit: int, following: Position | None) -> Pagination:
    """Where a page of the list that answers a question ends."""
    next_cursor = encode_cursor(question, following) if following else None
    return Pagination(limit=limit, next_cursor=next_cursor, has_more=following is not None)
