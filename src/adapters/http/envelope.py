"""The envelope of every success: data, what is to be known of it, and where to go from here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

import msgspec

from adapters.http.exchange import AnyRequest, exchange_of
from adapters.http.preconditions import has_seen
from adapters.http.reply import JSON, NO_STORE, Header, Reply
from adapters.http.schemas.envelope import AnswerMeta, Links, PageMeta, Pagination

CATALOGUE_CACHE: Final[Header] = (
    b"cache-control",
    b"public, max-age=300, s-maxage=3600, stale-while-revalidate=86400",
)
FOREVER: Final[Header] = (b"cache-control", b"public, max-age=31536000, immutable")

_VERSION: Final = "v1"
_VARY: Final[Header] = (b"vary", b"accept-version")
_ENCODER: Final = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Document:
    """A success but for its `meta`: encoded once, however often it is sent.

    `validators` are its ETag, strong over everything that a later answer to the same
    question could change, and its Last-Modified, when that is known.
    """

    head: bytes
    tail: bytes
    pagination: Pagination | None
    validators: tuple[Header, ...]

    @property
    def etag(self) -> bytes:
        """The value of the ETag header."""
        return self.validators[0][1]


def document(
    data: object,
    self_link: str,
    *,
    pagination: Pagination | None = None,
    next_link: str | None = None,
    related: Mapping[str, str] | None = None,
    last_modified: datetime | None = None,
) -> Document:
    """Encode a resource, or a list of them, with its links."""
    encoded = msgspec.json.encode(data)
    links = msgspec.json.encode(Links(self=self_link, next=next_link, prev=None, related=related or {}))
    digest = hashlib.blake2b(encoded + msgspec.json.encode(pagination), digest_size=16).hexdigest()
    validators: list[Header] = [(b"etag", f'"{digest}"'.encode())]
    if last_modified is not None:
        validators.append((b"last-modified", format_datetime(last_modified.astimezone(UTC), usegmt=True).encode()))
    return Document(
        head=b'{"success":true,"data":' + encoded + b',"meta":',
        tail=b',"links":' + links + b"}",
        pagination=pagination,
        validators=tuple(validators),
    )


def private(request: AnyRequest, told: Document, *, status: int = 200, headers: Iterable[Header] = ()) -> Reply:
    """A success for this caller alone: nobody keeps it."""
    return Reply(status, (JSON, NO_STORE, *headers), _body(request, told))


def public(request: AnyRequest, told: Document, cache: Header) -> Reply:
    """A success for everybody, for as long as `cache` says; 304 for those who have it."""
    headers = (*told.validators, cache, _VARY)
    if has_seen(request.scope, told.etag):
        return Reply(304, headers)
    return Reply(200, (JSON, *headers), _body(request, told))


def nothing() -> Reply:
    """Done, and there is nothing to tell: 204."""
    return Reply(204, (NO_STORE,))


def location(path: str) -> Header:
    """Where a new thing is."""
    return (b"location", path.encode())


def _body(request: AnyRequest, told: Document) -> bytes:
    exchange = exchange_of(request.scope)
    at, request_id, took_ms = exchange.at, exchange.request_id, exchange.took_ms
    meta: AnswerMeta
    if told.pagination is None:
        meta = AnswerMeta(timestamp=at, request_id=request_id, version=_VERSION, took_ms=took_ms)
    else:
        meta = PageMeta(
            timestamp=at, request_id=request_id, version=_VERSION, took_ms=took_ms, pagination=told.pagination
        )
    return told.head + _ENCODER.encode(meta) + told.tail
