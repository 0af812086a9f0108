"""What the tests of use cases ask for."""

from __future__ import annotations

import pytest

from tests.unit.application.dispatch import Dispatch
from tests.unit.application.workshop import Workshop


@pytest.fixture
async def workshop() -> Workshop:
    """A shop that sells the Oxford Roma, with plenty of everything."""
    return await Workshop.opened()


@pytest.fixture
def dispatch() -> Dispatch:
    """Two carriers, no orders."""
    return Dispatch()
