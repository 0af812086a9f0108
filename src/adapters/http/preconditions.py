"""Conditional requests (RFC 9110, 13): what the caller has seen already, or means to change."""

from __future__ import annotations

import re
from typing import Final

from litestar.types import Scope

from adapters.http.errors import Fault, Refusal, invalid
from adapters.http.exchange import AnyRequest, exchange_of, header

_TAG: Final = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_ONE_TAG: Final = re.compile(_TAG)
_TAGS: Final = re.compile(_TAG.encode("latin-1"))
_VERSION: Final = re.compile(r'"(0|[1-9][0-9]{0,17})"')


def version_tag(version: int) -> bytes:
    """A version as an entity tag."""
    return b'"%d"' % version


def expected_version(request: AnyRequest) -> int | None:
    """The version in `If-Match`; None when any will do.

    Raises Refusal when it isn't one entity tag, or is one that no version ever had.
    """
    value = header(request, b"if-match")
    if value is None or value == "*":
        return None
    if not _ONE_TAG.fullmatch(value):
        raise invalid(Fault("/If-Match", "pattern", 'is not one entity tag such as "3"'))
    version = _VERSION.fullmatch(value)
    if version is None:
        raise Refusal("stale-version", "No version of this resource ever had that entity tag.")
    return int(version[1])


def has_seen(scope: Scope, tag: bytes) -> bool:
    """Whether the caller has the representation of that entity tag (`If-None-Match`, compared weakly)."""
    seen = exchange_of(scope).headers.get(b"if-none-match")
    if seen is None:
        return False
    return seen == tag or seen == b"*" or any(each.removeprefix(b"W/") == tag for each in _TAGS.findall(seen))
