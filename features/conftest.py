"""What every scenario starts with. The stack comes from the module that collects the features."""

from __future__ import annotations

import pytest

from features.steps.carts import *  # noqa: F403  # pytest-bdd finds steps by their names in a conftest
from features.steps.designing import *  # noqa: F403  # see above
from features.steps.ordering import *  # noqa: F403  # see above
from features.steps.paying import *  # noqa: F403  # see above
from features.support.seen import Shopper, Stack, Story


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def customer(stack: Stack) -> Shopper:
    return stack.shopper()


@pytest.fixture
def stranger(stack: Stack) -> Shopper:
    return stack.shopper()
