"""What every scenario starts with. The stack comes from the module that collects the features."""

from __future__ import annotations

from typing import Any

import pytest

from features.steps.carts import *  # noqa: F403  # pytest-bdd finds steps by their names in a conftest
from features.steps.designing import *  # noqa: F403  # see above
from features.steps.mailing import *  # noqa: F403  # see above
from features.steps.operating import *  # noqa: F403  # see above
from features.steps.ordering import *  # noqa: F403  # see above
from features.steps.paying import *  # noqa: F403  # see above
from features.steps.refunding import *  # noqa: F403  # see above
from features.steps.returning import *  # noqa: F403  # see above
from features.steps.shipping import *  # noqa: F403  # see above
from features.support.seen import Shopper, Story
from features.support.stack import Stack


def pytest_bdd_before_step(request: pytest.FixtureRequest, scenario: Any, step: Any) -> None:  # Any: pytest-bdd's own
    """Nobody looks before the shop has come to rest: what happens by itself has happened then."""
    before = scenario.steps[scenario.steps.index(step) - 1]
    if step.type == "then" != before.type:
        request.getfixturevalue("stack").settle()


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def customer(stack: Stack) -> Shopper:
    return stack.shopper()


@pytest.fixture
def stranger(stack: Stack) -> Shopper:
    return stack.shopper()
