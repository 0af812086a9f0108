"""What the tests of faults share: one shop for each file, and a voice."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

from tests.faults.market import Market, open_market

# Five hundred requests at once wait for 90 connections, which wait 5 to 50 ms at each step.
_POOL = "30"


@pytest.fixture(scope="module")
def slow_market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """A shop whose processes reach their database over a slow wire."""
    with open_market(tmp_path_factory.mktemp("shop"), slow=True, database_pool=_POOL) as market:
        yield market


@pytest.fixture
def tell(capfd: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Says a measured figure at the terminal, from a worker of xdist too."""

    def say(line: str) -> None:
        with capfd.disabled():
            sys.stderr.write(f"\n{line}\n")
            sys.stderr.flush()

    return say
