"""Identities are never the same twice and rise; secrets fit into a header."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from adapters.memory.ids import SequentialIds
from adapters.system.ids import SystemIds
from ports.ids import Ids


@pytest.fixture(params=[SequentialIds, SystemIds])
def ids(request: pytest.FixtureRequest) -> Ids:
    """A source of identities."""
    made: Ids = request.param()
    return made


def test_an_id_is_a_uuid_of_version_7(ids: Ids) -> None:
    """The standard library's own type: drivers and encoders know no other."""
    new = ids.new_id()

    assert type(new) is UUID
    assert (new.version, new.variant) == (7, "specified in RFC 4122")


def test_later_ids_sort_after_earlier_ones(ids: Ids) -> None:
    """Also those of one millisecond: tables grow at their end, timelines keep their order."""
    made = [ids.new_id() for _ in range(10_000)]

    assert made == sorted(set(made))


def test_a_token_is_safe_in_headers_and_urls(ids: Ids) -> None:
    """256 bits in base64url, without padding."""
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", ids.new_token())


def test_no_token_comes_twice(ids: Ids) -> None:
    """Each guest gets their own."""
    assert len({ids.new_token() for _ in range(1_000)}) == 1_000
