"""A fresh sandbox for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.sandbox.shiprocket.account import ShiprocketAccountHolder


@pytest.fixture
def stranger() -> Iterator[ShiprocketAccountHolder]:
    """Who has not logged in."""
    holder = ShiprocketAccountHolder()
    with holder.client:
        yield holder


@pytest.fixture
def shiprocket(stranger: ShiprocketAccountHolder) -> ShiprocketAccountHolder:
    """Who has."""
    stranger.log_in()
    return stranger
