"""The parts of an answer around its data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta

from adapters.http.schemas.base import Around, Href, Moment


class Pagination(Around):
    """Where a page ends. There is no total: the list may grow while it is read."""

    limit: Annotated[int, Meta(description="How many items were asked for.")]
    next_cursor: Annotated[str | None, Meta(description="Send it as `cursor` to get the next page.")]
    has_more: bool


class AnswerMeta(Around):
    """What is to be known of an answer."""

    timestamp: Annotated[Moment, Meta(description="When the request came.")]
    request_id: Annotated[str, Meta(description="The request's X-Request-Id, or the one that it was given.")]
    version: Annotated[str, Meta(description="Of the API.", examples=["v1"])]
    took_ms: int


class PageMeta(AnswerMeta):
    """What is to be known of a page of a list."""

    pagination: Pagination


class Links(Around):
    """Where this answer is, and where one goes from here. Pages are read forwards: `prev` is null."""

    self: Href
    next: Href | None
    prev: Href | None
    related: Mapping[str, Href]


class FieldProblem(Around):
    """One bad field."""

    pointer: Annotated[
        str,
        Meta(
            description="A JSON pointer into the body; `/` and its name for a parameter or a header; empty for all.",
            examples=["/shippingAddress/pincode"],
        ),
    ]
    code: Annotated[str, Meta(description="Stable: what is wrong.", examples=["pattern"])]
    message: Annotated[str, Meta(description="The same for people.")]


class Problem(Around):
    """A problem document (RFC 9457)."""

    type: Annotated[str, Meta(examples=["https://api.italianshoes.com/problems/validation-error"])]
    title: str
    status: int
    detail: str
    instance: Annotated[str, Meta(description="The path that was asked for.")]
    code: Annotated[str, Meta(description="Stable: the last part of `type`.")]
    trace_id: Annotated[str, Meta(description="The request's id, to be quoted when asking for help.")]
