"""A fresh sandbox for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.sandbox.resend.team import ResendTeam


@pytest.fixture
def resend() -> Iterator[ResendTeam]:
    team = ResendTeam()
    with team.client:
        yield team
