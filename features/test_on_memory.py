"""Every feature, through the use cases, on the memory adapters."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from pytest_bdd import scenarios

from bootstrap.catalogue import import_shipped
from bootstrap.container import Shop
from features.support.memory_stack import MemoryStack

scenarios(".")


@pytest.fixture
def stack() -> Iterator[MemoryStack]:
    with asyncio.Runner() as runner:
        stack = MemoryStack(runner.run)
        runner.run(import_shipped(Shop(ports=stack.ports)))
        yield stack
